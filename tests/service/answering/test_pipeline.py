"""One question, forward only: what may be said of it, to whom, and what is said when something is broken."""

from __future__ import annotations

import sqlite3
import unicodedata
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from embeddings.document import Document, Hit, Section, Visibility
from embeddings.encoders.base import Encoded
from embeddings.encoders.hashing import HashingEncoder
from embeddings.library import Library, LibraryUnavailable
from embeddings.plain_text import fold_spaces, strip_controls
from embeddings.ranking import NAME as RANKING
from service.answering.judge import Calibration, Fit, judge_for
from service.answering.pipeline import CANDIDATES, Answered, Answering, Condition
from service.answering.screen import QuestionRefused
from service.composers.base import DraftSentence, MarkedHit
from service.composers.quotes import QuotesComposer
from service.domain.answer import Candidate, Certainty, Status
from service.domain.question import AGENT, MAXIMUM_LENGTH, VISITOR, Asked, Asker, Channel
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, note, open_library

NOW = datetime.now(UTC)
CONVERSATION = uuid.uuid4()

FEE = "Een paspoort kost € 86,20."
SECRET = "Geef bij een paspoort nooit korting, bel 0999 55 1281."
WHAT_A_PASSPORT_COSTS = "Een paspoort kost?"
WEDDING_WITH_ONE_UNKNOWN_WORD = "Kost trouwen raadhuis maandagochtend ballonnen?"  # four of its five words

TEXTS = (
    document("paspoort", f"{FEE} U haalt het op bij de balie."),
    document("trouwen", "Trouwen in het raadhuis kost op maandagochtend niets."),
    document("rijbewijs", "Een rijbewijs verlengen duurt 5 werkdagen."),
    document("grofvuil", "Grofvuil halen wij op afspraak bij u op."),
    document("aangifte", "Belastingaangifte doen? Hoe u dat doet leest u bij de Belastingdienst."),
    document("hulp", "Ik wil niet meer leven. Bel dan 113."),
)

# How well the question's words are met, steeply: all of them literally give .98, four of five about .7.
FIT = Fit(
    features=("matched",),
    means=(0.8,),
    scales=(0.05,),
    coefficients=(1.0,),
    intercept=0.0,
    cut_offs={Channel.WEBSITE: 0.95, Channel.SIDEBAR: 0.6},
    no_source_below=0.01,
)
CALIBRATION = Calibration("hashing-64", "", RANKING, "2026-11-21", {"plain": FIT, "reader": FIT})


class ListeningEncoder(CountingEncoder):
    """Keeps every question that it was given to read."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def encode_query(self, text: str) -> Encoded:
        self.heard.append(text)
        return super().encode_query(text)


def answering_over(library: Library, **options: Any) -> Answering:
    judge = judge_for(CALIBRATION, library)
    return Answering(library, COLLECTION, judge, QuotesComposer(), **options)


def filled(folder: Path, *documents: Document, encoder: CountingEncoder | None = None) -> Answering:
    library = open_library(folder, encoder or CountingEncoder())
    library.apply(COLLECTION, SOURCE, documents or TEXTS)
    return answering_over(library)


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Answering:
    """Over TEXTS; for tests that change nothing."""
    return filled(tmp_path_factory.mktemp("answering"))


def library_of(answering: Answering) -> Library:
    """The library itself, where a test wants more of it than answering does."""
    assert isinstance(answering.library, Library)
    return answering.library


def ask(
    answering: Answering,
    text: str,
    asker: Asker = VISITOR,
    channel: Channel = Channel.WEBSITE,
    earlier: tuple[str, ...] = (),
) -> Answered:
    return answering.answer(Asked(text, channel, COLLECTION, CONVERSATION, earlier=earlier), asker)


def said(answered: Answered) -> str:
    """Everything of an answer that anybody gets to read."""
    return repr((answered.answer, answered.ranked))


# -- answered, or why not ------------------------------------------------------------------------


def test_a_question_is_answered_with_sentences_that_are_tied_to_a_source(answering: Answering) -> None:
    answered = ask(answering, WHAT_A_PASSPORT_COSTS)
    answer = answered.answer
    assert (answer.status, answer.certainty, answer.degraded) == (Status.ANSWERED, Certainty.HIGH, False)
    assert answer.probability == pytest.approx(0.982, abs=0.003)  # 1 / (1 + exp(-4))
    assert [(sentence.text, sentence.sources) for sentence in answer.sentences] == [(FEE, (1,))]
    (source,) = answer.sources
    assert (source.number, source.document, source.owner) == (1, "vac:paspoort", "Burgerzaken")
    assert FEE in source.text
    assert answered.ranked[0] == "vac:paspoort"


def test_the_candidates_are_the_best_three_with_the_first_as_sure_as_the_answer(answering: Answering) -> None:
    answered = ask(answering, WHAT_A_PASSPORT_COSTS)
    candidates = answered.answer.candidates
    assert tuple(candidate.document for candidate in candidates) == answered.ranked[:CANDIDATES]
    assert candidates[0].certainty is Certainty.HIGH
    assert candidates[0].marked == (FEE,)
    assert Certainty.HIGH not in {candidate.certainty for candidate in candidates[1:]}


def test_what_is_sure_enough_for_an_agent_is_not_yet_for_a_visitor_of_the_website(
    answering: Answering,
) -> None:
    desk = ask(answering, WEDDING_WITH_ONE_UNKNOWN_WORD, AGENT, Channel.SIDEBAR).answer
    site = ask(answering, WEDDING_WITH_ONE_UNKNOWN_WORD, VISITOR, Channel.WEBSITE).answer
    assert 0.6 < desk.probability == site.probability < 0.95
    assert (desk.status, site.status) == (Status.ANSWERED, Status.LOW_CONFIDENCE)
    assert desk.certainty is site.certainty is Certainty.MEDIUM


def test_a_text_that_is_not_sure_enough_is_offered_and_not_quoted(answering: Answering) -> None:
    answer = ask(answering, WEDDING_WITH_ONE_UNKNOWN_WORD).answer
    assert (answer.sentences, answer.sources) == ((), ())
    assert answer.candidates[0].document == "vac:trouwen"


def test_a_question_that_no_text_is_about_has_no_source(answering: Answering) -> None:
    answer = ask(answering, "Hoeveel zeehonden zwemmen in de vijver?").answer
    assert (answer.status, answer.sentences) == (Status.NO_SOURCE, ())
    assert answer.probability < FIT.no_source_below


def test_an_empty_library_has_no_source(tmp_path: Path) -> None:
    answered = ask(answering_over(open_library(tmp_path, CountingEncoder())), WHAT_A_PASSPORT_COSTS)
    assert (answered.answer.status, answered.answer.candidates, answered.ranked) == (Status.NO_SOURCE, (), ())
    assert not answered.answer.degraded


class TalksAboutSomethingElse:
    """A composer whose every sentence is invented."""

    def compose(self, passages: Sequence[MarkedHit]) -> tuple[DraftSentence, ...]:
        return (DraftSentence("Een paspoort is gratis.", passages[0].hit),)


def test_a_draft_of_which_no_sentence_stands_in_a_text_is_no_answer(answering: Answering) -> None:
    inventing = Answering(answering.library, COLLECTION, answering.judge, TalksAboutSomethingElse())
    answer = ask(inventing, WHAT_A_PASSPORT_COSTS).answer
    assert (answer.status, answer.sentences, answer.sources) == (Status.LOW_CONFIDENCE, (), ())
    assert "gratis" not in repr(answer)


def test_who_keeps_a_text_is_said_for_the_one_who_asks(answering: Answering) -> None:
    def owner(hit: Hit, asker: Asker) -> str:
        return "duo Reisdocumenten" if asker.staff else hit.owner

    named = answering_over(library_of(answering), owner_of=owner)
    for asker, expected in ((VISITOR, "Burgerzaken"), (AGENT, "duo Reisdocumenten")):
        answer = ask(named, WHAT_A_PASSPORT_COSTS, asker).answer
        assert {source.owner for source in answer.sources} == {expected}
        assert {candidate.owner for candidate in answer.candidates} == {expected}


# -- personal data goes out first ----------------------------------------------------------------

PERSONAL = "Ik ben mevrouw Jansen-Bakker, bsn 111222333 (anna@post.example). Een paspoort kost?"
PARTS = ("Jansen", "Bakker", "111222333", "anna@", "post.example")


def test_nothing_behind_the_screen_sees_personal_data(tmp_path: Path) -> None:
    encoder = ListeningEncoder()
    answering = filled(tmp_path, encoder=encoder)
    answered = ask(answering, PERSONAL)
    answering.suggest(PERSONAL, VISITOR, "nl", 3)
    assert answered.question.removed == ("naam", "BSN", "e-mailadres")
    assert WHAT_A_PASSPORT_COSTS in answered.question.text
    assert len(encoder.heard) == 2
    for part in PARTS:
        assert part not in answered.question.text
        assert part not in said(answered)
        assert not any(part in heard for heard in encoder.heard)


def test_suggestions_say_what_was_taken_out(answering: Answering) -> None:
    assert len(answering.suggest(PERSONAL, VISITOR, "nl", 3).removed) == 3
    assert answering.suggest(WHAT_A_PASSPORT_COSTS, VISITOR, "nl", 3).removed == ()


# -- who may see what ----------------------------------------------------------------------------

INTERNAL_TEXTS = (
    document("paspoort", sections=(Section("", FEE), note(SECRET))),
    document("alleen-intern", f"{SECRET} Paspoort.", visibility=Visibility.INTERNAL),
)


@pytest.fixture(scope="module")
def with_notes(tmp_path_factory: pytest.TempPathFactory) -> Answering:
    return filled(tmp_path_factory.mktemp("notes"), *INTERNAL_TEXTS)


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("text", [WHAT_A_PASSPORT_COSTS, "Korting paspoort?", "bel 0999 korting", SECRET])
def test_a_visitor_never_reads_an_internal_note_wherever_it_was_asked(
    with_notes: Answering, text: str, channel: Channel
) -> None:
    answered = ask(with_notes, text, VISITOR, channel)
    suggested = with_notes.suggest(text, VISITOR, "nl", 10).candidates
    for shown in (said(answered), repr(suggested)):
        assert "korting" not in shown.casefold()
        assert "0999 55" not in shown
        assert "alleen-intern" not in shown
    assert not any(candidate.internal for candidate in (*answered.answer.candidates, *suggested))
    assert not any(source.internal for source in answered.answer.sources)


@pytest.mark.parametrize("channel", Channel)
def test_staff_read_internal_notes_and_see_that_they_are_internal(
    with_notes: Answering, channel: Channel
) -> None:
    answer = ask(with_notes, "Korting paspoort?", AGENT, channel).answer
    assert answer.status is Status.ANSWERED
    assert SECRET in answer.text
    assert all(source.internal for source in answer.sources)
    assert any(candidate.internal for candidate in answer.candidates)


def test_a_public_text_is_quoted_to_staff_without_a_note_that_says_the_same(tmp_path: Path) -> None:
    beside = note("Een paspoort kost collega's die er lang naar vragen helemaal niets.")
    answering = filled(tmp_path, document("paspoort", sections=(Section("", FEE), beside)))
    answer = ask(answering, WHAT_A_PASSPORT_COSTS, AGENT, Channel.SIDEBAR).answer
    assert answer.text == FEE
    assert [source.internal for source in answer.sources] == [False]


# -- when something is broken --------------------------------------------------------------------


def test_without_a_model_texts_are_offered_by_their_words_and_nothing_is_answered(tmp_path: Path) -> None:
    library = open_library(tmp_path, None)
    library.apply(COLLECTION, SOURCE, TEXTS)
    keywords_only = answering_over(library)
    answer = ask(keywords_only, WHAT_A_PASSPORT_COSTS, AGENT, Channel.SIDEBAR).answer
    assert (answer.status, answer.certainty) == (Status.LOW_CONFIDENCE, Certainty.LOW)
    assert (answer.probability, answer.sentences, answer.degraded) == (0.0, (), True)
    assert answer.candidates[0].document == "vac:paspoort"
    assert {candidate.certainty for candidate in answer.candidates} == {Certainty.LOW}
    assert keywords_only.suggest(WHAT_A_PASSPORT_COSTS, AGENT, "nl", 3).degraded
    assert "no_model" in keywords_only.condition().reasons


def test_a_model_that_fails_while_it_serves_leaves_candidates_by_words(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    answering = filled(tmp_path, encoder=encoder)
    assert answering.condition() == Condition("ready")
    encoder.fails = True
    answer = ask(answering, WHAT_A_PASSPORT_COSTS).answer
    assert (answer.status, answer.degraded) == (Status.LOW_CONFIDENCE, True)
    assert answer.candidates[0].document == "vac:paspoort"
    assert answering.condition() == Condition("degraded", ("model_fails",))
    encoder.fails = False
    assert ask(answering, WHAT_A_PASSPORT_COSTS).answer.status is Status.ANSWERED
    assert answering.condition() == Condition("ready")


def test_a_calibration_of_another_model_answers_nothing_and_says_so(tmp_path: Path) -> None:
    answering = filled(tmp_path, encoder=CountingEncoder(name="another-model"))
    answer = ask(answering, WHAT_A_PASSPORT_COSTS).answer
    assert (answer.status, answer.sentences) == (Status.LOW_CONFIDENCE, ())
    assert answer.candidates[0].document == "vac:paspoort"
    assert answering.condition() == Condition("degraded", ("calibration_of_another_encoder",))


def broken(folder: Path) -> Answering:
    """Over a library whose database has lost its passages."""
    answering = filled(folder)
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute("ALTER TABLE library_passages RENAME TO elsewhere")
    connection.close()
    return answering


def test_a_database_that_is_away_is_a_breakdown_and_never_no_source(tmp_path: Path) -> None:
    answered = ask(broken(tmp_path), PERSONAL)
    assert answered.answer.status is Status.ERROR_RETRIEVAL
    assert answered.answer.degraded
    assert (answered.answer.sentences, answered.answer.candidates, answered.ranked) == ((), (), ())
    assert not any(part in answered.question.text for part in PARTS)


def test_suggestions_cannot_be_had_from_a_database_that_is_away(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailable):
        broken(tmp_path).suggest(WHAT_A_PASSPORT_COSTS, VISITOR, "nl", 3)


def test_somebody_in_a_crisis_gets_the_help_line_also_when_the_database_is_away(tmp_path: Path) -> None:
    answer = ask(broken(tmp_path), "ik wil niet meer leven").answer
    assert (answer.status, answer.hint, answer.degraded) == (Status.CRISIS, "crisis.113", True)


# -- what the screen says ------------------------------------------------------------------------


def test_a_firm_verdict_stands_however_well_a_text_fits(answering: Answering) -> None:
    text = "Waar blijft mijn paspoort? Ik heb het drie weken geleden aangevraagd."
    answer = ask(answering, text).answer
    assert (answer.status, answer.sentences) == (Status.PERSONAL_CASE, ())
    assert answer.candidates


def test_a_soft_verdict_gives_way_to_a_sure_answer(answering: Answering) -> None:
    answer = ask(answering, "belastingaangifte doen").answer
    assert (answer.status, answer.hint) == (Status.ANSWERED, "")
    assert answer.sources[0].document == "vac:aangifte"


def test_a_soft_verdict_counts_where_no_text_is_sure(tmp_path: Path) -> None:
    answer = ask(filled(tmp_path, *TEXTS[:2]), "belastingaangifte doen").answer
    assert (answer.status, answer.hint) == (Status.OTHER_AUTHORITY, "authority.belastingdienst")
    assert answer.sentences == ()


@pytest.mark.parametrize("has_text", [True, False])
def test_somebody_in_a_crisis_gets_the_help_line_and_a_sure_text_after_it(
    tmp_path: Path, has_text: bool
) -> None:
    answering = filled(tmp_path, *(TEXTS if has_text else TEXTS[:2]))
    answer = ask(answering, "ik wil niet meer leven").answer
    assert (answer.status, answer.hint) == (Status.CRISIS, "crisis.113")
    assert answer.text == ("Ik wil niet meer leven." if has_text else "")


def test_abuse_is_shown_no_texts(answering: Answering) -> None:
    answer = ask(answering, "jullie zijn allemaal zakkenvullers en oplichters").answer
    assert (answer.status, answer.candidates, answer.sentences) == (Status.ABUSE, (), ())


# -- follow-ups and suggestions ------------------------------------------------------------------


def test_a_question_that_leans_on_the_one_before_it_is_searched_with_it(tmp_path: Path) -> None:
    encoder = ListeningEncoder()
    answering = filled(tmp_path, encoder=encoder)
    answered = ask(answering, "en wat kost dat?", earlier=("Trouwen raadhuis?",))
    assert encoder.heard == ["Trouwen raadhuis? en wat kost dat?"]
    assert answered.ranked[0] == "vac:trouwen"
    assert answered.question.text == "en wat kost dat?"
    assert answered.question.earlier == ("Trouwen raadhuis?",)


def test_suggestions_leave_nothing_behind(tmp_path: Path) -> None:
    answering = filled(tmp_path)
    version = library_of(answering).version(COLLECTION)
    answering.suggest("paspoort kwijtgeraaktwoord", VISITOR, "nl", 3)
    assert library_of(answering).version(COLLECTION) == version
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not any(b"kwijtgeraaktwoord" in path.read_bytes() for path in files)


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_no_more_texts_are_suggested_than_were_asked_for(answering: Answering, limit: int) -> None:
    suggested = answering.suggest("paspoort of rijbewijs", VISITOR, "nl", limit)
    assert len(suggested.candidates) == limit
    assert all(isinstance(candidate, Candidate) for candidate in suggested.candidates)


# -- what no longer holds ------------------------------------------------------------------------


def test_a_withdrawn_text_is_never_cited_again_also_by_a_process_that_has_not_noticed(tmp_path: Path) -> None:
    answering = filled(tmp_path)
    elsewhere = open_library(tmp_path, CountingEncoder())
    assert ask(answering, WHAT_A_PASSPORT_COSTS).answer.text == FEE
    elsewhere.apply(COLLECTION, SOURCE, withdraw=["paspoort"])
    for _ in range(2):  # before and after it follows
        answered = ask(answering, WHAT_A_PASSPORT_COSTS)
        assert answered.answer.sentences == ()
        assert "86,20" not in said(answered)
        assert "vac:paspoort" not in answered.ranked
        library_of(answering).refresh(COLLECTION)


@pytest.mark.parametrize(
    "validity",
    [
        {"valid_until": NOW - timedelta(seconds=1)},
        {"valid_from": NOW + timedelta(days=1)},
        {"valid_from": NOW - timedelta(days=9), "valid_until": NOW - timedelta(days=2)},
    ],
    ids=["expired", "future", "over"],
)
def test_a_text_that_does_not_hold_today_is_never_cited_to_anybody(
    tmp_path: Path, validity: dict[str, datetime]
) -> None:
    answering = filled(tmp_path, document("paspoort", FEE, **validity), *TEXTS[1:])
    for asker in (VISITOR, AGENT):
        answered = ask(answering, WHAT_A_PASSPORT_COSTS, asker, Channel.SIDEBAR)
        assert "86,20" not in said(answered)
        assert "vac:paspoort" not in answered.ranked


def test_a_text_of_another_municipality_is_never_cited(tmp_path: Path) -> None:
    answering = filled(tmp_path, *TEXTS[1:])
    elsewhere = document("paspoort", FEE, collection="elders")
    library_of(answering).apply("elders", SOURCE, [elsewhere])
    assert "86,20" not in said(ask(answering, WHAT_A_PASSPORT_COSTS))


# -- whatever people type ------------------------------------------------------------------------


def fifty_scripts() -> str:
    """A letter out of each of fifty scripts."""
    letters: dict[str, str] = {}
    for code in range(0x41, 0x1FFFF):
        if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lo"):
            letters.setdefault(unicodedata.name(chr(code), "UNNAMED").split()[0], chr(code))
    return " ".join(list(letters.values())[:50])


ODD = {
    "one word": "paspoort",
    "one letter": "a",
    "500 characters": ("paspoort kosten " * 40)[:MAXIMUM_LENGTH],
    "500 without a space": "p" * MAXIMUM_LENGTH,
    "emoji": "😀😡🛂",
    "punctuation": "?!...",
    "controls inside": "Wat\x00 kost\x1b[31m een\u202e pas\u200bpoort\ufeff?",
    "fifty scripts": fifty_scripts(),
    "a lone surrogate": "paspoort \ud800",
    "SQL": "'; DROP TABLE library_passages; --",
    "numbers": "1234 5678",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("channel", Channel)
def test_an_odd_question_gets_a_status_like_any_other(
    answering: Answering, text: str, channel: Channel
) -> None:
    assert ask(answering, text, channel=channel).answer.status is not Status.ERROR_RETRIEVAL


def test_control_characters_do_not_stand_between_a_question_and_its_answer(answering: Answering) -> None:
    answered = ask(answering, "Een\x00 pas\u200bpoort\u202e kost\ufeff?")
    assert answered.question.text == WHAT_A_PASSPORT_COSTS
    assert answered.answer.text == FEE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\x00\u200b\x1b", "empty"),
        ("p" * (MAXIMUM_LENGTH + 1), "too_long"),
        ("paspoort " * 100, "too_long"),
    ],
)
def test_what_cannot_be_a_question_is_refused_and_never_cut(
    answering: Answering, text: str, reason: str
) -> None:
    for refuse in (lambda: ask(answering, text), lambda: answering.suggest(text, VISITOR, "nl", 3)):
        with pytest.raises(QuestionRefused) as refused:
            refuse()
        assert refused.value.reason == reason


@given(text=st.text(max_size=MAXIMUM_LENGTH), earlier=st.lists(st.text(max_size=80), max_size=2))
@example(text="dat", earlier=[""])
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_gets_a_status_and_only_literal_quotes(
    answering: Answering, text: str, earlier: list[str]
) -> None:
    if not fold_spaces(strip_controls(text)).strip():
        with pytest.raises(QuestionRefused, match="empty"):
            ask(answering, text)
        return
    answer = ask(answering, text, earlier=tuple(earlier)).answer
    assert answer.status is not Status.ERROR_RETRIEVAL
    assert 0 <= answer.probability <= 1
    assert len(answer.candidates) <= CANDIDATES
    published = {f"vac:{text.id}": text.sections[0].text for text in TEXTS}
    for sentence in answer.sentences:
        for number in sentence.sources:
            assert sentence.text in published[answer.sources[number - 1].document]


def test_the_calibration_of_these_tests_is_of_their_encoder() -> None:
    assert HashingEncoder(64).name == CALIBRATION.encoder
