"""Signing in with a password of our own, and with a second step where texts or accounts can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from service.people.accounts import LOCAL, Account, Accounts, By
from service.people.audit import Audit
from service.people.one_time_keys import Held, OneTimeKeys, Purpose
from service.people.passwords import Passwords
from service.people.second_step import new_recovery_codes, new_secret, recovery_digest, step_of
from service.people.throttle import Throttle

SECRET, NEXT = "secret", "next"  # what the key of a second step holds


@dataclass(frozen=True)
class Visit:
    """From where somebody signs in, and in which request."""

    address: str
    request_id: str = ""


@dataclass(frozen=True)
class SecondStep:
    """Somebody whose password was right. `secret` is new when no app gives codes for this account yet."""

    account: Account
    secret: str
    next: str

    @property
    def is_first(self) -> bool:
        return self.account.code_secret is None


class SigningIn:
    """The two steps. The same answer, in the same time, for a wrong password and for nobody's name."""

    def __init__(
        self,
        accounts: Accounts,
        keys: OneTimeKeys,
        throttle: Throttle,
        audit: Audit,
        passwords: Passwords,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._accounts = accounts
        self._keys = keys
        self._throttle = throttle
        self._audit = audit
        self._passwords = passwords
        self._now = now

    def with_password(self, email: str, password: str, visit: Visit) -> Account | None:
        """The account, when the password is right and it may be used. Raises TooMany.

        Who needs a second step has not signed in yet.
        """
        counted = self._throttle.begin(visit.address, email)
        account = self._accounts.find_identity(LOCAL, email)
        right = self._passwords.fits(account.password_hash if account else None, password)
        if account is None or not right or account.disabled_at:
            self._note("sign-in", account, "refused", visit)
            return None
        self._throttle.succeeded(counted)
        if not account.needs_second_step:
            self._note("sign-in", account, "ok", visit)
        return account

    def is_own_password(self, account: Account, password: str, visit: Visit) -> bool:
        """Whether somebody who is signed in knows the password. Raises TooMany."""
        counted = self._throttle.begin(visit.address, account.person.name)
        right = self._passwords.fits(account.password_hash, password)
        if right:
            self._throttle.succeeded(counted)
        return right

    def begin_second_step(self, account: Account, next_page: str) -> str:
        """The key that says: this browser knew the password. It is worth nothing by itself."""
        data = {NEXT: next_page} | ({} if account.code_secret else {SECRET: new_secret()})
        return self._keys.new(Purpose.SECOND_STEP, account.person.id, data)

    def second_step(self, key: str) -> SecondStep | None:
        """Who stands before the second step, or None when it took too long."""
        held = self._keys.look(Purpose.SECOND_STEP, key)
        account = self._account_of(held)
        if held is None or account is None or account.disabled_at:
            return None
        return SecondStep(account, account.code_secret or held.data.get(SECRET, ""), held.data[NEXT])

    def with_code(self, key: str, code: str, visit: Visit) -> tuple[str, ...] | None:
        """The new recovery codes, when there are any, of who gave the right code; None when it is wrong.

        Raises TooMany. After it the key is worth nothing: the caller opens the session.
        """
        step = self.second_step(key)
        if step is None:
            return None
        counted = self._throttle.begin(visit.address, step.account.person.name)
        recovery = self._tie(step, code, visit) if step.is_first else self._compare(step, code, visit)
        if recovery is None or self._keys.use(Purpose.SECOND_STEP, key) is None:
            self._note("sign-in", step.account, "refused at the second step", visit)
            return None
        self._throttle.succeeded(counted)
        self._note("sign-in", step.account, "ok", visit)
        return recovery

    def _tie(self, step: SecondStep, code: str, visit: Visit) -> tuple[str, ...] | None:
        moment = step_of(step.secret, code, self._now())
        if moment is None:
            return None
        codes, account_id = new_recovery_codes(), step.account.person.id
        by = By(str(account_id), visit.request_id)
        self._accounts.set_second_step(by, account_id, step.secret, moment, map(recovery_digest, codes))
        return codes

    def _compare(self, step: SecondStep, code: str, visit: Visit) -> tuple[str, ...] | None:
        account_id = step.account.person.id
        moment = step_of(step.secret, code, self._now())
        if moment is not None:
            return () if self._accounts.take_step(account_id, moment) else None
        by = By(str(account_id), visit.request_id)
        return () if self._accounts.take_recovery(by, account_id, recovery_digest(code)) else None

    def _account_of(self, held: Held | None) -> Account | None:
        return self._accounts.find(held.account) if held and held.account else None

    def _note(self, action: str, account: Account | None, outcome: str, visit: Visit) -> None:
        # of an unknown name nothing is kept: it may be a password that was typed in the wrong field
        who = str(account.person.id) if account else "unknown"
        self._audit.note(who, action, who, outcome, visit.request_id)
