"""The accounts of a municipality: who may sign in, and as what. Every change stands in the audit."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from embeddings.store.database import writing
from service.domain.conversation import digest_of
from service.domain.person import Person, Role
from service.people.audit import Audit
from service.people.one_time_keys import Purpose, withdraw_keys
from service.storage.people_tables import accounts, sessions

LOCAL = ""  # the issuer of an account with a password of our own
DEMO = "demo"  # and of the invented people, who need none

PERSON = (
    accounts.c.id, accounts.c.subject, accounts.c.display_name, accounts.c.email, accounts.c.roles,
    accounts.c.member, accounts.c.departments,
)  # fmt: skip


class NameTaken(Exception):
    """Somebody else signs in with this e-mail address."""


class LastAdmin(Exception):
    """Nobody would be left who can give a role."""


class UnknownAccount(Exception):
    """There is no such account in this municipality."""


@dataclass(frozen=True)
class By:
    """Who makes a change, for the audit: the id of a person, or who the system is; and in which request."""

    actor: str
    request_id: str = ""


@dataclass(frozen=True)
class Profile:
    """What an admin says about somebody."""

    display_name: str
    email: str
    roles: frozenset[Role]
    member: str = ""
    departments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """A person with what signing in needs. `issuer` says who vouches: we ourselves, or a provider."""

    person: Person
    issuer: str
    disabled_at: datetime | None
    password_hash: str | None = field(repr=False)
    code_secret: str | None = field(repr=False)
    code_step: int = field(repr=False)
    recovery: tuple[str, ...] = field(repr=False)

    @property
    def local(self) -> bool:
        return self.issuer == LOCAL

    @property
    def needs_second_step(self) -> bool:
        """Whether a password is not enough: for who changes texts or accounts."""
        return self.local and self.person.has(Role.ADMIN, Role.EDITOR)


class Accounts:
    """The accounts of one municipality. A change ends in the audit or is not made."""

    def __init__(
        self,
        engine: Engine,
        collection: str,
        audit: Audit,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine = engine
        self._collection = collection
        self._audit = audit
        self._now = now

    def find(self, account_id: uuid.UUID) -> Account | None:
        with self._engine.connect() as connection:
            return self._find(connection, accounts.c.id == account_id)

    def find_identity(self, issuer: str, subject: str) -> Account | None:
        """The account that an issuer vouches for; of our own, the subject is the e-mail address."""
        with self._engine.connect() as connection:
            return self._find(
                connection, (accounts.c.issuer == issuer) & (accounts.c.subject == named(issuer, subject))
            )

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        query = self._select().order_by(accounts.c.display_name, accounts.c.subject)
        with self._engine.connect() as connection:
            return tuple(_account_of(row) for row in connection.execute(query))

    def has_admin(self) -> bool:
        """Whether anybody can give roles. The people of the demo do not count: they go with the demo."""
        return any(
            account.person.has(Role.ADMIN) and not account.disabled_at and account.issuer != DEMO
            for account in self.all()
        )

    def add(
        self,
        by: By,
        profile: Profile,
        issuer: str = LOCAL,
        subject: str = "",
        password_hash: str | None = None,
    ) -> Account:
        """Make an account. Raises NameTaken."""
        account_id = uuid.uuid4()
        row = {
            "id": account_id, "collection": self._collection, "issuer": issuer,
            "subject": named(issuer, subject or profile.email), "password_hash": password_hash,
            "code_secret": None, "code_step": 0, "recovery": [], "created_at": self._now(),
            "disabled_at": None, **_columns_of(profile),
        }  # fmt: skip
        with writing(self._engine).begin() as connection:
            with _taken_names():
                connection.execute(insert(accounts).values(row))
            self._note(connection, by, "account added", account_id, roles=_listed(profile.roles))
            return self._known(connection, account_id)

    def change(self, by: By, account_id: uuid.UUID, profile: Profile) -> None:
        """Change what is known about somebody, from the next page on. Raises LastAdmin, NameTaken."""
        with writing(self._engine).begin() as connection:
            account = self._known(connection, account_id)
            before = account.person
            name = {"subject": named(LOCAL, profile.email)} if account.local else {}
            with _taken_names():
                self._update(connection, account_id, **_columns_of(profile), **name)
            self._check_admin_left(connection, before)
            self._note(
                connection, by, "account changed", account_id,
                roles_before=_listed(before.roles), roles=_listed(profile.roles),
                member_changed=before.member != profile.member,
                departments_changed=before.departments != profile.departments,
            )  # fmt: skip

    def disable(self, by: By, account_id: uuid.UUID) -> None:
        """Let somebody in no longer. All sessions end at once. Raises LastAdmin."""
        with writing(self._engine).begin() as connection:
            before = self._known(connection, account_id).person
            self._update(connection, account_id, disabled_at=self._now())
            self._check_admin_left(connection, before)
            self._end_sessions(connection, account_id)
            self._note(connection, by, "account disabled", account_id)

    def enable(self, by: By, account_id: uuid.UUID) -> None:
        """Let somebody in again, with the password of before."""
        with writing(self._engine).begin() as connection:
            self._known(connection, account_id)
            self._update(connection, account_id, disabled_at=None)
            self._note(connection, by, "account enabled", account_id)

    def set_password(self, by: By, account_id: uuid.UUID, password_hash: str, keep: str = "") -> None:
        """Give an account another password. Every session ends, except the one that is kept."""
        with writing(self._engine).begin() as connection:
            self._update(connection, account_id, password_hash=password_hash)
            self._end_sessions(connection, account_id, keep)
            withdraw_keys(connection, self._collection, Purpose.PASSWORD, account_id)
            self._note(connection, by, "password changed", account_id)

    def set_second_step(
        self, by: By, account_id: uuid.UUID, secret: str | None, step: int = 0, recovery: Iterable[str] = ()
    ) -> None:
        """Tie an account to an app that gives codes, or without a secret untie it; sessions end then."""
        with writing(self._engine).begin() as connection:
            self._update(connection, account_id, code_secret=secret, code_step=step, recovery=list(recovery))
            if secret is None:
                self._end_sessions(connection, account_id)
            self._note(connection, by, "second step set" if secret else "second step removed", account_id)

    def take_step(self, account_id: uuid.UUID, step: int) -> bool:
        """Whether the code of this half minute was not used before; it counts as used from now on."""
        with writing(self._engine).begin() as connection:
            taken = connection.execute(
                update(accounts)
                .where(self._is(account_id), accounts.c.code_step < step)
                .values(code_step=step)
            )
            return taken.rowcount == 1

    def take_recovery(self, by: By, account_id: uuid.UUID, digest: str) -> bool:
        """Whether this recovery code was left; it is gone from now on."""
        with writing(self._engine).begin() as connection:
            left = self._known(connection, account_id).recovery
            if digest not in left:
                return False
            self._update(connection, account_id, recovery=[one for one in left if one != digest])
            self._note(connection, by, "recovery code used", account_id, left=len(left) - 1)
            return True

    def _select(self) -> Select[Any]:
        named_too = (
            accounts.c.issuer, accounts.c.disabled_at, accounts.c.password_hash, accounts.c.code_secret,
            accounts.c.code_step, accounts.c.recovery,
        )  # fmt: skip
        return select(*PERSON, *named_too).where(accounts.c.collection == self._collection)

    def _find(self, connection: Connection, condition: ColumnElement[bool]) -> Account | None:
        row = connection.execute(self._select().where(condition)).one_or_none()
        return _account_of(row) if row else None

    def _known(self, connection: Connection, account_id: uuid.UUID) -> Account:
        account = self._find(connection, accounts.c.id == account_id)
        if account is None:
            raise UnknownAccount
        return account

    def _is(self, account_id: uuid.UUID) -> ColumnElement[bool]:
        return (accounts.c.collection == self._collection) & (accounts.c.id == account_id)

    def _update(self, connection: Connection, account_id: uuid.UUID, **values: Any) -> None:
        connection.execute(update(accounts).where(self._is(account_id)).values(**values))

    def _check_admin_left(self, connection: Connection, before: Person) -> None:
        if not before.has(Role.ADMIN):
            return
        enabled = self._select().where(accounts.c.disabled_at.is_(None))
        if not any(Role.ADMIN in row.roles for row in connection.execute(enabled)):
            raise LastAdmin

    def _end_sessions(self, connection: Connection, account_id: uuid.UUID, keep: str = "") -> None:
        connection.execute(
            delete(sessions).where(
                sessions.c.collection == self._collection,
                sessions.c.account_id == account_id,
                sessions.c.digest != digest_of(keep),
            )
        )

    def _note(
        self, connection: Connection, by: By, action: str, account_id: uuid.UUID, **details: str | int | bool
    ) -> None:
        self._audit.note_in(connection, by.actor, action, str(account_id), "ok", by.request_id, **details)


@contextmanager
def _taken_names() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise NameTaken from error


def named(issuer: str, subject: str) -> str:
    """The subject as it is kept: an e-mail address may be typed with capitals, a provider's word not."""
    return subject.strip().casefold() if issuer == LOCAL else subject


def person_of(row: Row[Any]) -> Person:
    """The person in a row that holds the columns PERSON."""
    return Person(
        id=row.id,
        name=row.subject,
        display_name=row.display_name,
        email=row.email,
        # a role of a later version is no role here
        roles=frozenset(Role(role) for role in row.roles if role in list(Role)),
        member=row.member,
        departments=tuple(row.departments),
    )


def _account_of(row: Row[Any]) -> Account:
    return Account(
        person=person_of(row),
        issuer=row.issuer,
        disabled_at=row.disabled_at,
        password_hash=row.password_hash,
        code_secret=row.code_secret,
        code_step=row.code_step,
        recovery=tuple(row.recovery),
    )


def _columns_of(profile: Profile) -> dict[str, Any]:
    return {
        "display_name": profile.display_name,
        "email": profile.email,
        "roles": sorted(profile.roles),
        "member": profile.member,
        "departments": list(profile.departments),
    }


def _listed(roles: frozenset[Role]) -> str:
    return " ".join(sorted(roles))
