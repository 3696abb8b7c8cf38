"""The work behind the pages is done when it is due, whatever fails, and ends with the program."""

import threading

import pytest

from trackr import jobs
from trackr.jobs import Job, Worker, at_work
from trackr.settings import Settings


def test_each_job_runs_at_the_start_and_then_when_its_time_has_come() -> None:
    ran: list[str] = []
    worker = Worker([Job("often", 10, lambda: ran.append("often")), Job("daily", 90, lambda: ran.append("daily"))])
    for elapsed in (0.0, 9.0, 10.0, 89.0, 90.0):
        worker.run_due(elapsed)
    assert ran == ["often", "daily", "often", "often", "daily"]


def test_a_job_that_fails_is_tried_later_each_time_and_holds_no_other_up(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []
    others: list[int] = []

    def fail() -> None:
        tries.append(second)
        if len(tries) < 4:
            raise OSError("the disk is full")

    worker = Worker([Job("fails", 10, fail), Job("other", 10, lambda: others.append(second))])
    for second in range(0, 200, 10):
        worker.run_due(second)
    assert tries[:6] == [0, 20, 60, 140, 150, 160]
    assert len(others) == 20
    assert [record.getMessage() for record in caplog.records] == ["job_failed"] * 3


def test_the_worker_ends_with_the_program_after_the_job_that_runs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def run() -> None:
        began.set()
        may_end.wait(5)
        ended.set()

    monkeypatch.setattr(jobs, "JOBS", (Job("long", 10, run),))
    with at_work():
        assert began.wait(5)
        may_end.set()
    assert ended.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name == "worker"]
