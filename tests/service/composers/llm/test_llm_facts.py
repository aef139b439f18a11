"""What a sentence asserts stands in its passage, in whatever words; anything else is seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.sentences import is_row, sentences
from service.composers.llm.facts.bounds import Bound
from service.composers.llm.facts.checking import doubts
from service.composers.llm.facts.material import Cited, material
from service.composers.llm.facts.numerals import figured
from service.composers.llm.facts.quantities import Kind, quantities
from tests.service.composers.llm.demo import cases, demo_passages, material_of

MOST_HONEST_DROPPED = 0.10


def values(text: str) -> list[tuple[Kind, str]]:
    return [(one.kind, one.value) for one in quantities(text)]


@pytest.mark.parametrize("ways", [
    ("€ 43,20", "43 euro en 20 cent", "EUR 43.20", "43,20 euro", "drieënveertig euro en twintig cent"),
    ("€43,20", "€ 43,20", "drieënveertig euro twintig"),
    ("€ 1,365.20", "EUR 1.365,20"),
    ("€ 1.250,00", "1250 euro", "€ 1250", "EUR 1,250.00", "€ 1.250,-"),
    ("€ 5 miljoen", "vijf miljoen euro", "5000000 euro"),
    ("gratis", "kosteloos", "het kost niets", "zonder kosten", "0 euro"),
    ("10%", "10 procent", "tien procent", "10 percent"),
    ("de helft", "50 procent", "50%"),
    ("1 maart 2026", "01-03-2026", "2026-03-01", "1 March 2026", "March 1, 2026"),
    ("half negen", "8.30 uur", "8:30", "08.30 uur"),
    ("kwart over acht", "8.15 uur"),
    ("kwart voor negen", "8.45 uur"),
    ("8 uur 's avonds", "20.00 uur", "acht uur 's avonds", "8 pm"),
    ("drie maanden", "3 maanden", "three months", "1 kwartaal"),
    ("anderhalf jaar", "18 maanden", "1,5 jaar"),
    ("een half jaar", "6 maanden", "half jaar"),
    ("een week", "7 dagen", "1 week", "a week"),
    ("twee weken", "14 dagen"),
    ("elk jaar", "per jaar", "jaarlijks", "every year"),
    ("elke maand", "per maand", "maandelijks", "maandelijkse", "monthly"),
    ("elke week", "per week", "wekelijks", "wekelijkse", "weekly"),
    ("elke dag", "per dag", "dagelijks", "dagelijkse", "daily"),
    ("14 0999", "140999"),
    ("+31 20 123 45 67", "020 123 45 67", "020-1234567"),
    ("1234 AB", "1234AB"),
    ("https://www.merelveen.example/contact", "www.merelveen.example/contact", "merelveen.example/contact."),
    ("2 m³", "2 kubieke meter", "twee kubieke meter"),
    ("maandag tot en met vrijdag", "maandag t/m vrijdag", "Monday to Friday"),
])  # fmt: skip
def test_one_fact_written_in_many_ways_is_one_fact(ways: tuple[str, ...]) -> None:
    assert len({tuple(values(way)) for way in ways}) == 1
    assert values(ways[0])


@pytest.mark.parametrize(("one", "other"), [
    ("2 weken", "2 werkdagen"), ("5 dagen", "5 werkdagen"), ("€ 43,20", "€ 34,20"), ("€ 43,20", "€ 4320"),
    ("8.30 uur", "18.30 uur"), ("1 mei", "1 juni"), ("10%", "10 euro"), ("14 0999", "14 0998"),
    ("1234 AB", "1234 AC"), ("drie maanden", "drie weken"), ("2 m³", "2 meter"),
    ("a@merelveen.example", "b@merelveen.example"), ("merelveen.example", "merelveen.example.evil.example"),
])  # fmt: skip
def test_what_looks_alike_is_not_the_same(one: str, other: str) -> None:
    assert values(one) != values(other)


@pytest.mark.parametrize(("text", "bound"), [
    ("vanaf 18 jaar", Bound.FROM), ("18 jaar of ouder", Bound.FROM), ("minimaal 18 jaar", Bound.FROM),
    ("niet jonger dan 18 jaar", Bound.FROM), ("ouder dan 18 jaar", Bound.ABOVE),
    ("jonger dan 12 jaar", Bound.BELOW), ("onder de 12", Bound.BELOW), ("tot 12 jaar", Bound.BELOW),
    ("nog geen 12 jaar", Bound.BELOW), ("maximaal 6 maanden", Bound.UP_TO),
    ("niet ouder dan 6 maanden", Bound.UP_TO), ("tot en met 6 maanden", Bound.UP_TO),
    ("hooguit € 125", Bound.UP_TO), ("binnen 6 weken", Bound.WITHIN), ("na 6 weken", Bound.AFTER),
    ("uiterlijk 1 mei", Bound.UP_TO), ("niet eerder dan 20.00 uur", Bound.FROM), ("op 1 mei", Bound.NONE),
    ("at least 18 years", Bound.FROM), ("within 3 months", Bound.WITHIN), ("under 12 years", Bound.BELOW),
])  # fmt: skip
def test_the_side_that_is_meant_is_part_of_the_fact(text: str, bound: Bound) -> None:
    assert [one.bound for one in quantities(text)] == [bound]


@settings(deadline=None)  # the first look reads the dictionary
@given(st.integers(min_value=0, max_value=999))
def test_every_number_word_up_to_a_thousand_is_its_figure(number: int) -> None:
    assert figured(f"{in_words(number)} pasfoto's") == f"{number} pasfoto's"


ONES = "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien".split()
ONES += ["zestien"]
ONES += "zeventien achttien negentien".split()
TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()


def in_words(number: int) -> str:
    if number >= 100:
        hundreds = "" if number < 200 else ONES[number // 100]
        rest = number % 100
        tail = "" if not rest else "een" if rest == 1 else in_words(rest)
        return f"{hundreds}honderd{tail}"
    if number < 20:
        return ONES[number]
    one = number % 10
    joint = "ën" if one in (2, 3) else "en"
    stem = "een" if one == 1 else ONES[one]
    return (f"{stem}{joint}" if one else "") + TENS[number // 10 - 2]


def test_no_lie_about_the_demo_is_shown() -> None:
    lies = [case for case in cases() if case.lie]
    assert len(lies) >= 130
    assert [case.sentence for case in lies if not doubts(case.sentence, material_of(case))] == []


def test_honest_paraphrases_are_seldom_dropped() -> None:
    honest = [case for case in cases() if not case.lie]
    dropped = [case.sentence for case in honest if doubts(case.sentence, material_of(case))]
    assert len(honest) >= 110
    assert len(dropped) <= MOST_HONEST_DROPPED * len(honest), dropped


def test_what_a_text_says_itself_is_never_doubted() -> None:
    dutch = [
        one for one in demo_passages() if one.document.source == "sdg" and not one.document.id.endswith("-en")
    ]
    doubted = []
    for passage in dutch[::9]:
        held = material([Cited(passage.title, passage.heading, passage.text)], "nl")
        units = [unit for line in passage.text.split("\n") if not is_row(line) for unit in sentences(line)]
        told = [unit for unit in units if not unit.endswith(("?", ":"))]
        doubted += [unit for unit in told if doubts(unit, held)]
    assert doubted == []


PASSAGE = Cited(
    "Paspoort",
    "Kosten",
    "Een paspoort kost € 86,20. U betaalt met pin. Bent u 18 jaar? Dan is het 10 jaar geldig.",
)


@settings(deadline=None)  # the first look reads the dictionary
@given(st.text(max_size=200))
def test_any_text_can_be_checked(text: str) -> None:
    doubts(text, material([PASSAGE], "nl"))


@settings(deadline=None)  # the first look reads the dictionary
@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=0, max_value=99))
def test_no_other_amount_than_that_of_the_passage_is_held(euros: int, cents: int) -> None:
    said = f"Een paspoort kost € {euros},{cents:02d}."
    assert bool(doubts(said, material([PASSAGE], "nl"))) == ((euros, cents) != (86, 20))


def test_in_english_too() -> None:
    text = "A passport costs € 83.87. You pay by card at the desk. It is ready after 5 working days."
    held = material([Cited("Passport", "Costs", text)], "en")
    for honest in (
        "The price of a passport is 83 euros and 87 cents.",
        "After five working days it is ready.",
    ):
        assert doubts(honest, held) == ()
    for lie in ("A passport costs € 38.87.", "It is ready after 5 weeks.", "You cannot pay by card.",
                "You pay by card at the airport.", "It is ready within 3 working days."):  # fmt: skip
        assert doubts(lie, held) != ()
