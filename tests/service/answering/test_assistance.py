"""What a language model helps with while a question is answered; without its word all goes as before."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from embeddings.document import Hit, Visibility
from embeddings.ranking import NAME as RANKING
from service.answering.assistance import Assistance
from service.answering.judge import PLAIN_FEATURES, Calibration, Fit, fit_with, judge_for
from service.answering.pipeline import Answered, Answering
from service.composers.quotes import QuotesComposer
from service.domain.answer import AskedBack, Status
from service.domain.question import AGENT, VISITOR, Asked, Asker, Channel
from tests.factories import COLLECTION, SOURCE, CountingEncoder, document, open_library

READER = "proefmodel, beoordelen 1"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ASKED_BACK = AskedBack("Bedoelt u bewoners of bezoekers?", "proefmodel", NOW)
TEXTS = (
    document("paspoort", "Een paspoort kost € 86,20."),
    document("huwelijk", "Trouwen in het raadhuis kost maandag niets."),
    document("bewoners", "Deze vergunning geldt een jaar.", title="Parkeervergunning bewoners"),
    document("bezoekers", "Deze vergunning geldt een dag.", title="Parkeervergunning bezoekers"),
)
# sure of nothing by itself, and of all that the model says yes to
DOUBTING = Fit((), (), (), (), 0.0, {"website": 0.9, "sidebar": 0.9}, 0.0)
HELPED = replace(DOUBTING, features=("model",), means=(0.0,), scales=(1.0,), coefficients=(3.0,))
CALIBRATION = Calibration(
    "hashing-64", "", RANKING, "", {"plain": DOUBTING, "reader": DOUBTING, fit_with(READER): HELPED}
)


@dataclass
class Helper:
    """Says what it is told to say, and keeps what it was asked."""

    says_whole: str | None = None
    says: float | None = None
    asks_back: AskedBack | None = None
    name: str = READER
    wholes: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    read: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    titles: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)

    def whole(self, text: str, earlier: Sequence[str], site: str) -> str | None:
        self.wholes.append((text, tuple(earlier), site))
        return self.says_whole

    def reads(self, text: str, passages: Sequence[Hit], site: str) -> float | None:
        self.read.append((text, tuple(hit.passage.document.id for hit in passages), site))
        return self.says

    def ask_back(self, text: str, titles: Sequence[str], language: str, site: str) -> AskedBack | None:
        self.titles.append((text, tuple(titles), site))
        return self.asks_back

    @property
    def asked(self) -> int:
        return len(self.wholes) + len(self.read) + len(self.titles)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Answering:
    library = open_library(tmp_path_factory.mktemp("assistance"), CountingEncoder())
    library.apply(COLLECTION, SOURCE, TEXTS)
    judge = replace(judge_for(CALIBRATION, library), second_reader=READER)
    return Answering(library, COLLECTION, judge, QuotesComposer())


def with_help(answering: Answering, helper: Helper) -> Answering:
    return replace(answering, assistance=Assistance(helper, helper, helper))


def ask(answering: Answering, text: str, *earlier: str, asker: Asker = VISITOR, site: str = "") -> Answered:
    asked = Asked(text, Channel.WEBSITE, COLLECTION, uuid.uuid4(), earlier=earlier, site=site)
    return answering.answer(asked, asker)


# -- a follow-up made whole ----------------------------------------------------------------------

BEFORE = ("Wanneer is de markt?", "Wat kost een paspoort?")
TURN = "en wat kost dat op maandag?"
WHOLE = "Wat kost trouwen in het raadhuis op maandag?"


def test_search_uses_the_whole_question_and_the_asker_reads_the_own_one(plain: Answering) -> None:
    helper = Helper(says_whole=WHOLE)
    answered = ask(with_help(plain, helper), TURN, *BEFORE, site="website-1")
    assert answered.ranked[0] == "vac:huwelijk"
    assert ask(plain, TURN, *BEFORE).ranked[0] == "vac:paspoort"
    # what went before the subject is told to nobody
    assert helper.wholes == [(TURN, ("Wat kost een paspoort?",), "website-1")]
    assert answered.question.text == TURN
    assert helper.read[0][0] == WHOLE


def test_what_goes_to_a_duo_holds_no_word_of_a_model(plain: Answering) -> None:
    (short,) = ask(with_help(plain, Helper(says_whole=WHOLE)), TURN, *BEFORE).unanswered
    assert short.text == f"Wat kost een paspoort? {TURN}"
    assert short.found[0].document == "vac:huwelijk"


def test_without_a_word_of_the_model_all_goes_as_before(plain: Answering) -> None:
    helper = Helper()
    helped, before = ask(with_help(plain, helper), TURN, *BEFORE), ask(plain, TURN, *BEFORE)
    assert helper.asked == 2
    assert (helped.answer, helped.ranked) == (before.answer, before.ranked)
    assert [each.text for each in helped.unanswered] == [each.text for each in before.unanswered]


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("Wat kost een paspoort?", ()),
        ("Hoe vraag ik een parkeervergunning voor bezoekers aan?", BEFORE),
        ("wat kost dat op maandag en hoe lang duurt een paspoort?", BEFORE),
        ("Ik wil dood, en dat op maandag", BEFORE),
        ("jij vuile klootzak, en wat kost dat?", BEFORE),
    ],
    ids=["first", "alone", "several", "crisis", "abuse"],
)
def test_no_model_makes_whole_what_stands_alone_asks_more_or_was_screened(
    plain: Answering, text: str, earlier: tuple[str, ...]
) -> None:
    helper = Helper(says_whole=WHOLE)
    ask(with_help(plain, helper), text, *earlier)
    assert helper.wholes == []


def test_a_cry_for_help_waits_for_no_model(plain: Answering) -> None:
    helper = Helper(says_whole=WHOLE, says=1.0, asks_back=ASKED_BACK)
    answered = ask(with_help(plain, helper), "Ik wil dood, en dat op maandag", *BEFORE)
    assert answered.answer.status is Status.CRISIS
    assert helper.asked == 0


def test_typing_never_asks_a_model(plain: Answering) -> None:
    helper = Helper(says_whole=WHOLE, says=1.0, asks_back=ASKED_BACK)
    helped = with_help(plain, helper)
    helped.suggest("parkeervergunning", VISITOR, "nl", 3)
    helped.look("parkeervergunning", "nl", AGENT)
    assert helper.asked == 0


def test_personal_data_is_gone_before_a_model_reads_it(plain: Answering) -> None:
    helper = Helper()
    ask(with_help(plain, helper), "en wat kost dat voor mij, jan@voorbeeld.nl?", *BEFORE)
    ((told, _, _),) = helper.wholes
    assert "jan@" not in told
    assert helper.read
    assert "jan@" not in helper.read[0][0]


# -- judged along --------------------------------------------------------------------------------


def test_the_word_of_the_model_counts_as_the_calibration_weighs_it(plain: Answering) -> None:
    for says, status in ((1.0, Status.ANSWERED), (0.0, Status.LOW_CONFIDENCE), (-1.0, Status.LOW_CONFIDENCE)):
        helper = Helper(says=says)
        answer = ask(with_help(plain, helper), "Een paspoort kost?", site="website-1").answer
        assert answer.status is status
        assert answer.probability == pytest.approx(HELPED.probability({"model": says}))
        assert helper.read == [("Een paspoort kost?", ("paspoort",), "website-1")]


def test_without_its_word_the_fit_without_it_serves(plain: Answering) -> None:
    answer = ask(with_help(plain, Helper(says=None)), "Een paspoort kost?").answer
    assert (answer.status, answer.probability) == (Status.LOW_CONFIDENCE, 0.5)


def test_a_model_that_the_calibration_does_not_know_is_not_asked_and_ready_says_so(plain: Answering) -> None:
    helper = Helper(says=1.0)
    other = replace(
        with_help(plain, helper), judge=replace(plain.judge, second_reader="another, beoordelen 1")
    )
    assert ask(other, "Een paspoort kost?").answer.status is Status.LOW_CONFIDENCE
    assert helper.read == []
    assert other.condition().reasons == ("calibration_without_this_model",)
    assert other.judge.trusted  # the rest of it holds
    assert plain.condition().reasons == ()


def test_a_calibration_that_does_not_hold_asks_nobody(plain: Answering) -> None:
    helper = Helper(says=1.0)
    doubted = replace(plain.judge, doubts=lambda: ("regression_set_fails",))
    ask(replace(with_help(plain, helper), judge=doubted), "Een paspoort kost?")
    assert helper.read == []


def test_a_fit_with_the_readers_features_is_for_what_the_reader_read(plain: Answering) -> None:
    read = replace(
        HELPED, features=("model", "reader"), means=(0.0,) * 2, scales=(1.0,) * 2, coefficients=(3.0,) * 2
    )
    fits = {**CALIBRATION.fits, fit_with(READER): read}
    helper = Helper(says=1.0)
    judge = replace(plain.judge, calibration=replace(CALIBRATION, fits=fits))
    answer = ask(replace(with_help(plain, helper), judge=judge), "Een paspoort kost?").answer
    assert (answer.status, helper.read) == (Status.LOW_CONFIDENCE, [])
    assert not PLAIN_FEATURES & set(read.features)


# -- asked back ----------------------------------------------------------------------------------


def test_the_model_words_the_question_back_and_the_choices_are_ours(plain: Answering) -> None:
    helper = Helper(asks_back=ASKED_BACK)
    helped, before = ask(with_help(plain, helper), "parkeervergunning"), ask(plain, "parkeervergunning")
    assert before.answer.status is Status.CLARIFY_PRODUCT
    assert helped.answer == replace(before.answer, asked_back=ASKED_BACK)
    titles = tuple(one.title for one in before.answer.candidates)
    assert helper.titles == [("parkeervergunning", titles, "vraag")]


def test_without_its_words_the_fixed_sentence_asks(plain: Answering) -> None:
    helped, before = ask(with_help(plain, Helper()), "parkeervergunning"), ask(plain, "parkeervergunning")
    assert helped.answer == before.answer


def test_an_internal_title_is_told_to_no_model(tmp_path: Path, plain: Answering) -> None:
    library = open_library(tmp_path, CountingEncoder())
    internal = replace(TEXTS[3], visibility=Visibility.INTERNAL)
    library.apply(COLLECTION, SOURCE, [*TEXTS[:3], internal])
    helper = Helper(asks_back=ASKED_BACK)
    answering = with_help(replace(plain, library=library), helper)
    answer = ask(answering, "parkeervergunning", asker=AGENT).answer
    assert answer.status is Status.CLARIFY_PRODUCT
    assert any(one.internal for one in answer.candidates)
    assert (helper.titles, answer.asked_back) == ([], None)


def test_only_a_question_back_holds_one() -> None:
    from service.domain.answer import Answer

    with pytest.raises(ValueError, match="asks nothing back"):
        Answer(Status.LOW_CONFIDENCE, asked_back=ASKED_BACK)


@pytest.mark.parametrize(
    ("channel", "site", "payer"),
    [(Channel.SIDEBAR, "", "zijbalk"), (Channel.WEBSITE, "", "vraag"), (Channel.WEBSITE, "web-1", "web-1")],
)
def test_who_pays_is_the_website_or_the_channel_without_one(channel: Channel, site: str, payer: str) -> None:
    assert Asked("x", channel, COLLECTION, uuid.uuid4(), site=site).payer == payer
