"""Accounts: one of each name, always an admin, every change in the audit."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, update

from embeddings.store.database import writing
from service.domain.person import Role
from service.people.accounts import Account, LastAdmin, NameTaken, Profile, UnknownAccount
from service.people.people import People
from service.storage.people_tables import accounts
from tests.service.people.conftest import PASSWORD, TEST, Clock, add, people_in

PROFILE = Profile(
    "Bo Merel", "Bo@Merelveen.example", frozenset({Role.AGENT, Role.EDITOR}), "m1", ("Burgerzaken",)
)


def added(people: People, profile: Profile = PROFILE) -> Account:
    return people.accounts.add(TEST, profile)


def test_an_account_comes_back_as_it_was(people: People) -> None:
    account = added(people)
    person = account.person
    assert (person.name, person.display_name, person.email) == (
        "bo@merelveen.example", "Bo Merel", "Bo@Merelveen.example",
    )  # fmt: skip
    assert (person.roles, person.member, person.departments) == (PROFILE.roles, "m1", ("Burgerzaken",))
    assert people.accounts.find(person.id) == account
    assert people.accounts.find_identity("", " BO@merelveen.EXAMPLE ") == account
    assert people.accounts.all() == (account,)


def test_a_name_is_taken_once(people: People) -> None:
    first = added(people)
    other = added(people, replace(PROFILE, email="other@merelveen.example"))
    with pytest.raises(NameTaken):
        added(people, replace(PROFILE, email="BO@merelveen.example"))
    with pytest.raises(NameTaken):
        people.accounts.change(TEST, other.person.id, PROFILE)
    assert people.accounts.find(other.person.id) == other
    assert people.accounts.find_identity("", "bo@merelveen.example") == first


def test_of_a_provider_only_the_subject_tells_people_apart(people: People) -> None:
    issuer = "https://id.merelveen.example"
    first = people.accounts.add(TEST, PROFILE, issuer, "Subject")
    second = people.accounts.add(TEST, PROFILE, issuer, "subject")
    third = people.accounts.add(TEST, PROFILE, "https://other.example", "Subject")
    local = added(people)
    assert len({one.person.id for one in (first, second, third, local)}) == 4
    assert people.accounts.find_identity(issuer, "Subject") == first


def test_another_municipality_sees_nothing(people: People, clock: Clock, engine: Engine) -> None:
    account, other = added(people), people_in(engine, clock, "n")
    assert other.accounts.find(account.person.id) is None
    assert other.accounts.all() == ()
    with pytest.raises(UnknownAccount):
        other.accounts.disable(TEST, account.person.id)
    added(other)
    assert people.accounts.all() == (account,)


def test_the_last_admin_stays(people: People) -> None:
    admin = add(people, Role.ADMIN)
    with pytest.raises(LastAdmin):
        people.accounts.disable(TEST, admin.person.id)
    with pytest.raises(LastAdmin):
        people.accounts.change(TEST, admin.person.id, PROFILE)
    assert people.accounts.find(admin.person.id) == admin
    other = add(people, Role.ADMIN, email="other@merelveen.example")
    people.accounts.disable(TEST, admin.person.id)
    with pytest.raises(LastAdmin):
        people.accounts.disable(TEST, other.person.id)


def test_an_unknown_account_cannot_be_changed(people: People) -> None:
    with pytest.raises(UnknownAccount):
        people.accounts.change(TEST, uuid.uuid4(), PROFILE)
    assert people.audit.lines() == ()


def test_every_change_stands_in_the_audit_without_a_name(people: People) -> None:
    account_id = added(people).person.id
    people.accounts.change(TEST, account_id, replace(PROFILE, roles=frozenset({Role.ADMIN})))
    added(people, Profile("x", "x@merelveen.example", frozenset({Role.ADMIN})))
    people.accounts.disable(TEST, account_id)
    people.accounts.enable(TEST, account_id)
    people.accounts.set_password(TEST, account_id, "hashed-secret")
    people.accounts.set_second_step(TEST, account_id, "SECRET")
    people.accounts.set_second_step(TEST, account_id, None)
    lines = [line for line in reversed(people.audit.lines()) if line.subject == str(account_id)]
    assert [line.action for line in lines] == [
        "account added", "account changed", "account disabled", "account enabled", "password changed",
        "second step set", "second step removed",
    ]  # fmt: skip
    assert lines[1].details["roles_before"] == "agent editor"
    assert lines[1].details["roles"] == "admin"
    assert {(line.actor, line.request_id) for line in lines} == {("test", "a request")}
    for secret in ("merelveen", "Bo Merel", "hashed-secret", "SECRET"):
        assert secret not in str(lines)


def test_secrets_are_not_shown_with_the_account(people: People) -> None:
    account = add(people)
    assert account.password_hash
    assert "argon2" not in repr(account)
    assert PASSWORD not in repr(account)


def test_a_role_of_a_later_version_is_no_role_here(people: People, engine: Engine) -> None:
    account = added(people)
    with writing(engine).begin() as connection:
        connection.execute(update(accounts).values(roles=["agent", "mayor"]))
        assert connection.execute(select(accounts.c.roles)).scalar_one() == ["agent", "mayor"]
    found = people.accounts.find(account.person.id)
    assert found
    assert found.person.roles == {Role.AGENT}


def test_a_code_is_taken_once_and_never_an_older_one(people: People) -> None:
    account_id = added(people).person.id
    assert people.accounts.take_step(account_id, 100)
    assert not people.accounts.take_step(account_id, 100)
    assert not people.accounts.take_step(account_id, 99)
    assert people.accounts.take_step(account_id, 101)
