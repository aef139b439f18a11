"""What kind of thing is asked for, and whether a text holds any such thing."""

from __future__ import annotations

import time

import pytest

from service.answering.answer_type import TYPES, asked_types, lacks_what_is_asked


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("wat is het telefoonnummer van de gemeente?", {"telephone number"}),
        ("wijkteam nr?", {"telephone number"}),
        ("op welk nr kan ik vanavond iemand bellen", {"telephone number"}),
        ("hebben jullie een mail adres voor klachten", {"e-mail address"}),
        ("hoeveel procent krijg ik terug", {"share"}),
        ("hoeveel euro is een parkeervergunning", {"money"}),
        ("Wat ben ik kwijt voor een uittreksel?", {"money"}),
        ("tarief rijbewijs?", {"money"}),
        ("Wat moet ik betalen voor een grafsteen?", {"money"}),
        ("How much does a passport cost?", {"money"}),
        ("hoe oud moet je zijn voor een rijbewijs", {"age"}),
        ("hoeveel meter van de erfgrens mag een boom staan", {"length"}),
        ("Hoe hoog mag mijn schutting zijn?", {"length"}),
        ("hoeveel kilo grof vuil mag ik brengen", {"weight or volume"}),
        ("hoe laat gaat de balie open", {"time of day"}),
        ("How often is the paper bin emptied?", {"frequency"}),
        ("hoeveel dagen heb ik om aangifte te doen", {"duration"}),
        ("How long does it take?", {"duration"}),
        ("waneer is de uitslag", {"date"}),
        ("hoevel mensen mogen er mee", {"count"}),
        ("Hoe duur is het en hoe lang duurt het?", {"money", "duration"}),
        ("mag ik een boom kappen in mijn tuin?", set()),
        ("ik ben mijn bsn-nummer kwijt, waar vind ik het", set()),
        ("Hoe laat ik een handtekening legaliseren?", set()),
        ("Hoeveel per uur vergoeden jullie?", {"count"}),
        ("You don't have my phone number, how do I get in?", set()),
        ("", set()),
    ],
)
def test_says_what_kind_of_thing_is_asked_for(question: str, kinds: set[str]) -> None:
    assert {each.name for each in asked_types(question)} == kinds


@pytest.mark.parametrize(
    ("question", "without", "with_it"),
    [
        ("wijkteam nr?", "Bel het wijkteam.", "Bel het wijkteam: (0599) 12 34 00."),
        ("welk mailadres", "Schrijf een brief.", "Schrijf naar balie@merelveen.example."),
        ("hoeveel procent", "U krijgt een deel terug.", "U krijgt 40% terug."),
        ("wat kost een uittreksel", "U vraagt een uittreksel aan.", "Een uittreksel kost € 9,10."),
        ("wat kost een uittreksel", "U vraagt een uittreksel aan.", "Een uittreksel is gratis."),
        ("hoe oud moet ik zijn", "U kunt zich aanmelden.", "U moet 16 jaar of ouder zijn."),
        ("hoeveel meter hoog", "Een schutting mag laag zijn.", "Een schutting mag 2 meter hoog zijn."),
        ("hoeveel kilo", "Breng uw afval.", "U brengt ten hoogste 250 kilo."),
        ("hoe laat", "De balie is open op maandag.", "De balie is open vanaf 8.30."),
        ("hoe vaak", "Wij legen de bak.", "Wij legen de bak elke week."),
        ("hoe lang duurt het", "Wij sturen een brief.", "Wij sturen binnen dertien weken een brief."),
        ("welke dag", "U hoort het van ons.", "U hoort het op 3 mei."),
        ("hoeveel bezoekers", "Bezoekers zijn welkom.", "Er mogen twaalf bezoekers komen."),
    ],
)
def test_sees_whether_such_a_thing_is_told(question: str, without: str, with_it: str) -> None:
    assert lacks_what_is_asked(question, without)
    assert not lacks_what_is_asked(question, with_it)


def test_a_question_of_no_such_kind_lacks_nothing() -> None:
    assert not lacks_what_is_asked("mag ik een boom kappen?", "")


def test_each_thing_that_is_asked_must_be_there() -> None:
    question = "hoe duur is het en hoe lang duurt het?"

    assert lacks_what_is_asked(question, "Het kost € 10.")
    assert not lacks_what_is_asked(question, "Het kost € 10 en duurt vijf dagen.")


def test_every_type_has_another_name() -> None:
    assert len({each.name for each in TYPES}) == len(TYPES)


def test_a_long_question_without_sense_takes_no_time() -> None:
    started = time.perf_counter()

    lacks_what_is_asked("hoeveel " * 250, "0 " * 2000)
    lacks_what_is_asked("a" * 2000, "een " * 2000)

    assert time.perf_counter() - started < 0.5
