"""Which askings belong together, and how a list is ordered."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.encoders.hashing import HashingEncoder
from evals.gaps.fit import Kept
from service.answering.unanswered import FoundText
from service.domain.gap import GapKind, Origin, Urgency
from service.domain.productduo import Owner
from service.duos import urgency
from service.duos.joining import BY_SEARCH, NEWEST, REPEATED, Joiner, Said, chance, likeness, log_odds
from service.duos.meanings import meanings_of
from service.duos.routing import duos_for, owner_for
from service.storage.askings import Joinable, Meaning
from tests.service.duos.houses import MONDAY, OWNERSHIP, TEXTS

ENCODER = HashingEncoder(128)


def said(text: str, document: str = "") -> Said:
    return Said(document, meanings_of(ENCODER.name).of(ENCODER.encode_query(text)))


def joiner(*texts: str, encoder: str = ENCODER.name) -> tuple[Joiner, list[uuid.UUID]]:
    """Each text in a gap of its own."""
    return grouped(*([text] for text in texts), encoder=encoder)


def grouped(*groups: list[str], encoder: str = ENCODER.name) -> tuple[Joiner, list[uuid.UUID]]:
    ids = [uuid.uuid4() for _ in groups]
    asked = [(gap, text) for gap, texts in zip(ids, groups, strict=True) for text in texts]
    kept = Kept()
    made = Joiner(encoder, kept)
    for number, (gap, text) in enumerate(asked, start=1):
        asking = Joinable(number, gap, "", said(text).meaning)
        kept.add(asking)
        made.learn([asking])
    return made, ids


def test_the_same_words_join() -> None:
    found, ids = joiner("Hoe duur is een paspoort?", "Wanneer komt het grofvuil?")
    best = found.best(said("hoe duur is een paspoort"))
    assert best is not None
    assert best[0] == ids[0]
    assert best[1] > BY_SEARCH.join_from


def test_something_else_does_not() -> None:
    found, _ = joiner("Hoe duur is een paspoort?")
    assert found.best(said("Mag mijn hond los in het park?")) is None


LOOKALIKE = ["Wat kost een nieuw paspoort?", "Hond aangeven bij verhuizing", "Tuinafval in de groene bak"]


def test_one_lookalike_among_those_of_a_signal_is_not_enough() -> None:
    asked = said("Wat kost een nieuw rijbewijs?")
    alone, _ = grouped(LOOKALIKE[:1])
    among, _ = grouped(LOOKALIKE)
    ((_, by_itself),) = alone.candidates(asked)
    ((_, beside_others),) = among.candidates(asked)
    assert by_itself > 2 * beside_others


def test_the_same_question_again_joins_whatever_else_was_asked_there() -> None:
    found, ids = grouped(LOOKALIKE)
    odds = log_odds(likeness(said(LOOKALIKE[0]), said(LOOKALIKE[0].lower())))
    assert odds >= REPEATED
    best = found.best(said(LOOKALIKE[0].lower()))
    assert best is not None
    assert best[0] == ids[0]
    assert best[1] == pytest.approx(chance(odds))


def test_a_signal_with_many_askings_is_judged_by_its_newest() -> None:
    found, _ = grouped(["Mag mijn hond los?"] + ["Wat kost een nieuw paspoort?"] * NEWEST)
    fresh, _ = grouped(["Wat kost een nieuw paspoort?"] * NEWEST)
    asked = said("Wat kost een nieuw rijbewijs?")
    assert [each for _, each in found.candidates(asked)] == [each for _, each in fresh.candidates(asked)]


def test_without_a_model_or_with_another_one_nothing_is_compared() -> None:
    found, _ = joiner("Hoe duur is een paspoort?")
    assert found.candidates(Said("", Meaning())) == []
    other, _ = joiner("Hoe duur is een paspoort?", encoder="another")
    assert other.candidates(said("Hoe duur is een paspoort?")) == []


def test_what_is_forgotten_is_held_no_more_and_the_rest_is_found() -> None:
    found, ids = joiner("Hoe duur is een paspoort?", "Wanneer komt het grofvuil?", "Mag mijn hond los?")
    found.best(said("grofvuil"))  # its vectors are side by side now
    assert found.forget({1, 7}) == 1
    assert found.forget({1, 7}) == 0
    assert len(found._vectors) == len(found._sequences) == 2
    assert found.best(said("hoe duur is een paspoort")) is None
    best = found.best(said("wanneer komt het grofvuil"))
    assert best is not None
    assert best[0] == ids[1]
    found.forget({2, 3})
    assert found.candidates(said("grofvuil")) == []


def test_likeness_is_the_same_both_ways() -> None:
    one, other = said("Wat kost een paspoort?", "vac:a"), said("paspoort prijs", "vac:a")
    there, back = likeness(one, other), likeness(other, one)
    assert there == pytest.approx(back)
    assert there["same_text"] == 1.0
    assert 0 < chance(log_odds(there)) < 1


def test_a_text_that_nobody_found_is_not_the_same_text() -> None:
    assert likeness(said("a b"), said("a b"))["same_text"] == 0.0


def test_each_passage_votes_for_its_duo() -> None:
    first = FoundText("vac:p", "Paspoort", TEXTS["paspoort"].products, "Burgerzaken", (0.70,))
    waste = [
        FoundText(f"vac:{n}", "Grofvuil", TEXTS["grofvuil"].products, "Beheer", (0.69, 0.69)) for n in "ab"
    ]
    assert [duo.id for duo in duos_for([first, *waste], OWNERSHIP)] == ["afval", "reis"]
    far = [FoundText(text.document, text.title, text.products, text.owner, (0.4,)) for text in waste]
    assert [duo.id for duo in duos_for([first, *far], OWNERSHIP)] == ["reis", "afval"]


def test_without_a_duo_the_department_of_the_first_text_has_it() -> None:
    loose = FoundText("vac:x", "Iets", (), "BEHEER")
    assert owner_for([loose], OWNERSHIP) == Owner("", "Beheer")
    assert owner_for([], OWNERSHIP) == Owner()


def test_more_often_later_and_more_urgent_come_first() -> None:
    def first(days: float, level: Urgency = Urgency.NORMAL, kind: GapKind = GapKind.MISSING) -> float:
        return urgency.first_weight(MONDAY + timedelta(days=days), Origin.OUTCOME, kind, level)

    once = first(0)
    twice = urgency.with_asking(once, MONDAY, Origin.OUTCOME, GapKind.MISSING, Urgency.NORMAL)
    assert twice == pytest.approx(once + 1)
    assert first(14) == pytest.approx(once + 1)
    assert first(0, Urgency.HIGH) > first(28) > first(0) > first(0, Urgency.LOW)
    assert first(0, kind=GapKind.REJECTED) > first(0)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12))
def test_a_merged_signal_weighs_as_if_it_had_been_one(days: list[int]) -> None:
    moments = [MONDAY + timedelta(days=day) for day in days]
    alone = [
        urgency.first_weight(moment, Origin.OUTCOME, GapKind.MISSING, Urgency.NORMAL) for moment in moments
    ]
    together = alone[0]
    for moment in moments[1:]:
        together = urgency.with_asking(together, moment, Origin.OUTCOME, GapKind.MISSING, Urgency.NORMAL)
    assert urgency.together(alone) == pytest.approx(together)


def test_nothing_is_written_by_looking(tmp_path: Path) -> None:
    found, _ = joiner("Hoe duur is een paspoort?")
    known = found.known
    found.candidates(said("Hoe duur is een paspoort?"))
    assert found.known == known
