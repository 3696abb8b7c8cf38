"""What can be guessed is slowed down: 429, with a page that says how to go on."""

from tests.conftest import SignIn
from tests.people import PASSWORD, Cast


def test_the_eleventh_try_at_an_account_has_to_wait(people: Cast, sign_in: SignIn) -> None:
    nobody = sign_in(None)
    tries = [nobody.post("/sign-in", data={"email": people.sam.email, "password": "wrong again"}) for _ in range(11)]
    assert [answer.status_code for answer in tries] == [422] * 10 + [429]
    assert 0 < int(tries[-1].headers["Retry-After"]) <= 600


def test_another_account_is_not_kept_waiting_and_who_is_signed_in_stays_so(people: Cast, sign_in: SignIn) -> None:
    people.claire.set_password(PASSWORD)
    people.claire.save()
    nobody, sam = sign_in(None), sign_in(people.sam)
    for _ in range(11):
        nobody.post("/sign-in", data={"email": people.sam.email, "password": "wrong again"})
    answer = nobody.post("/sign-in", data={"email": people.claire.email, "password": PASSWORD})
    assert answer.status_code == 303 and sam.get("/account").status_code == 200
