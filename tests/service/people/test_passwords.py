"""Passwords: long, unlike what others use, kept as argon2id (guard S18)."""

from __future__ import annotations

import pytest

from service.people.passwords import LONGEST, SHORTEST, Fault, Passwords, common_passwords, fault_of
from tests.service.people.conftest import QUICK


def test_argon2id_is_what_is_kept() -> None:
    kept = Passwords().hash("vier vogels op het dak")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_fits_and_another_does_not() -> None:
    kept = QUICK.hash("vier vogels op het dak")
    assert QUICK.fits(kept, "vier vogels op het dak")
    assert not QUICK.fits(kept, "vijf vogels op het dak")
    assert not QUICK.fits(kept, "vier vogels op het dak ")
    assert not QUICK.fits(None, "vier vogels op het dak")


def test_an_accent_may_be_typed_in_two_ways() -> None:
    assert QUICK.fits(QUICK.hash("caf\u00e9 met terras"), "cafe\u0301 met terras")


@pytest.mark.parametrize(
    "password",
    [
        "vier vogels op het dak", "kqzvwpjxmrtb", "🐦" * 4 + "in de boom🌳🌳", "éénentwintig bomen",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g", "kzvq" + "wmxj" * 31,
    ],
)  # fmt: skip
def test_any_sign_will_do_and_none_is_demanded(password: str) -> None:
    assert fault_of(password) is None


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", Fault.SHORT),
        ("k" + "zvqwmxjpr"[: SHORTEST - 3], Fault.SHORT),
        ("kzvq wmxj prtb " * 9, Fault.LONG),
        ("Password1234", Fault.COMMON),
        ("WELKOM2026!!", Fault.COMMON),
        ("wachtwoord12", Fault.COMMON),
        ("Gemeente 2026", Fault.COMMON),
        ("qwertyqwerty", Fault.COMMON),
        ("1q2w3e4r5t6y", Fault.COMMON),
        ("123456789012", Fault.COMMON),
        ("aaaaaaaaaaaaaaaa", Fault.COMMON),
        ("abcabcabcabcabc", Fault.COMMON),
    ],
)
def test_too_short_too_long_and_too_common_are_refused(password: str, fault: Fault) -> None:
    assert fault_of(password) is fault


def test_the_bounds_are_those_of_the_guard() -> None:
    assert SHORTEST == 12
    assert LONGEST >= 64
    assert len(common_passwords()) > 3_000


def test_every_listed_password_is_refused_however_long_it_is() -> None:
    long = [one for one in common_passwords() if len(one) >= SHORTEST]
    assert len(long) > 300
    assert {fault_of(one) for one in long} == {Fault.COMMON}
    stretched = [one * 4 for one in common_passwords() if 3 <= len(one) <= LONGEST // 4]
    assert {fault_of(one) for one in stretched} == {Fault.COMMON}
