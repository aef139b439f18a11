"""The two steps of signing in, behind the pages (guards S18, S19)."""

from __future__ import annotations

import time

import pyotp
import pytest

from service.domain.person import Role
from service.people.accounts import Profile
from service.people.passwords import Passwords
from service.people.people import People, people_of_municipality
from service.people.second_step import address_for_app, picture, recovery_digest, step_of
from service.people.signing_in import Visit
from service.people.throttle import TooMany
from tests.service.people.conftest import NOON, PASSWORD, TEST, Clock, add

VISIT = Visit("192.0.2.1", "r")
EMAIL = "bo@merelveen.example"


def code_for(secret: str, clock: Clock) -> str:
    return pyotp.TOTP(secret).at(clock.now)


def tied(people: People, clock: Clock) -> tuple[str, tuple[str, ...]]:
    """An editor with an app: the secret, and the recovery codes."""
    key = people.signing_in.begin_second_step(add(people, Role.EDITOR), "/")
    step = people.signing_in.second_step(key)
    assert step
    recovery = people.signing_in.with_code(key, code_for(step.secret, clock), VISIT)
    assert recovery
    clock.forward(seconds=30)
    return step.secret, recovery


def begin(people: People) -> str:
    account = people.signing_in.with_password(EMAIL, PASSWORD, VISIT)
    assert account
    return people.signing_in.begin_second_step(account, "/duo")


def test_the_right_password_lets_in_and_stands_in_the_audit(people: People) -> None:
    account = add(people)
    assert people.signing_in.with_password(" BO@merelveen.example", PASSWORD, VISIT) == account
    line = people.audit.lines()[0]
    assert (line.actor, line.action, line.outcome, line.request_id) == (
        str(account.person.id), "sign-in", "ok", "r",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "x" * 12), ("nobody@merelveen.example", PASSWORD), ("", "")]
)
def test_a_wrong_one_does_not_and_says_nothing_of_what_was_typed(
    people: People, email: str, password: str
) -> None:
    add(people)
    assert people.signing_in.with_password(email, password, VISIT) is None
    line = people.audit.lines()[0]
    assert (line.action, line.outcome) == ("sign-in", "refused")
    assert "@" not in str(line)


def test_who_is_disabled_or_has_no_password_is_not_let_in(people: People) -> None:
    account = add(people)
    people.accounts.add(TEST, Profile("New", "new@merelveen.example", frozenset({Role.AGENT})))
    people.accounts.disable(TEST, account.person.id)
    assert people.signing_in.with_password(EMAIL, PASSWORD, VISIT) is None
    assert people.signing_in.with_password("new@merelveen.example", "", VISIT) is None


def test_the_account_of_a_provider_has_no_password_here(people: People) -> None:
    profile = Profile("Bo", EMAIL, frozenset({Role.AGENT}))
    people.accounts.add(TEST, profile, "https://id.example", EMAIL)
    assert people.signing_in.with_password(EMAIL, PASSWORD, VISIT) is None


def test_tries_are_counted_also_for_nobody_and_a_success_is_not(people: People) -> None:
    add(people)
    for _ in range(4):
        people.signing_in.with_password("nobody@merelveen.example", "x", VISIT)
        assert people.signing_in.with_password(EMAIL, PASSWORD, VISIT)
    people.signing_in.with_password("nobody@merelveen.example", "x", VISIT)
    with pytest.raises(TooMany):
        people.signing_in.with_password(EMAIL, PASSWORD, VISIT)


@pytest.mark.slow
def test_a_name_that_nobody_has_takes_as_long(people: People) -> None:
    slow = people_of_municipality(people.accounts._engine, "slow", "k" * 32, passwords=Passwords())
    profile = Profile("Bo", EMAIL, frozenset({Role.AGENT}))
    slow.accounts.add(TEST, profile, password_hash=slow.passwords.hash(PASSWORD))
    times: dict[str, list[float]] = {EMAIL: [], "nobody@merelveen.example": []}
    for number in range(9):
        for email, taken in times.items():
            started = time.process_time()
            slow.signing_in.with_password(email, "not the password", Visit(f"192.0.2.{number}"))
            taken.append(time.process_time() - started)
    known, unknown = (min(taken) for taken in times.values())
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize(
    ("roles", "needed"),
    [
        ((Role.AGENT, Role.DUO_MEMBER), False),
        ((Role.COORDINATOR, Role.DEPARTMENT_HEAD), False),
        ((Role.EDITOR,), True),
        ((Role.AGENT, Role.ADMIN), True),
    ],
)
def test_who_changes_texts_or_accounts_needs_a_second_step(
    people: People, roles: tuple[Role, ...], needed: bool
) -> None:
    assert add(people, *roles).needs_second_step is needed


def test_the_first_code_ties_the_app_and_gives_recovery_codes_once(people: People, clock: Clock) -> None:
    _, recovery = tied(people, clock)
    assert len(set(recovery)) == 10
    account = people.accounts.find_identity("", EMAIL)
    assert account
    assert account.recovery == tuple(map(recovery_digest, recovery))
    assert all(code not in str(people.audit.lines()) for code in recovery)


def test_a_password_alone_opens_nothing(people: People, clock: Clock) -> None:
    tied(people, clock)
    key = begin(people)
    assert people.sessions.person(key) is None
    assert people.signing_in.with_code(key, "000000", VISIT) is None
    assert people.signing_in.with_code("invented", "000000", VISIT) is None


def test_a_right_code_works_once(people: People, clock: Clock) -> None:
    secret, _ = tied(people, clock)
    code = code_for(secret, clock)
    assert people.signing_in.with_code(begin(people), f" {code[:3]} {code[3:]} ", VISIT) == ()
    assert people.signing_in.with_code(begin(people), code, VISIT) is None
    clock.forward(seconds=30)
    key = begin(people)
    assert people.signing_in.with_code(key, code_for(secret, clock), VISIT) == ()
    assert people.signing_in.second_step(key) is None


def test_a_recovery_code_works_once(people: People, clock: Clock) -> None:
    _, recovery = tied(people, clock)
    typed = recovery[3].upper().replace("-", " ")
    assert people.signing_in.with_code(begin(people), typed, VISIT) == ()
    assert people.signing_in.with_code(begin(people), typed, VISIT) is None
    assert people.signing_in.with_code(begin(people), recovery[4], VISIT) == ()


def test_codes_cannot_be_guessed_without_end(people: People, clock: Clock) -> None:
    tied(people, clock)
    key = begin(people)
    for _ in range(5):
        people.signing_in.with_code(key, "000000", VISIT)
    with pytest.raises(TooMany):
        people.signing_in.with_code(key, "000000", VISIT)


def test_the_way_to_the_second_step_ends(people: People, clock: Clock) -> None:
    secret, _ = tied(people, clock)
    key = begin(people)
    clock.forward(minutes=10)
    assert people.signing_in.with_code(key, code_for(secret, clock), VISIT) is None


def test_who_is_disabled_meanwhile_does_not_get_in(people: People, clock: Clock) -> None:
    secret, _ = tied(people, clock)
    key = begin(people)
    account = people.accounts.find_identity("", EMAIL)
    assert account
    people.accounts.disable(TEST, account.person.id)
    assert people.signing_in.with_code(key, code_for(secret, clock), VISIT) is None


@pytest.mark.parametrize(("seconds", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(seconds: int, good: bool) -> None:
    secret, moment = pyotp.random_base32(), int(NOON.timestamp())
    assert (step_of(secret, pyotp.TOTP(secret).at(moment + seconds), NOON) is not None) is good


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_no_code(code: str) -> None:
    assert step_of(pyotp.random_base32(), code, NOON) is None


def test_the_picture_is_svg_without_style_or_script() -> None:
    svg = picture(address_for_app(pyotp.random_base32(), EMAIL, "Antwoordduo gemeente Merelveen")).decode()
    assert svg.startswith("<?xml")
    assert "<svg" in svg
    assert "style=" not in svg
    assert "<script" not in svg
