"""All that concerns the people of a municipality, in one place for whoever serves pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from service.people.accounts import Accounts
from service.people.audit import Audit
from service.people.one_time_keys import OneTimeKeys, Purpose
from service.people.organisation import Organisation
from service.people.passwords import Passwords
from service.people.provider import Provider
from service.people.sessions import Sessions
from service.people.signing_in import SigningIn
from service.people.staff_key import StaffKey
from service.people.throttle import Throttle


@dataclass(frozen=True)
class People:
    """`provider` is the municipality's own identity provider, if any; `demo` offers invented people.

    `organisation` is read anew each time: it changes while the service runs.
    """

    accounts: Accounts
    sessions: Sessions
    keys: OneTimeKeys
    throttle: Throttle
    audit: Audit
    passwords: Passwords
    signing_in: SigningIn
    staff_key: StaffKey
    organisation: Callable[[], Organisation]
    provider: Provider | None
    demo: bool

    def first_admin_key(self) -> str | None:
        """A key to make the first admin with, once and within a day; None when there is an admin."""
        return None if self.accounts.has_admin() else self.keys.new(Purpose.FIRST_ADMIN)

    def forget_past(self) -> None:
        """Delete what need not be known any longer: tries to sign in, and keys past their time."""
        self.throttle.forget_past()
        self.keys.forget_past()


def people_of_municipality(
    engine: Engine,
    collection: str,
    staff_key: str,
    organisation: Callable[[], Organisation] = Organisation,
    provider: Provider | None = None,
    demo: bool = False,
    passwords: Passwords | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> People:
    """The people of one municipality, all with the same database and the same clock."""
    audit = Audit(engine, collection, now)
    accounts = Accounts(engine, collection, audit, now)
    keys = OneTimeKeys(engine, collection, now)
    throttle = Throttle(engine, collection, now)
    chosen = passwords or Passwords()
    return People(
        accounts=accounts,
        sessions=Sessions(engine, collection, demo, now),
        keys=keys,
        throttle=throttle,
        audit=audit,
        passwords=chosen,
        signing_in=SigningIn(accounts, keys, throttle, audit, chosen, now),
        staff_key=StaffKey(staff_key),
        organisation=organisation,
        provider=provider,
        demo=demo,
    )
