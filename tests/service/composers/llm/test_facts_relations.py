"""True words in a false relation: who does it, under which condition, before or after what, which of two."""

from __future__ import annotations

import pytest

from service.composers.llm.endpoint import Said
from service.composers.llm.facts.checking import doubts
from service.composers.llm.facts.doubt import Reason
from service.composers.llm.facts.material import Cited, material
from service.composers.llm.facts.roles import HE, WE, YOU, Act, acts_of
from service.composers.llm.grounding import Grounded, grounded, statements

TEXT = (
    "Wij bellen u voordat de kraan komt. De aannemer maakt de put open en u ruimt de tuin op.\n"
    "Een winkel van hooguit 20 m² hoeft geen vetput te hebben. Is de put vol? Dan komt de zuigwagen gratis.\n"
    "Laat u de put te laat legen? Dan kunt u een boete krijgen van € 90.\n"
    "Vraag de subsidie aan vóór de aanleg. De subsidie krijgt de eigenaar, als hij er zelf woont.\n"
    "Een melding kost € 40. Een keuring kost € 75."
)


def asked(sentence: str, text: str = TEXT, title: str = "Vetput") -> Grounded:
    return grounded([Said(sentence, ("p0",))], [Cited(title, "", text)], {"p0": 0}, "nl")


@pytest.mark.parametrize(("lie", "reason"), [
    ("U belt ons voordat de kraan komt.", Reason.ROLE),
    ("U maakt de put open.", Reason.ROLE),
    ("De huurder krijgt de subsidie.", Reason.MISPLACED),
    ("Vraag de subsidie aan na de aanleg.", Reason.OPPOSITE),
    ("Elke winkel van hooguit 20 m² moet een vetput hebben.", Reason.NEGATION),
    ("Laat u de put te laat legen, dan krijgt u een boete van € 90.", Reason.CONDITION),
    ("Alle eigenaren krijgen de subsidie, ook als zij er niet wonen.", Reason.CONDITION),
    ("Is de put vol? Dan komt de zuigwagen niet.", Reason.NEGATION),
    ("Een melding kost € 75.", Reason.MISPLACED),
])  # fmt: skip
def test_true_words_in_a_false_relation_are_not_shown(lie: str, reason: Reason) -> None:
    assert asked(lie).kept == ()
    assert reason in {one.reason for one in doubts(lie, material([Cited("Vetput", "", TEXT)], "nl"))}


@pytest.mark.parametrize("right", [
    "Voordat de kraan komt, bellen wij u.",
    "De aannemer maakt de put open.",
    "Is de put vol, dan komt de zuigwagen gratis.",
    "U kunt een boete van € 90 krijgen als u de put te laat laat legen.",
    "U vraagt de subsidie vóór de aanleg aan.",
    "Een keuring kost 75 euro.",
])  # fmt: skip
def test_the_same_in_other_words_is_shown(right: str) -> None:
    assert [one.text for one in asked(right).kept] == [right]


@pytest.mark.parametrize(("text", "acts"), [
    ("Wij bellen u.", {(WE, "bellen")}),
    ("Daarna stuurt de notaris een rekening.", {("notaris", "stuurt")}),
    ("Bel de huisarts.", {(YOU, "bel")}),
    ("Vraag het formulier bij de gemeente.", {(YOU, "vraag")}),
    ("Dan krijgt hij een brief.", {(HE, "krijgt")}),
])  # fmt: skip
def test_who_does_something_is_read_from_where_it_stands(text: str, acts: set[tuple[str, str]]) -> None:
    assert acts <= {(one.actor, one.verb) for one in acts_of(text)}


def test_what_is_only_supposed_asserts_nothing() -> None:
    assert [one for one in acts_of("Belt u ons?") if not one.supposed] == []
    assert Act(YOU, "haal", "op").forms & Act(YOU, "ophalen").forms


def test_a_question_is_checked_with_what_follows_from_it() -> None:
    said = "Bent u 18? Dan betaalt u meer. Dat is alles."
    assert statements(said) == ("Bent u 18? Dan betaalt u meer.", "Dat is alles.")


def test_a_sentence_that_leans_on_one_that_fell_falls_with_it() -> None:
    text = "Een paspoort kost € 86,20. Dat betaalt u aan de balie."
    passages = [Cited("Paspoort", "", text)]
    said = [Said("Een paspoort kost € 99.", ("p0",)), Said("Dat betaalt u aan de balie.", ("p0",))]
    assert grounded(said, passages, {"p0": 0}, "nl").kept == ()
    assert [one.text for one in grounded(said[1:], passages, {"p0": 0}, "nl").kept] == [said[1].text]


@pytest.mark.parametrize(("answer", "sentence", "is_shown"), [
    ("Nee, dat mag niet. De pas hoort bij het huis.", "U mag de pas meenemen naar uw nieuwe huis.", False),
    ("Ja, dat mag. De pas hoort bij u.", "U mag de pas niet meenemen naar uw nieuwe huis.", False),
    ("Ja, dat mag. De pas hoort bij u.", "De pas hoort bij u.", True),
])  # fmt: skip
def test_a_text_that_answers_its_title_with_no_is_no_yes(answer: str, sentence: str, is_shown: bool) -> None:
    found = asked(sentence, answer, "Mag ik de pas meenemen naar mijn nieuwe huis?")
    assert bool(found.kept) == is_shown
