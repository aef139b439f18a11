"""Changing who owns what: each change is a choice on top of what was loaded, and can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ingest import editorial
from service.domain.gap import LISTED
from service.domain.person import Person
from service.domain.productduo import Department, Member, Owner, Productduo
from service.duos import wording_owners as wording
from service.duos.choosing import Chooser, Chosen
from service.duos.ownership import PREFIX, Ownership, choice_name, read_ownership
from service.storage.choices import Choice, Choices
from service.storage.gaps import Changed

if TYPE_CHECKING:
    from service.duos.signals import Signals

GONE = {"gone": True}
TRIES = 5  # a signal that changes under our hands is looked at again

Arranged = Department | Member | Productduo
_KINDS: Mapping[type[Arranged], str] = {Department: "department", Member: "member", Productduo: "duo"}


class NotArranged(Exception):
    """This cannot be done with the organisation as it is; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Moved(Exception):
    """A product went to another duo since the page was shown; `to` has it now, None for nobody."""

    def __init__(self, to: Productduo | None) -> None:
        super().__init__()
        self.to = to


class Arranging:
    """The organisation of one municipality, for somebody who changes it."""

    def __init__(self, chooser: Chooser, collection: str) -> None:
        self._chooser = chooser
        self._collection = collection

    def ownership(self) -> Ownership:
        """Who owns what at this moment."""
        return read_ownership(self._chooser.engine, self._chooser.choices, self._collection)

    def was_loaded(self, kind: str, id: str) -> bool:
        """Whether it comes from a load, so that there is something to take back to."""
        engine, collection = self._chooser.engine, self._collection
        ids: dict[str, Callable[[], set[str]]] = {
            "duo": lambda: {each.id for each in editorial.duos(engine, collection)},
            "member": lambda: {each.id for each in editorial.members(engine, collection)},
            "department": lambda: {each.id for each in editorial.departments(engine, collection)},
        }
        return id in ids[kind]()

    def choice(self, kind: str, id: str) -> Choice:
        """What was changed by hand; version 0 when nothing ever was."""
        return self._chooser.choices.get(choice_name(kind, id))

    def change(self, before: Arranged, after: Arranged, version: int) -> None:
        """Save what is different in `after`. Raises ChosenMeanwhile when `version` is not the last one.

        What was not touched goes on following what is loaded.
        """
        different, kind = _differences(before, after), _KINDS[type(after)]
        if different:
            own = dict(self.choice(kind, after.id).value or {}) | different
            self._save("changed", kind, after.id, own, version)

    def add(self, new: Arranged) -> None:
        """Somebody or something that was not loaded."""
        self._save("added", _KINDS[type(new)], new.id, _plain(new), 0)

    def take_back(self, kind: str, id: str, version: int) -> None:
        """As it was loaded."""
        self._save("taken_back", kind, id, None, version)

    def give(self, product: str, duo_id: str, seen: str) -> None:
        """Give a product to a duo. `seen` is the duo that the page showed it with; raises Moved when
        it has another one by now."""
        ownership = self.ownership()
        to, now = ownership.duo(duo_id), ownership.duo_of([product])
        if to is None:
            raise NotArranged(wording.NO_SUCH_DUO)
        if (now.id if now else "") != seen:
            raise Moved(now)
        if now == to:
            return
        changes = [self._with_products(to, (*to.products, product))]
        if now and "products" in (self.choice("duo", now.id).value or {}):
            rest = tuple(each for each in now.products if each != product)
            changes.append(self._with_products(now, rest))
        self._chooser.save("owner.product_given", *changes)

    def dissolve(self, duo: Productduo, version: int, signals: Signals) -> int:
        """Take a duo away; what is on its list goes to the department. Returns how many signals went."""
        self._save("dissolved", "duo", duo.id, GONE, version)
        return _bring(signals, self.ownership(), duo, self._chooser.by)

    def _with_products(self, duo: Productduo, products: tuple[str, ...]) -> Chosen:
        kept = self.choice("duo", duo.id)
        value = dict(kept.value or {}) | {"products": list(products)}
        return Chosen(kept.name, value, kept.version)

    def _save(self, action: str, kind: str, id: str, value: Any, version: int) -> None:
        self._chooser.save(f"owner.{kind}_{action}", Chosen(choice_name(kind, id), value, version))


def new_id(name: str) -> str:
    """An id for what is added by hand: readable, and nobody else's."""
    letters = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.casefold())
    return f"{'-'.join(filter(None, letters.split('-')))[:40]}-{uuid.uuid4().hex[:6]}"


def dissolved(choices: Choices) -> dict[str, Choice]:
    """The duos that were dissolved by hand, by their id."""
    found = choices.under(f"{PREFIX}duo:")
    return {id: choice for id, choice in found.items() if choice.value == GONE}


def bring_home(signals: Signals, choices: Choices) -> int:
    """Give what came on the list of a dissolved duo to its department: a process that had not heard of it
    yet may have put it there. Returns how many signals went; doing it again changes nothing."""
    ownership = signals.rules.ownership()
    gone = [Productduo(id, id, "") for id in dissolved(choices) if ownership.duo(id) is None]
    return sum(_bring(signals, ownership, duo, None) for duo in gone)


def _bring(signals: Signals, ownership: Ownership, duo: Productduo, by: Person | None) -> int:
    moved, tries = 0, 0
    listed, _ = signals.gaps.listed(LISTED, duos={duo.id})
    while listed and tries < TRIES:
        tries += 1
        for gap in listed:
            known = ownership.department(duo.department or gap.owner.department)
            owner = Owner("", known.name if known else "")
            try:
                signals.hand_over(gap, owner, wording.DISSOLVED_NOTE.format(name=duo.name), by, opens=False)
            except Changed:
                continue  # somebody was working on it: it is taken as it is then
            moved, tries = moved + 1, 0
        listed, _ = signals.gaps.listed(LISTED, duos={duo.id})
    return moved


def _plain(thing: Arranged) -> dict[str, Any]:
    values = asdict(thing)
    values.pop("id")
    return {name: list(each) if isinstance(each, tuple) else each for name, each in values.items()}


def _differences(before: Arranged, after: Arranged) -> dict[str, Any]:
    old, new = _plain(before), _plain(after)
    return {name: value for name, value in new.items() if value != old[name]}


def choosable(members: Iterable[Member], *ids: str) -> tuple[Member, ...]:
    """Who can be chosen: everybody who did not leave, and these, so that a form shows what it has."""
    return tuple(member for member in members if not member.left or member.id in ids)
