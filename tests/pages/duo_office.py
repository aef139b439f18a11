"""The duos' pages on a port of this machine, with a week's work on them: for the tests and the pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

from playwright.sync_api import BrowserContext

from embeddings.document import Section
from service.domain.answer import Status
from service.domain.draft import Draft
from service.domain.gap import Asking, Fault, Gap, GapKind, GapState, Origin, Urgency
from service.domain.question import Channel
from service.duos.draft_texts import Changes
from service.web.desk import Desk
from service.web.site import build_site
from tests.pages.server import listening
from tests.service.web.duo.municipality import (
    NOW,
    WASTE,
    Municipality,
    asking,
    found_municipality,
    open_municipality,
)

CHILD = "Moet mijn dochter van 9 zelf mee voor een paspoort?"
CHECKS = ("Gaat uw kind altijd mee naar de balie?", "Kind mee balie paspoort?")


@dataclass(frozen=True)
class Week:
    """What there is to look at: a signal, and texts that are being written, reviewed, and placed."""

    root: str
    town: Municipality
    signal: Gap
    closed: Gap
    writing: Draft
    submitted: Draft
    published: Draft

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """Let a browser be somebody's."""
        session = {"name": "antwoordduo", "value": self.town.session(name), "url": self.root}
        context.add_cookies([session])  # type: ignore[list-item]


@contextmanager
def running_week(folder: Path) -> Iterator[Week]:
    """A site for as long as the block lasts."""
    found_municipality(folder)
    town = open_municipality(folder)
    app = build_site(town.settings, lambda: cast(Desk, town.desk), town.people)
    with listening(app) as port:
        yield worked(town, f"http://127.0.0.1:{port}")


def worked(town: Municipality, root: str) -> Week:
    """Put a week's work on the lists."""
    signal = town.signal(CHILD, _askings(), asked=8, due_at=NOW - timedelta(days=2))
    town.signal(
        "Wat kost een spoedpaspoort op zaterdag?",
        asked=5,
        due_at=NOW + timedelta(hours=5),
        urgency=Urgency.HIGH,
        kind=GapKind.MISSING,
    )
    town.signal("Hoe lang is een paspoort van een kind geldig?", asked=3, reopened=1, kind=GapKind.REJECTED)
    town.signal("paspoort kwijt in het buitenland", state=GapState.PROPOSED, opened_at=None, due_at=None)
    town.signal("Wanneer wordt mijn grofvuil opgehaald?", owner=WASTE, asked=4)
    closed = town.signal("Mag ik contant betalen?", state=GapState.OPEN)
    anna, bert = town.persons["anna"], town.persons["bert"]
    town.desk.signals.note(signal, "Bert, geldt dit ook voor een identiteitskaart?", anna)
    closed = town.desk.signals.dismiss(closed, "Dit staat al op de pagina over betalen.", anna)
    drafts = town.desk.drafts
    writing = drafts.begin(signal, anna, "vac:paspoort")
    writing = drafts.save(writing, _changes(writing), anna)
    submitted = _new(town, town.signal("Moet mijn baby mee voor een paspoort?", asked=2), _changes)
    submitted = drafts.submit(submitted, anna)
    published = _new(town, town.signal("Kunt u mijn rijbewijs thuis bezorgen?"), _about_delivery)
    published = drafts.approve(drafts.submit(published, anna), bert).draft
    return Week(root, town, signal, closed, writing, submitted, published)


def _new(town: Municipality, gap: Gap, written: Callable[[Draft], Changes]) -> Draft:
    anna = town.persons["anna"]
    draft = town.desk.drafts.begin(gap, anna)
    return town.desk.drafts.save(draft, written(draft), anna)


def _about_delivery(draft: Draft) -> Changes:
    """A text that answers one of its two checks."""
    sections = (Section("", "Wij bezorgen een rijbewijs niet thuis. U haalt het af bij de balie."),)
    document = replace(draft.document, title="Bezorgt u een rijbewijs?", sections=sections)
    return Changes(document, "niet thuis", ("Wij bezorgen een rijbewijs niet thuis?", "Komt het grofvuil?"))


def _changes(draft: Draft) -> Changes:
    """A text that says whether a child has to come along."""
    sections = (
        Section("Aan de balie", "Ja. Uw kind gaat altijd mee naar de balie voor een paspoort."),
        Section("Neem mee", "Neem dit mee:\n• uw oude paspoort\n• een pasfoto van nu"),
        *draft.document.sections[2:],
    )
    title = "Moet een kind zelf mee voor een paspoort?"
    return Changes(replace(draft.document, title=title, sections=sections), "altijd mee", CHECKS)


def _askings() -> tuple[Asking, ...]:
    return (
        asking(CHILD, channel=Channel.WEBSITE, asked_at=NOW - timedelta(hours=1)),
        asking("mag ik zonder mn kind n paspoort aanvragen", asked_at=NOW - timedelta(days=1)),
        asking(CHILD, asked_at=NOW - timedelta(days=2)),
        asking(
            "moet het kind mee naar gemeente voor paspoort",
            origin=Origin.REJECTED,
            fault=Fault.INCOMPLETE,
            remark="Er staat niets over kinderen.",
            status=Status.ANSWERED,
            asked_at=NOW - timedelta(days=3),
        ),
        asking("paspoort kind zelf erbij zijn?", asked_at=NOW - timedelta(days=4)),
    )
