"""Asked again: without the words that the index was given, and with words that it never had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from embeddings.library import LibraryUnavailable
from embeddings.made_wordings import Made
from ingest.editorial import SOURCE
from service.domain.answer import Answer, Candidate, Certainty, Sentence, Source, Status
from service.domain.draft import Check
from service.domain.gap import Gap, GapState
from service.domain.question import Channel
from service.duos.comparing import holds, same_question
from service.duos.proof import MOST_QUESTIONS, NO_TITLE, quoted, under_another_title, what_fails
from tests.factories import document
from tests.service.duos.houses import ANNA
from tests.service.duos.writing_room import (
    BERT,
    CHECKS,
    FACT,
    HOW_LONG,
    TEXT,
    TITLE,
    Room,
    key,
    open_room,
)

ODD = "Zoef zoef knibbel knabbel?"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path)


def check_of(checks: tuple[Check, ...], question: str) -> Check:
    (check,) = [each for each in checks if each.question == question]
    return check


def signal_about(room: Room, *questions: str) -> Gap:
    gap = room.gap(questions[0])
    for question in questions[1:]:
        other = room.gap(question)
        if other.id != gap.id:
            room.hall.signals.merge(other, room.hall.again(gap), ANNA)
    return room.hall.again(gap)


def test_every_asking_and_every_check_is_asked_with_what_came_of_it(room: Room) -> None:
    gap = signal_about(room, HOW_LONG, "Kinderpaspoort hoeveel jaar geldig?")
    proof = room.drafts.approve(room.submitted(gap), BERT).proof
    assert [(each.question, each.paraphrase) for each in proof.checks] == [
        ("Kinderpaspoort hoeveel jaar geldig?", False),
        (HOW_LONG, False),
        *((check, True) for check in CHECKS),
    ]
    assert all(each.passed and each.first == TITLE for each in proof.checks)


def test_what_is_found_and_quoted_yet_not_sure_is_solved_and_says_so(room: Room) -> None:
    proof = room.drafts.approve(room.submitted(room.gap()), BERT).proof
    assert (proof.solved, check_of(proof.checks, HOW_LONG).certain) == (True, False)


def test_a_wording_does_not_prove_itself(room: Room) -> None:
    gap = signal_about(room, HOW_LONG, ODD)
    draft = room.submitted(gap, wordings=(ODD,))
    published = room.drafts.approve(draft, BERT)
    # with its own wording anybody who asks this is led to the text …
    assert room.first(ODD) == f"redactie:{draft.document.id}"
    # … but that it was given, so as a proof it is asked without
    assert not check_of(published.proof.checks, ODD).found
    assert check_of(published.proof.checks, HOW_LONG).passed
    assert published.gap.state is GapState.OPEN


def test_a_wording_of_a_model_proves_nothing(room: Room) -> None:
    """A switch takes it away, and then the text would not be found any more."""
    gap = signal_about(room, HOW_LONG, ODD)
    room.library.made.search_while(lambda: True)
    draft = room.drafts.approve(room.submitted(gap), BERT).draft
    document = room.library.document(key(f"{SOURCE}:{draft.document.id}"))
    assert document
    made = Made("proefmodel", "vraagvormen 1", document.digest, room.drafts.now())
    room.library.made.put(key(f"{SOURCE}:{document.id}"), [ODD], made)
    assert room.first(ODD) == f"{SOURCE}:{document.id}"
    assert not check_of(room.drafts.prove(draft, BERT).proof.checks, ODD).found


def test_a_title_does_not_prove_itself_either(room: Room) -> None:
    odd = f"Paspoort {ODD.lower()}"
    published = room.drafts.approve(room.submitted(room.gap(odd), title=odd), BERT)
    assert room.first(odd) == f"redactie:{published.draft.document.id}"
    assert not check_of(published.proof.checks, odd).found


def test_a_title_that_is_the_question_leaves_the_text_to_be_found_by_what_it_says(room: Room) -> None:
    published = room.drafts.approve(room.submitted(room.gap(), title=HOW_LONG.upper()), BERT)
    assert published.proof.solved


def test_the_fact_has_to_stand_in_the_quote(room: Room) -> None:
    text = f"{TEXT} Het kost € 86,20."
    published = room.drafts.approve(room.submitted(room.gap(), text=text, fact="€ 86,20"), BERT)
    assert all(each.found and not each.quoted for each in published.proof.checks)
    assert "“€ 86,20” stond niet in het antwoord" in what_fails(published.proof, "€ 86,20")


def test_the_newest_twenty_different_questions_are_asked(room: Room) -> None:
    gap = room.gap()
    for number in range(MOST_QUESTIONS + 3):
        for _ in range(2):
            room.hall.later(minutes=1)
            question = f"Hoe lang is een kinderpaspoort geldig na {number} weken?"
            room.hall.signals.ask_duo(room.hall.kept(question).id, ANNA)
    together = room.hall.again(gap)
    assert together.asked == 1 + 2 * (MOST_QUESTIONS + 3)
    proof = room.drafts.approve(room.submitted(together), BERT).proof
    asked = [each.question for each in proof.checks if not each.paraphrase]
    assert len(asked) == MOST_QUESTIONS == len(set(asked))
    assert asked[0].endswith(f"na {MOST_QUESTIONS + 2} weken?")
    assert HOW_LONG not in asked


def test_an_asking_that_was_joined_wrongly_is_split_off_and_the_rest_proven(room: Room) -> None:
    gap = signal_about(room, HOW_LONG, "Wanneer halen wij het grofvuil op afspraak?")
    published = room.drafts.approve(room.submitted(gap), BERT)
    assert published.gap.state is GapState.OPEN
    wrong = [each.id for each in room.hall.signals.gaps.askings(gap.id) if "grofvuil" in each.text]
    room.hall.signals.split(published.gap, wrong, ANNA)
    again = room.drafts.prove(published.draft, BERT)
    assert again.proof.solved
    assert again.gap.state is GapState.SOLVED
    assert len(room.hall.signals.gaps.proofs(gap.id)) == 2


def test_a_database_that_is_away_proves_nothing_and_it_is_asked_later(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    gap = room.gap()
    draft = room.submitted(gap)
    with monkeypatch.context() as patch:
        patch.setattr(type(room.library), "confirmed", _is_away)
        with pytest.raises(LibraryUnavailable):
            room.drafts.approve(draft, BERT)
    assert room.hall.signals.gaps.proofs(gap.id) == []
    room.hall.later(minutes=1)
    assert room.drafts.resume() == 1
    assert room.hall.again(gap).state is GapState.SOLVED


def test_the_quote_is_what_is_cited_of_that_text_or_marked_where_nothing_is_cited() -> None:
    sources = tuple(
        Source(number, name, "", "", "", "", None, "") for number, name in ((1, "vac:a"), (2, "vac:b"))
    )
    sentences = (Sentence("Van a.", (1,)), Sentence("Van b.", (2,)))
    cited = Answer(Status.ANSWERED, sentences=sentences, sources=sources)
    assert quoted(cited, "vac:b") == "Van b."
    candidate = Candidate("vac:a", "", "", "", ("Eén.", "Twee."), "", "", None, Certainty.LOW)
    offered = Answer(Status.LOW_CONFIDENCE, candidates=(candidate,))
    assert (quoted(offered, "vac:a"), quoted(offered, "vac:b")) == ("Eén. Twee.", "")


def test_a_question_as_a_title_makes_place_for_a_heading() -> None:
    assert under_another_title(document("a", title="Wat?")).title == NO_TITLE
    draft = document("a", title="Wat?")
    with_heading = replace(draft, sections=(replace(draft.sections[0], heading="Kosten"),))
    assert under_another_title(with_heading).title == "Kosten"


def test_two_questions_are_the_same_by_their_words_and_a_fact_by_its_letters() -> None:
    assert same_question("Wat kost een pas?", "wat  KOST een pas")
    assert not same_question("Wat kost een pas?", "Wat kost de pas?")
    assert not same_question("?", "!")
    assert holds("Dat is\n5 Jaar.", "5 jaar")
    assert not holds("Dat is 15 dagen.", FACT)


def test_a_proof_is_asked_in_the_channel_of_the_question(room: Room) -> None:
    published = room.drafts.approve(room.submitted(room.gap("Een kinderpaspoort is jaar geldig?")), BERT)
    # sure enough for the website too: the words stand there literally
    assert check_of(published.proof.checks, "Een kinderpaspoort is jaar geldig?").certain
    assert room.ask("Een kinderpaspoort is jaar geldig?", Channel.WEBSITE).answer.status is Status.ANSWERED


def _is_away(*arguments: object) -> None:
    raise LibraryUnavailable("away")
