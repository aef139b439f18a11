"""A sentence is tied to one place of the text: what is put together from several is not shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.composers.llm.endpoint import Said
from service.composers.llm.facts.material import Cited
from service.composers.llm.grounding import grounded

TEXT = (
    "In zone A is een wachtlijst. In zone B is geen wachtlijst.\n"
    "U betaalt een bijdrage van € 612 per kind per schooljaar.\n"
    "De vervoerder belt u vóór de eerste rit. De school doet niets.\n"
    "Bel 14 0999 en kies 3. Een kaart is 4 jaar geldig.\n"
    "De muziek stopt om 24.00 uur. U kunt zonder afspraak terecht.\n"
    "Kinderen van 5 tot en met 16 jaar moeten naar school. Kinderen tot 4 jaar gaan gratis mee.\n"
    "De prijs is gelijk aan de balie en online. U betaalt zelf de kosten van de notaris."
)


def shown(sentence: str, text: str = TEXT, language: str = "nl") -> bool:
    passages = [Cited("Regels", "Kosten", text)]
    return bool(grounded([Said(sentence, ("p0",))], passages, {"p0": 0}, language).kept)


@pytest.mark.parametrize("lie", [
    "Ook in zone B is een wachtlijst.",
    "U betaalt een bijdrage van € 612 per gezin per schooljaar.",
    "De school belt u vóór de eerste rit.",
    "Bel 14 0999 en kies 4.",
    "U kunt niet zonder afspraak terecht.",
    "Kinderen van 4 tot en met 16 jaar moeten naar school.",
    "Online is het goedkoper dan aan de balie.",
    "De gemeente betaalt de kosten van de notaris.",
    "Ik betaal de kosten van de notaris.",
    "Ja hoor.",
])  # fmt: skip
def test_what_no_one_place_says_is_not_shown(lie: str) -> None:
    assert not shown(lie)


@pytest.mark.parametrize("right", [
    "In zone A is een wachtlijst.",
    "De bijdrage is € 612 per kind per schooljaar.",
    "De vervoerder belt u vóór de eerste rit.",
    "Bel 14 0999 en kies 3.",
    "De muziek stopt om middernacht.",
    "Kinderen van vijf tot en met zestien jaar moeten naar school.",
])  # fmt: skip
def test_what_one_place_says_is_shown(right: str) -> None:
    assert shown(right)


def test_what_one_passage_denies_is_not_held_by_another() -> None:
    passages = [
        Cited("Toeslag", "", "U kreeg in de laatste 12 maanden geen inkomenstoeslag."),
        Cited("Toeslag", "", "U moet de toeslag elk jaar opnieuw aanvragen."),
    ]
    said = [Said("U hoeft de toeslag niet elk jaar opnieuw aan te vragen.", ("p0", "p1"))]
    assert grounded(said, passages, {"p0": 0, "p1": 1}, "nl").kept == ()


def test_half_past_twelve_is_a_time() -> None:
    assert shown("Open van 9.00 uur tot half een.", "Wij zijn open van 9.00 uur tot 12.30 uur.")


_PARTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        "half een|kwart voor|tussen 1 en|€ 1.250.000,50|99.99 uur|31-13-2026|van 9 tot|1e 2|ten|miljoen|"
        "2 miljoen|niet|ook|-|²|٣ maanden|0031|een half jaar|\u00e9\u00e9n|jaar|per|«|1,365.20".split("|")
    ),
)

_TEXTS = st.lists(_PARTS, max_size=8).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS, st.sampled_from(["nl", "en"]))
def test_whatever_is_said_of_whatever_text_nothing_fails(said: str, text: str, language: str) -> None:
    found = grounded([Said(said, ("p0",))], [Cited(text[:20], text[:5], text)], {"p0": 0}, language)
    assert len(found.kept) + len(found.dropped) <= len(said) + 1
