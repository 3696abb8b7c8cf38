"""The story played: everything in the order in which it happened, through the same verbs that the pages use."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from trackr.demo import props
from trackr.demo.story import Character, Closing, Pack, Plot, Request, Scene, Step, View, read_replies
from trackr.demo.workdays import instant, workday
from trackr.hours.durations import parse
from trackr.models import (
    Activity,
    Agency,
    Attachment,
    Column,
    Comment,
    Entry,
    Estimate,
    Link,
    Membership,
    Person,
    Project,
    Purchase,
    Sight,
    Tag,
    Ticket,
    Timer,
    closing,
    ledger,
)
from trackr.web import markdown

Act: TypeAlias = tuple[datetime, Callable[[datetime], object]]

OWNER = "nadia"
NEWS = "1 0:00"  # since then everybody has news, of what others did and they have not answered
FIRST_DAYS, MORNING = 6, time(6)  # of a month: within them every review of the month before is over
MOMENT = timedelta(seconds=20)  # between the parts of one gesture, so that a page tells them in order


class Stage:
    """One telling of the story, for the day that is `today` at the agency."""

    def __init__(self, agency: dict[str, str], today: date) -> None:
        self.agency = agency
        self.today = today
        self.zone = ZoneInfo(agency["timezone"])
        self.people: dict[str, Person] = {}
        self.projects: dict[str, Project] = {}
        self.tickets: dict[Scene, Ticket] = {}
        self.numbers: dict[str, int] = {}
        self.entries: dict[str, Entry] = {}

    def play(self, cast: dict[str, Character], plots: list[Plot], password: str) -> None:
        acts = [act for plot in plots for act in self._acts(plot)]
        began = min(at for at, _ in acts)
        acts = sorted([*acts, *self._mornings(began)], key=lambda act: act[0])
        Agency.found(**self.agency, at=began)
        for name, character in cast.items():
            self.people[name] = props.enter(character, password, began, seen_before=self._at(NEWS))
        props.keep_replies(read_replies(), self.people[OWNER], began)
        for at, act in acts:
            act(at)
        for scene, ticket in self.tickets.items():
            if scene.timer:
                Timer.start(self.people[scene.timer], ticket)

    def _acts(self, plot: Plot) -> Iterator[Act]:
        yield self._at(plot.opened), partial(self._open_project, plot)
        for pack in plot.packs:
            yield self._at(pack.at), partial(self._add_pack, plot, pack)
        for one in plot.closings:
            yield self._at(one.at), partial(self._close_hours, plot, one)
        for request in plot.requests:
            yield self._at(request.at), partial(self._ask_for_hours, plot, request)
        for view in plot.views:
            yield self._at(view.at), partial(self._keep_view, plot, view)
        for scene in plot.scenes:
            yield self._at(scene.at), partial(self._open_ticket, plot, scene)
            for step in scene.then:
                yield self._at(step.at), partial(self._take_step, plot, scene, step)
        if plot.archived:
            yield self._at(plot.archived), partial(self._archive, plot)

    def _mornings(self, began: datetime) -> Iterator[Act]:
        """Of the first days of months: what is over closes by itself, as it would have."""
        day = began.date()
        while day < self.today:
            if day.day <= FIRST_DAYS:
                yield datetime.combine(day, MORNING, self.zone), closing.close_due
            day += timedelta(days=1)

    def _at(self, when: str) -> datetime:
        return instant(when, self.today, self.zone)

    def _open_project(self, plot: Plot, at: datetime) -> None:
        owner = self.people[OWNER]
        project = Project.open(owner, at=at, timezone=self.agency["timezone"], **plot.settings)
        for member in plot.members:
            person = self.people[member.person]
            Membership.grant(
                project,
                owner,
                email=person.email,
                name=person.name,
                role=person.role,
                sees=member.sees,
                hours=member.hours,
                at=at,
            )
        self.projects[project.slug] = project
        props.put_templates(plot, project, owner, at)

    def _add_pack(self, plot: Plot, pack: Pack, at: datetime) -> None:
        bought_on = at.date()
        Purchase.add(
            self._project(plot),
            self.people[OWNER],
            minutes=parse(pack.hours, limit_minutes=props.LONGEST_PACK),
            bought_on=bought_on,
            expires_on=bought_on + timedelta(days=pack.valid_for_days) if pack.valid_for_days else None,
            reference=pack.reference.format(year=bought_on.year),
            kind=pack.kind,
            at=at,
        )

    def _close_hours(self, plot: Plot, closing: Closing, at: datetime) -> None:
        ledger.close(self._project(plot), workday(closing.through, self.today), at=at)

    def _ask_for_hours(self, plot: Plot, request: Request, at: datetime) -> None:
        props.ask_for_hours(request, self._project(plot), self.people[request.by], at)

    def _keep_view(self, plot: Plot, view: View, at: datetime) -> None:
        props.keep_view(view, self.people[view.by], self._project(plot), at)

    def _open_ticket(self, plot: Plot, scene: Scene, at: datetime) -> None:
        project = self._project(plot)
        body = self._told(scene.body)
        with props.brought(_path(plot, scene.file)) as files:
            ticket = Ticket.open(
                project,
                self.people[scene.by],
                title=scene.title,
                body=body,
                body_html=markdown.render(body),
                kind=scene.kind,
                priority=scene.priority,
                column=Column.first(project, scene.column),
                assignee=self.people[scene.assign] if scene.assign else None,
                at=at,
            )
            Attachment.add(ticket, self.people[scene.by], files, at=at)
        self.tickets[scene] = ticket
        self.numbers[scene.name] = ticket.id

    def _take_step(self, plot: Plot, scene: Scene, step: Step, at: datetime) -> None:
        ticket, person = self.tickets[scene], self.people[step.by]
        Sight.note(person, ticket, at)
        changes: dict[str, Any] = {"priority": step.priority, "kind": step.kind}
        if step.assign:
            changes["assignee"] = self.people[step.assign]
        if step.due:
            changes["due_on"] = props.due_on(step.due, self.today)
        ticket.change(person, at=at, **{name: value for name, value in changes.items() if value})
        if step.tags:
            Tag.put(ticket, person, step.tags, at=at)
        if step.link:
            Link.join(ticket, person, Ticket.get_by_id(self.numbers[step.link]), at=at)
        comment = self._write(ticket, person, step, _path(plot, step.file), at + MOMENT)
        if step.time or step.corrects:
            self._log(ticket, person, step, comment, at + MOMENT)
        if step.ceiling or step.answer:
            _agree(ticket, person, step, at + MOMENT)
        if step.to:
            _move(ticket, person, step.to, at + 2 * MOMENT)

    def _write(self, ticket: Ticket, person: Person, step: Step, file: Path | None, at: datetime) -> Comment | None:
        """Write the reply, the internal note, or both; returns the one that time and a file go with."""
        written = []
        for internal, body in ((False, self._told(step.reply)), (True, self._told(step.internal))):
            if body:
                html, mentioned = props.rendered(ticket, person, body, internal=internal)
                written.append(Comment.write(ticket, person, body=body, body_html=html, internal=internal, at=at))
                props.tell(ticket, person, [] if internal else mentioned, at)
        with props.brought(file) as files:
            Attachment.add(ticket, person, files, written[0] if written else None, at)
        return written[0] if written else None

    def _log(self, ticket: Ticket, person: Person, step: Step, comment: Comment | None, at: datetime) -> None:
        corrected = Entry.get_by_id(self.entries[step.corrects].id) if step.corrects else None
        self.entries[step.name] = Entry.log(
            ticket,
            person,
            spent_minutes=parse(step.time) if step.time else 0,
            valued_minutes=_valued(step.valued),
            activity=next((one for one in Activity.offered() if one.name == step.activity), None),
            note=step.note,
            internal_note=step.internal_note,
            comment=comment,
            corrects=corrected,
            at=at,
        )

    def _archive(self, plot: Plot, at: datetime) -> None:
        self._project(plot).archive(self.people[OWNER], at=at)

    def _project(self, plot: Plot) -> Project:
        return self.projects[plot.settings["slug"]]

    def _told(self, text: str) -> str:
        """The text with the numbers of the tickets that it names."""
        return re.sub(r"\{#(\w+)\}", lambda found: f"#{self.numbers[found[1]]}", text)


def _path(plot: Plot, name: str) -> Path | None:
    return plot.folder / "files" / name if name else None


def _agree(ticket: Ticket, person: Person, step: Step, at: datetime) -> None:
    """Propose an estimate, or answer the one that waits."""
    waiting = Estimate.waiting_on(ticket)
    if step.ceiling:
        low, ceiling = parse(step.low), parse(step.ceiling)
        Estimate.propose(ticket, person, low_minutes=low, ceiling_minutes=ceiling, message=step.words, at=at)
    elif waiting:
        waiting.ticket, waiting.project = ticket, ticket.project
        (waiting.accept if step.answer == "accept" else waiting.decline)(person, step.words, at=at)


def _valued(text: str) -> int | None:
    """Minutes, None where the project's rule is to propose them. "0" is goodwill, no duration by itself."""
    if not text:
        return None
    return 0 if text == "0" else parse(text, signed=True)


def _move(ticket: Ticket, person: Person, role: str, at: datetime) -> None:
    if role == "done":
        ticket.close(person, at=at)
    elif ticket.is_closed:
        ticket.reopen(person, at=at)
    else:
        ticket.place(person, Column.first(ticket.project, role), at=at)
