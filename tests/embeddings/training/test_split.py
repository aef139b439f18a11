"""What is held out stays out: decided by the product's key alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from embeddings.training.examples import Text, read_texts
from embeddings.training.split import Part, part_of

TEXTS = Path("evals/datasets/texts")
CARD = Path("embeddings/training/weights/card.json")
# written for that alone: their keys were chosen so
FOR_CALIBRATION = {
    "duivenwaard",
    "hoogmade",
    "kastelenhoek",
    "landelijk_vragen",
    "lindehaven",
    "oostervoort",
    "rijnhage",
    "vechtmond",
    "waterrijk_oost",
}
FOR_TRAINING = {
    "amstelkade",
    "bergakker",
    "berkenwoude",
    "brouwersveld",
    "dorsthuizen",
    "duinakker",
    "eikenrode",
    "elzendrecht",
    "essendrecht",
    "ganzedijk",
    "gildestad",
    "grensbeek",
    "grootveen",
    "haasdrecht",
    "havenrijk",
    "hazelmonde",
    "heidemond",
    "heuvelrode",
    "hollenstede",
    "hoogeland_west",
    "houtwijk",
    "ijzerveld",
    "kaapsduin",
    "kastanjeveen",
    "kerkdriel_noord",
    "klaverwoude",
    "kreekland",
    "kreekmonde",
    "kruisveld",
    "landelijk_antwoorden",
    "landelijk_geld",
    "landelijk_gezin",
    "landelijk_huis",
    "landelijk_inkomen",
    "landelijk_recht",
    "landelijk_rechten",
    "landelijk_regelingen",
    "landelijk_reizen",
    "landelijk_uitleg",
    "landelijk_verkeer",
    "landelijk_vrij",
    "landelijk_wegen",
    "landelijk_werk",
    "landelijk_wonen",
    "landelijk_zaken",
    "landelijk_zorg",
    "langewold",
    "lauwersdijk",
    "lisserduin",
    "maasakker",
    "marsveld",
    "merenbroek",
    "molenbeek_vliet",
    "molenstad",
    "nieuw_oostwolde",
    "noorderhage",
    "noorderwetering",
    "oeverbeek",
    "oudermeer",
    "oudezijl",
    "parkmeer",
    "polderzicht",
    "ravelsluis",
    "rietveen",
    "rivierdal",
    "rozenhaag",
    "ruwenhage",
    "scheldeoord",
    "sint_odulf",
    "sluiskerke",
    "sprangermeer",
    "stadhage",
    "sterrenkamp",
    "tiendhoven",
    "tjerkgaard",
    "tolbeek",
    "tolhuizen",
    "vaartdonk",
    "veenkroon",
    "veldermonde",
    "vossenkamp",
    "vuurduin",
    "waddenhoek",
    "waterlinge",
    "westermark",
    "wilgenoord",
    "wolfhage",
    "zandpoort",
    "zeewolle",
    "zilverhaven",
    "zonnehoek",
    "zuiderkogge",
}


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return read_texts(TEXTS)


def test_a_key_always_falls_in_the_same_part() -> None:
    # written down: another rule would quietly train on what was held out before
    keys = ("paspoort", "rijbewijs", "grofvuil", "verkeer_belasting/parkeerboete")
    parts = [Part.CALIBRATION, Part.TRAINING, Part.HELD_OUT, Part.TRAINING]
    assert [part_of(key) for key in keys] == parts


def test_about_a_third_is_held_out_and_a_sixth_is_for_calibration(texts: list[Text]) -> None:
    drawn = [text for text in texts if text.municipality not in FOR_CALIBRATION | FOR_TRAINING]
    shares = Counter(text.part for text in drawn)
    assert 0.28 <= shares[Part.HELD_OUT] / len(drawn) <= 0.40
    assert 0.12 <= shares[Part.CALIBRATION] / len(drawn) <= 0.22


@pytest.mark.parametrize(
    ("homes", "part"), [(FOR_CALIBRATION, Part.CALIBRATION), (FOR_TRAINING, Part.TRAINING)]
)
def test_what_was_written_for_one_part_serves_for_nothing_else(
    texts: list[Text], homes: set[str], part: Part
) -> None:
    written = [text for text in texts if text.municipality in homes]
    assert len(written) > 150
    assert {text.part for text in written} == {part}


def test_siblings_stay_together(texts: list[Text]) -> None:
    parts: dict[str, set[Part]] = {}
    for text in texts:
        parts.setdefault(text.product, set()).add(text.part)
    assert all(len(found) == 1 for found in parts.values())


def test_no_question_and_no_text_of_the_held_out_part_stands_in_another(texts: list[Text]) -> None:
    held = [text for text in texts if text.part is Part.HELD_OUT]
    others = [text for text in texts if text.part is not Part.HELD_OUT]
    assert not _questions(held) & _questions(others)
    assert not _long_sections(held) & _long_sections(others)
    assert len(_questions(held)) > 3000


def _questions(texts: list[Text]) -> set[str]:
    return {_folded(question.text) for text in texts for question in text.questions}


def _long_sections(texts: list[Text]) -> set[str]:
    return {_folded(each.text) for text in texts for each in text.sections if len(each.text.split()) > 12}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def test_the_shipped_weights_were_trained_on_no_text_that_is_held_out(texts: list[Text]) -> None:
    trained_on = {id for ids in json.loads(CARD.read_text(encoding="utf-8"))["texts"].values() for id in ids}
    known = {text.id: text.part for text in texts}
    assert len(trained_on) > 300
    assert {known[id] for id in trained_on} == {Part.TRAINING}
