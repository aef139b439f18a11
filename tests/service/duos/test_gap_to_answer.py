"""With the real model: a question that the texts do not answer, a duo, and an answer that is proven."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings import catalogue
from embeddings.reading import Reader
from service.domain.answer import Status
from service.domain.gap import GapState
from service.domain.question import Channel
from tests.factories import document
from tests.service.duos.houses import ANNA, COLLECTION
from tests.service.duos.writing_room import BERT, Room, changes, open_room

QUESTION = "Mag ik met een kinderwagen naar binnen bij de balie van het paspoort?"
PRAM = (
    "U mag een kinderwagen meenemen naar de balie. De ingang aan de achterkant heeft een brede deur. "
    "Daar is ook een lift."
)
OTHERS = (
    document("trouwen", "Trouwen in het raadhuis kost op maandagochtend niets.", title="Trouwen"),
    document("hond", "U betaalt hondenbelasting voor elke hond. Dat is € 78 per jaar.", title="Hond"),
    document("afval", "De grijze bak zetten wij om de week leeg. De groene bak elke week.", title="Afval"),
    document("verhuizen", "Geef uw verhuizing door binnen 5 dagen na de verhuizing.", title="Verhuizen"),
)  # fmt: skip


@pytest.fixture
def room(tmp_path: Path, model_cache: Path) -> Room:
    encoder = catalogue.encoder(catalogue.BUNDLED, model_cache)
    room = open_room(tmp_path, encoder, reader=Reader())
    room.library.apply(COLLECTION, "vac", OTHERS)
    return room


@pytest.mark.model
def test_a_real_question_becomes_a_proven_answer(room: Room) -> None:
    before = room.ask(QUESTION)
    assert before.answer.status is not Status.ANSWERED
    gap = room.gap(QUESTION)
    draft = room.drafts.begin(gap, ANNA)
    typed = changes(
        draft, title="Kan de kinderwagen mee naar het stadhuis?", text=PRAM, fact="kinderwagen meenemen",
        checks=("Wij komen met een buggy, kunnen we naar binnen?", "Mag mijn kinderwagen mee naar de balie?"),
    )  # fmt: skip
    draft = room.drafts.save(draft, typed, ANNA)
    seen = room.drafts.preview(draft, QUESTION, Channel.SIDEBAR)
    assert seen.candidates[0].title == draft.document.title
    published = room.drafts.approve(room.drafts.submit(draft, ANNA), BERT)
    fails = [each for each in published.proof.checks if not each.passed]
    assert published.proof.solved, fails
    assert published.gap.state is GapState.SOLVED
    assert room.first(QUESTION) == f"redactie:{draft.document.id}"
    outcome = room.drafts.regression.check_all()
    assert (outcome.asked, outcome.held) == (2, 2)
