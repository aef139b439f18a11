"""Slips are mended by the words of the texts and of the dictionary; what is known stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.spelling import Spelling, dictionary, sounds

TEXTS = (
    "Een uittreksel aanvragen bij de milieustraat. Hoe lang is een paspoort geldig?",
    "Kwijtschelding van de rioolheffing. De leeftijd staat op uw rijbewijs. De koelkast en de schulden.",
    "Boerkini in het zwembad; parkeren in de Havenwijk. Breng uw dakkapel naar welstand.",
)
SPELLING = Spelling(lambda: TEXTS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("wat kost een uitreksel", "wat kost een uittreksel"),
        ("hoevel moet ik betaln", "hoeveel moet ik betalen"),
        ("is me pasport nog geldich?", "is me paspoort nog geldig?"),
        ("leeftijt", "leeftijd"),
        ("rijbewjis kwijt", "rijbewijs kwijt"),
        ("neme jullie een ouwe koelkas mee", "neme jullie een ouwe koelkast mee"),
        ("skulden", "schulden"),
        ("mileustraat open?", "milieustraat open?"),
        ("kwijtscheldng rioolhefing", "kwijtschelding rioolheffing"),
        ("boerkinie", "boerkini"),
        ("Gevonde voorwerpen", "gevonden voorwerpen"),
    ],
)
def test_a_slip_is_mended(written: str, meant: str) -> None:
    assert SPELLING.mended(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Wat kost een paspoort voor mijn kind?",
        "hoe lang geleden heb ik dat betaald, eraf gaat er niks",  # in no text of the library
        "I lost my driving licence, what should I do?",
        "ik ben naar Turkije geweest met mevrouw Xhevdeta van de Ardennerweg",  # names inside a sentence
        "de bomenman bij het schoolpad en de vuilpas",  # two known words in one
        "hoelaat is het inloopuur",
        "kan ik m'n bsn en DigiD opvragen, didn't work",
        "dkr 12-34-XB https://www.merelveen.example/x é",
        "zzgqk wrtplm xxyyzzqq",
        "",
        "   \n\t ",
    ],
)
def test_what_is_known_or_like_nothing_stays(text: str) -> None:
    assert SPELLING.mended(text) == text


def test_a_word_of_the_texts_goes_before_a_common_one() -> None:
    assert Spelling(lambda: ()).mended("gast of gass") == "gast of gast"
    assert Spelling(lambda: ["pass " * 40]).mended("gast of passs") == "gast of pass"


def test_texts_are_asked_for_only_when_a_word_is_unknown() -> None:
    asked = []

    def texts() -> list[str]:
        asked.append(True)
        return list(TEXTS)

    spelling = Spelling(texts)
    spelling.mended("wat kost een paspoort")
    assert not asked
    spelling.mended("wat kost een pasport")
    spelling.mended("wat kost een rijbewjis")
    assert len(asked) == 1


def test_what_sounds_alike_is_the_same() -> None:
    assert sounds("leeftijt") == sounds("leeftijd")
    assert sounds("uitslach") == sounds("uitslag")
    assert sounds("regiotaksi") == sounds("regiotaxi")
    assert sounds("paspoort") != sounds("rijbewijs")


def test_the_dictionary_knows_dutch_and_english() -> None:
    assert {"grofvuil", "geleden", "appointment"} <= dictionary().known
    assert "uitreksel" not in dictionary().known


@given(st.text(max_size=80))
def test_any_text_comes_back_whole_but_for_its_words(text: str) -> None:
    mended = SPELLING.mended(text)
    assert len(mended.split()) == len(text.split())
    assert SPELLING.mended(mended) == mended
