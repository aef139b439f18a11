"""What one can do with a signal from its page: each button is one function here.

A form carries the version of the signal that its page showed. `Incomplete` says what is missing, in place;
`service.storage.gaps.Changed` that somebody else was first.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from service.domain.gap import Gap, Urgency
from service.domain.person import Person
from service.domain.productduo import Owner
from service.duos.ownership import Ownership
from service.duos.transitions import NotPossible
from service.web import wording_duo as wording
from service.web.plain_text import plain

if TYPE_CHECKING:
    from service.duos.signals import Signals

LONGEST = 1000
LONGEST_QUESTION = 500

Fields = Mapping[str, str]
Action = Callable[["Signals", Gap, Person, Fields], Gap]


class Incomplete(Exception):
    """The form cannot be carried out as it is; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def carry_out(signals: Signals, action: str, gap: Gap, by: Person, fields: Fields) -> Gap:
    """Do what the button says to the signal as its page showed it; the signal to show next."""
    seen = fields.get("versie", "")
    shown = replace(gap, version=int(seen)) if seen.isdecimal() else gap
    try:
        return ACTIONS[action](signals, shown, by, fields)
    except NotPossible as refused:
        raise Incomplete(wording.WRONG[action]) from refused


def owner_options(ownership: Ownership) -> tuple[tuple[str, str], ...]:
    """Every duo and department a signal can go to, as the value of a choice and its name."""
    duos = [(f"duo:{duo.id}", duo.name) for duo in sorted(ownership.duos, key=lambda duo: duo.name)]
    departments = [
        (f"afdeling:{each.name}", each.name)
        for each in sorted(ownership.departments, key=lambda each: each.name)
    ]
    return (*duos, *departments)


def text_of(fields: Fields, name: str, missing: str, longest: int = LONGEST) -> str:
    """What was typed. Raises Incomplete when that is nothing, or too much."""
    text = plain(fields.get(name, ""))
    if not text:
        raise Incomplete(missing)
    if len(text) > longest:
        raise Incomplete(wording.WRONG["lang"].format(maximum=longest))
    return text


def _note(signals: Signals, gap: Gap, by: Person, fields: Fields) -> Gap:
    signals.note(gap, text_of(fields, "notitie", wording.WRONG["notitie"]), by)
    return gap


def _hand_over(signals: Signals, gap: Gap, by: Person, fields: Fields) -> Gap:
    owner = _owner(fields.get("aan", ""), signals.rules.ownership())
    note = text_of(fields, "reden", wording.WRONG["overdragen-reden"])
    return signals.hand_over(gap, owner, note, by)


def _set_urgency(signals: Signals, gap: Gap, by: Person, fields: Fields) -> Gap:
    try:
        urgency = Urgency(fields.get("haast", ""))
    except ValueError:
        raise Incomplete(wording.WRONG["haast"]) from None
    return signals.set_urgency(gap, urgency, by)


def _rename(signals: Signals, gap: Gap, by: Person, fields: Fields) -> Gap:
    question = text_of(fields, "vraag", wording.WRONG["titel"], LONGEST_QUESTION)
    return signals.rename(gap, question, by)


def _merge(signals: Signals, gap: Gap, by: Person, fields: Fields) -> Gap:
    number = plain(fields.get("nummer", "")) or fields.get("met", "")
    into = signals.gaps.find(int(number)) if number.isdecimal() and len(number) < 10 else None
    # one that is another duo's is none of theirs: as if it did not exist (guard S21)
    if into is None or not signals.may_work_on(into, by):
        raise Incomplete(wording.WRONG["samenvoegen"])
    return signals.merge(gap, into, by)


def _split(signals: Signals, gap: Gap, by: Person, fields: Fields) -> Gap:
    named = (id for name, ids in fields.items() if name.startswith("vraag-") for id in ids.split(","))
    return signals.split(gap, [chosen for id in named if (chosen := _uuid_of(id))], by)


def _dismiss(signals: Signals, gap: Gap, by: Person, fields: Fields) -> Gap:
    return signals.dismiss(gap, text_of(fields, "reden", wording.WRONG["afwijzen"]), by)


def _reopen(signals: Signals, gap: Gap, by: Person, fields: Fields) -> Gap:
    return signals.reopen(gap, text_of(fields, "reden", wording.WRONG["heropenen"]), by)


ACTIONS: Mapping[str, Action] = {
    "notitie": _note,
    "overdragen": _hand_over,
    "haast": _set_urgency,
    "titel": _rename,
    "samenvoegen": _merge,
    "losmaken": _split,
    "afwijzen": _dismiss,
    "heropenen": _reopen,
}


def _owner(chosen: str, ownership: Ownership) -> Owner:
    kind, _, name = chosen.partition(":")
    if kind == "coordinator":
        return Owner()
    if kind == "duo" and (duo := ownership.duo(name)):
        return Owner(duo.id, duo.department)
    if kind == "afdeling" and (department := ownership.department(name)):
        return Owner("", department.name)
    raise Incomplete(wording.WRONG["overdragen"])


def _uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
