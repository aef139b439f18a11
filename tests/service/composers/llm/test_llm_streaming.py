"""A model that writes in pieces: what holds is told before the end, and in the end it is all the same."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.llm.faults import BROKEN_OFF
from service.composers.llm.calling import NotAsked
from service.composers.llm.endpoint import Limits, warm_up
from service.composers.llm.replies import MOST_SENTENCES, FaultKind, ModelFault, Reply, Said
from service.composers.llm.rewording import Kept, Reworded, Rewording
from service.composers.llm.streaming import Events, GrowingJson, OnePiece, reader_of
from service.domain.answer import Sentence
from tests.service.composers.llm.scripted import Answer, Call, free_port, running
from tests.service.composers.llm.test_llm_rewording import (
    GOOD,
    IMPATIENT,
    QUESTION,
    QUICK,
    QUOTE,
    Purse,
    asked,
    passport_source,
    rewording,
)

PAYING = "U betaalt aan de balie met uw pinpas."
LIE = "Spoed kost € 10 extra."
PATIENT = 10.0  # seconds; a busy machine of tests has its moments


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    warm_up()


@dataclass
class Screen:
    """What stands there while the model writes, and all that ever stood there."""

    now: list[str] = field(default_factory=list)
    ever: list[str] = field(default_factory=list)
    taken_back: int = 0
    first: threading.Event = field(default_factory=threading.Event)

    def __call__(self, sentence: Sentence | None) -> None:
        if sentence is None:
            self.now, self.taken_back = [], self.taken_back + 1
            return
        self.now.append(sentence.text)
        self.ever.append(sentence.text)
        self.first.set()


def streamed(it: Rewording, screen: Screen, question: str = QUESTION) -> Reworded | Kept:
    return asyncio.run(it.reword(question, QUOTE, (passport_source(),), "nl", "website", screen))


def event(text: str) -> bytes:
    content = {"choices": [{"delta": {"content": text}, "finish_reason": None}]}
    return f"data: {json.dumps(content)}\n\n".encode()


def in_json(sentences: list[tuple[str, list[str]]], **style: object) -> str:
    lines = [{"tekst": text, "bronnen": tokens} for text, tokens in sentences]
    return json.dumps({"zinnen": lines}, **style)  # type: ignore[arg-type]


def read(events: Events, body: bytes) -> Reply:
    events.feed(body)
    return events.reply()


END = b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'

written = st.lists(st.tuples(st.text(max_size=30), st.lists(st.text(max_size=6), max_size=3)), max_size=8)


@given(written, st.integers(min_value=1, max_value=17))
def test_sentences_are_read_as_they_grow_however_they_are_cut(
    sentences: list[tuple[str, list[str]]], size: int
) -> None:
    content = json.dumps(
        {"zinnen": [{"tekst": text, "bronnen": tokens} for text, tokens in sentences]}, indent=1
    )
    growing, found = GrowingJson(), []
    for start in range(0, len(content), size):
        found += growing.grow(content[start : start + size])
    assert found == [Said(text, tuple(tokens)) for text, tokens in sentences]
    assert growing.text == content


@given(written, st.integers(min_value=1, max_value=40))
def test_the_bytes_of_events_may_be_cut_anywhere_too(
    sentences: list[tuple[str, list[str]]], size: int
) -> None:
    said = [(f"zin {text}", tokens) for text, tokens in sentences] or [("zin", [])]
    content = in_json(said, ensure_ascii=False)
    body = b": hello\n\n" + b"".join(event(part) for part in (content[:9], content[9:])) + END
    events, found = Events(10_000), []
    for start in range(0, len(body), size):
        found += events.feed(body[start : start + size])
    assert tuple(found) == events.reply().said


@pytest.mark.parametrize("content", [
    '{"antwoord": [{"tekst": "a", "bronnen": []}]}', '{"zinnen": {"tekst": "a", "bronnen": []}}',
    '{"zinnen": [3, {"tekst": "a", "bronnen": []}]}', '{"zinnen": [{"tekst": 3, "bronnen": []}]}',
    '[{"tekst": "a", "bronnen": []}]', '{"zinnen": [{"tekst": "a"}]}', '{"zinnen": [' + '[' * 5000 + '}',
])  # fmt: skip
def test_what_has_another_shape_gives_no_sentence(content: str) -> None:
    assert GrowingJson().grow(content) == []


def test_no_more_sentences_are_told_than_an_answer_may_have() -> None:
    content = in_json([(str(number), []) for number in range(30)])
    assert len(GrowingJson().grow(content)) == MOST_SENTENCES


@pytest.mark.parametrize(("body", "kind"), [
    (event('{"zinnen": ['), FaultKind.CUT_OFF),
    (event('{"zinnen": [') + END, FaultKind.CUT_OFF),
    (b"data: <html>\n", FaultKind.NO_JSON),
    (b"data: 3\n", FaultKind.OTHER_SHAPE),
    (b'data: {"choices": [{"text": "a"}]}\n', FaultKind.OTHER_SHAPE),
    (b'data: {"choices": [{"delta": {"content": 3}}]}\n', FaultKind.OTHER_SHAPE),
    (b'data: {"error": {"message": "no"}}\n', FaultKind.BROKEN),
    (END, FaultKind.EMPTY),
    (b"", FaultKind.CUT_OFF),
    (b"data: \xff\n", FaultKind.NOT_UTF8),
    (b"data: \xc3", FaultKind.NOT_UTF8),
    (b"data: " + b"a" * 3000, FaultKind.TOO_LARGE),
    (b": \n" * 20_000, FaultKind.TOO_LARGE),
    (event("a" * 2001), FaultKind.TOO_LARGE),
])  # fmt: skip
def test_events_that_are_no_answer_are_a_fault_of_their_kind(body: bytes, kind: FaultKind) -> None:
    with pytest.raises(ModelFault) as found:
        read(Events(2000), body)
    assert found.value.kind is kind


def test_an_answer_is_read_as_it_says_that_it_comes() -> None:
    assert isinstance(reader_of("text/event-stream; charset=utf-8", 10), Events)
    assert isinstance(reader_of("application/json", 10), OnePiece)


def test_the_first_sentence_is_told_before_the_last_is_written() -> None:
    screen, in_time = Screen(), []

    def answer(call: Call) -> None:
        def pieces() -> object:
            yield '{"zinnen": [' + call.sentence(GOOD)
            in_time.append(screen.first.wait(PATIENT))
            yield ", " + call.sentence(PAYING) + "]}"

        call.pieces(pieces(), 300)  # type: ignore[arg-type]

    with running(answer) as model:
        outcome = streamed(rewording(model.url), screen)
    assert in_time == [True]
    assert screen.ever[0] == GOOD
    assert isinstance(outcome, Reworded)
    assert [one.text for one in outcome.sentences] == [GOOD, PAYING]
    assert outcome.tokens == 300
    assert model.calls[0].told["stream_options"] == {"include_usage": True}


MODELS: dict[str, Answer] = {
    "honest": lambda call: call.say(GOOD, PAYING),
    "liar": lambda call: call.say(GOOD, LIE, PAYING),
    "much untrue": lambda call: call.say(GOOD, "Het kost € 10.", "Bel 0800 1234."),
    "no answer": lambda call: call.say(PAYING),
    "obedient": lambda call: call.say(GOOD, "Alles is gratis.", "Ga naar http://evil.example.", PAYING),
    "nothing": lambda call: call.say(LIE),
    "twice the same": lambda call: call.say(GOOD, GOOD),
    "in one piece": lambda call: call.raw(
        json.dumps({"choices": [{"message": {"content": '{"zinnen": [' + call.sentence(GOOD) + "]}"}}],
                    "usage": {"total_tokens": 300}}).encode()
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_what_comes_of_it_is_the_same_in_pieces_and_in_one(name: str) -> None:
    screen, purses = Screen(), (Purse(), Purse())
    with running(MODELS[name]) as model:
        whole = asked(rewording(model.url, budget=purses[0]))
        pieces = streamed(rewording(model.url, budget=purses[1]), screen)
    assert pieces == whole
    assert purses[0].settled == purses[1].settled == [300]
    assert not {LIE, "Alles is gratis.", "Ga naar http://evil.example.", "Het kost € 10."} & set(screen.ever)
    assert len(screen.ever) == len(set(screen.ever))
    if isinstance(whole, Reworded):
        assert set(screen.ever) <= {one.text for one in whole.sentences}


@pytest.mark.parametrize("fault", BROKEN_OFF)
def test_an_answer_that_breaks_off_is_a_fault_as_any_other(fault: str) -> None:
    screen, purse = Screen(), Purse()
    limits = IMPATIENT if fault in ("slow", "trickle") else QUICK
    with running(BROKEN_OFF[fault]) as model:
        outcome = streamed(rewording(model.url, limits, budget=purse), screen)
    assert isinstance(outcome, Kept)
    assert outcome.fault is not None
    assert len(purse.settled) == 1
    assert set(screen.ever) <= {"Een paspoort kost € 86,20."}


def test_an_endpoint_that_is_away_is_a_fault_in_pieces_too() -> None:
    outcome = streamed(rewording(f"http://127.0.0.1:{free_port()}/v1"), Screen())
    assert isinstance(outcome, Kept)
    assert outcome.reason == "fault: refused"


def test_with_a_second_try_what_was_told_of_the_first_is_taken_back() -> None:
    screen = Screen()

    def answer(call: Call) -> None:
        if len(model.calls) > 1:
            return call.say(PAYING, GOOD)
        call.begin()
        call.send(event('{"zinnen": [' + call.sentence(GOOD) + ","))
        screen.first.wait(PATIENT)
        return None  # and breaks off

    patient = Limits(connect_seconds=1.0, total_seconds=20.0, retry_seconds=0.1)
    with running(answer) as model:
        outcome = streamed(rewording(model.url, patient), screen)
    assert isinstance(outcome, Reworded)
    assert [one.text for one in outcome.sentences] == [PAYING, GOOD]
    assert screen.taken_back == 1
    assert screen.ever[0] == GOOD


def test_an_api_that_cannot_answer_in_pieces_is_asked_for_one_and_from_then_on() -> None:
    def answer(call: Call) -> None:
        if call.told.get("stream"):
            return call.raw(b'{"error": "stream is not supported"}', 400)
        return call.say(GOOD)

    with running(answer) as model:
        it = rewording(model.url, Limits(total_seconds=20.0))
        assert isinstance(streamed(it, Screen()), Reworded)
        assert isinstance(streamed(it, Screen()), Reworded)
    assert [bool(call.told.get("stream")) for call in model.calls] == [True, False, False]


def test_switched_off_meanwhile_takes_back_what_was_told() -> None:
    screen, on = Screen(), [True]

    def answer(call: Call) -> None:
        def pieces() -> object:
            yield '{"zinnen": [' + call.sentence(GOOD)
            screen.first.wait(PATIENT)
            on[0] = False
            yield ", " + call.sentence(PAYING) + "]}"

        call.pieces(pieces(), 300)  # type: ignore[arg-type]

    with running(answer) as model:
        outcome = streamed(rewording(model.url, allowed=lambda: on[0]), screen)
    assert outcome == Kept(NotAsked.SWITCHED_OFF, tokens=300)
    assert PAYING not in screen.ever


def test_who_is_stopped_in_the_middle_leaves_no_task_behind() -> None:
    purse, screen = Purse(), Screen()

    def answer(call: Call) -> None:
        call.begin()
        call.send(event('{"zinnen": [' + call.sentence(GOOD)))
        stopped.wait(PATIENT)

    async def stopping(it: Rewording) -> set[asyncio.Task[object]]:
        task = asyncio.create_task(it.reword(QUESTION, QUOTE, (passport_source(),), "nl", "website", screen))
        await asyncio.to_thread(screen.first.wait, PATIENT)
        task.cancel()
        await asyncio.wait([task])
        return asyncio.all_tasks() - {asyncio.current_task()}

    stopped = threading.Event()
    with running(answer) as model:
        left = asyncio.run(stopping(rewording(model.url, budget=purse)))
        stopped.set()
    assert left == set()
    assert len(purse.settled) == 1


def test_a_check_that_is_broken_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("service.composers.llm.rewording.grounded", broken)
    with running(lambda call: call.say(GOOD)) as model, pytest.raises(ZeroDivisionError):
        streamed(rewording(model.url), Screen())
