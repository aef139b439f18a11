"""An asker who looks for residents or businesses finds what is meant for them, or for everybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from embeddings.document import Audience
from service.answering.retrieve import retrieve
from service.domain.question import AGENT
from tests.factories import COLLECTION, document, open_library

PARKING = "Een parkeervergunning kost € 80."


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        (None, {"inwoner", "bedrijf", "allen"}),
        (Audience.RESIDENT, {"inwoner", "allen"}),
        (Audience.BUSINESS, {"bedrijf", "allen"}),
    ],
)
def test_only_texts_for_this_audience_are_found(
    tmp_path: Path, audience: Audience | None, found: set[str]
) -> None:
    library = open_library(tmp_path)
    texts = [
        document("inwoner", PARKING, audience=Audience.RESIDENT),
        document("bedrijf", PARKING, audience=Audience.BUSINESS),
        document("allen", PARKING),
    ]
    library.apply(COLLECTION, "vac", texts)
    asker = replace(AGENT, audience=audience)
    evidence = retrieve(library, COLLECTION, "parkeervergunning", "nl", asker)
    assert {each.key.id for each in evidence.documents} == found
