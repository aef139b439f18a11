"""A sentence without a passage that holds it is never shown."""

from __future__ import annotations

import pytest

from embeddings.document import Visibility
from service.answering.cite import cite
from service.composers.base import DraftSentence
from service.domain.answer import Answer, Sentence, Status
from tests.service.answering.evidence import hit

PASSPORT = hit(7, "Een paspoort kost\n€ 86,20. U haalt het op.", heading="Kosten")
NOTE = hit(8, "Bel 0999 55 1281.", visibility=Visibility.INTERNAL)


def test_a_sentence_that_stands_in_its_passage_is_cited_with_a_copy_of_it() -> None:
    cited = cite([DraftSentence("Een paspoort kost € 86,20.", PASSPORT)], lambda found: found.owner)
    assert cited.sentences == (Sentence("Een paspoort kost € 86,20.", (1,)),)
    (source,) = cited.sources
    assert (source.number, source.document, source.heading) == (1, "vac:d7", "Kosten")
    assert source.text == PASSPORT.passage.text
    assert source.owner == "Burgerzaken"


@pytest.mark.parametrize("invented", ["Een paspoort kost € 86,21.", "een paspoort kost € 86,20.", "", "   "])
def test_a_sentence_that_does_not_stand_there_word_for_word_is_dropped(invented: str) -> None:
    cited = cite([DraftSentence(invented, PASSPORT)], lambda found: found.owner)
    assert (cited.sentences, cited.sources) == ((), ())


def test_sources_are_numbered_in_the_order_in_which_they_are_first_cited() -> None:
    draft = [
        DraftSentence("Bel 0999 55 1281.", NOTE),
        DraftSentence("U haalt het op.", PASSPORT),
        DraftSentence("Een paspoort kost € 86,20.", PASSPORT),
    ]
    cited = cite(draft, lambda found: found.owner)
    assert [sentence.sources for sentence in cited.sentences] == [(1,), (2,), (2,)]
    assert [(each.number, each.internal) for each in cited.sources] == [(1, True), (2, False)]


def test_an_answer_without_a_citation_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="at least one cited sentence"):
        Answer(Status.ANSWERED)
    with pytest.raises(ValueError, match="without a source"):
        Sentence("Gratis.", ())
    with pytest.raises(ValueError, match="unknown sources"):
        Answer(Status.ANSWERED, sentences=(Sentence("Gratis.", (1,)),))


@pytest.mark.parametrize("status", [status for status in Status if status.group in ("unanswered", "refused")])
def test_a_status_that_says_no_cannot_hold_sentences(status: Status) -> None:
    cited = cite([DraftSentence("U haalt het op.", PASSPORT)], lambda found: found.owner)
    with pytest.raises(ValueError, match="cannot hold sentences"):
        Answer(status, sentences=cited.sentences, sources=cited.sources)
