"""A reworded answer that grows on the screen of staff; who visits gets the end alone."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import httpx
import pytest

from evals.llm.faults import KINDS, timed_faults
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Address, Endpoint, Limits
from service.composers.llm.rewording import Rewording
from service.domain.answer import Rewording as Made
from service.domain.answer import Sentence
from service.domain.person import Role
from service.loop import utc_now
from service.storage.database import open_database
from service.storage.questions import Turn
from service.storage.rewordings import Rewordings
from service.web.reworder import Reworder
from service.web.rewording import PARTS
from service.web.site import build_site
from tests.pages.server import listening
from tests.service.composers.llm.scripted import Call, running
from tests.service.composers.llm.test_llm_rewording import Purse
from tests.service.web.conftest import add_person, desk_in
from tests.service.web.fakes import FakeAnswering
from tests.service.web.test_rewording_pages import GOOD, LIE, PAYING, Reworded, in_sidebar, reworded

__all__ = ["reworded"]
IN_PARTS = {"Accept": f"{PARTS}, text/html"}


def parts_of(text: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in text.splitlines()]


def test_staff_get_each_checked_sentence_and_then_the_whole(reworded: Reworded) -> None:
    reworded.site.sign_in(Role.AGENT)
    _, address = in_sidebar(reworded.site)
    answer = reworded.site.client.post(address, headers=IN_PARTS)
    assert answer.headers["content-type"].startswith(PARTS)
    assert answer.headers["AI-Generated"] == "true"
    assert answer.headers["cache-control"] == "no-store"
    *growing, end = parts_of(answer.text)
    # the last ones may have come with the end
    assert [part["soort"] for part in growing] == ["zin"] * len(growing)
    assert not any("12 extra" in part["html"] for part in growing)
    assert all("wordt gecontroleerd" in part["html"] for part in growing)
    assert all('data-ai-generated="true"' in part["html"] for part in growing)
    assert end["soort"] == "klaar"
    for shown in ("Samengevat met AI", "Bekijk de letterlijke tekst", 'href="#bron-1"', "12 extra"):
        assert shown in end["html"]
    assert answer.text.count("\n") == len(growing) + 1


def test_the_end_is_what_is_kept_and_what_the_page_would_have_got(reworded: Reworded) -> None:
    reworded.site.sign_in(Role.AGENT)
    _, address = in_sidebar(reworded.site)
    end = parts_of(reworded.site.client.post(address, headers=IN_PARTS).text)[-1]
    assert reworded.site.client.post(address).text == end["html"]
    assert parts_of(reworded.site.client.post(address, headers=IN_PARTS).text) == [end]
    assert len(reworded.model.calls) == 1


def test_a_quote_that_stands_ends_the_parts_too(reworded: Reworded) -> None:
    reworded.model.answer = lambda call: call.say(PAYING, LIE)
    reworded.site.sign_in(Role.AGENT)
    _, address = in_sidebar(reworded.site)
    end = parts_of(reworded.site.client.post(address, headers=IN_PARTS).text)[-1]
    assert end["soort"] == "klaar"
    assert "Dit staat letterlijk in onze tekst." in end["html"]
    assert 'data-ai-generated="false"' in end["html"]


def test_only_staff_get_parts(reworded: Reworded) -> None:
    body, token = reworded.ask()
    path = f"/vraag/vragen/{body['id']}/herschreven"
    answer = reworded.site.client.post(path, data={"sleutel": token}, headers=IN_PARTS)
    assert answer.headers["content-type"].startswith("text/html")
    assert reworded.model.calls[0].told.get("stream") is None
    assert (
        reworded.site.client.post(f"/zijbalk/vragen/{body['id']}/herschreven", headers=IN_PARTS).status_code
        == 401
    )


def test_a_check_that_breaks_ends_the_parts_without_a_word(
    reworded: Reworded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("service.composers.llm.rewording.grounded", broken)
    reworded.site.sign_in(Role.AGENT)
    _, address = in_sidebar(reworded.site)
    answer = reworded.site.client.post(address, headers=IN_PARTS)
    assert answer.status_code == 200
    assert answer.text == ""


@dataclass
class Growing:
    """A reworder with a kept turn, and a model that writes its second sentence when it may."""

    reworder: Reworder
    turn: Turn
    go_on: threading.Event
    purse: Purse
    calls: list[Call] = field(default_factory=list)


@pytest.fixture
def growing(reworded: Reworded) -> Iterator[Growing]:
    go_on, purse = threading.Event(), Purse()

    def answer(call: Call) -> None:
        def pieces() -> Iterator[str]:
            yield '{"zinnen": [' + call.sentence(GOOD)
            go_on.wait(10)
            yield ", " + call.sentence(PAYING) + "]}"

        call.pieces(pieces(), 300)

    body, _ = reworded.ask()
    engine = open_database(reworded.site.settings.database_url)
    questions = reworded.site.client.app.state.reception.desk().questions  # type: ignore[attr-defined]
    found = questions.find(uuid.UUID(str(body["id"])))
    with running(answer) as model:
        rewording = Rewording(Calls(Endpoint(Address(model.url, "m"), Limits(total_seconds=20.0)), purse))
        kept = Rewordings(engine, reworded.site.settings.collection)
        yield Growing(Reworder(rewording, kept, utc_now), found[0], go_on, purse, model.calls)
        go_on.set()


async def over(growing: Growing) -> set[asyncio.Task[object]]:
    """Wait until nothing is under way; what is left then."""
    growing.go_on.set()
    async with asyncio.timeout(20):
        while growing.reworder._under_way:
            await asyncio.sleep(0.01)
    return asyncio.all_tasks() - {asyncio.current_task()}


def test_who_goes_away_in_between_leaves_no_task_behind_and_the_others_their_answer(growing: Growing) -> None:
    async def going() -> tuple[object, object, set[asyncio.Task[object]]]:
        steps = growing.reworder.steps(growing.turn, "zijbalk")
        first = await anext(steps)
        await steps.aclose()  # type: ignore[attr-defined]
        [(task, making)] = growing.reworder._under_way.values()
        assert making.watchers == set()
        left = await over(growing)
        return first, task.result(), left

    first, made, left = asyncio.run(going())
    assert first == Sentence(GOOD, (1,))
    assert isinstance(made, Made)
    assert [one.text for one in made.sentences] == [GOOD, PAYING]
    assert left == set()
    assert growing.purse.settled == [300]
    assert growing.reworder.kept.find(GOOD) is not None


def test_who_comes_later_sees_what_stands_there_already(growing: Growing) -> None:
    async def both() -> tuple[list[object], object, object]:
        one = growing.reworder.steps(growing.turn, "zijbalk")
        await anext(one)
        two = growing.reworder.steps(growing.turn, "zijbalk")
        begun = await anext(two)
        whole = asyncio.create_task(growing.reworder.of(growing.turn, "zijbalk"))
        growing.go_on.set()
        return [begun, [step async for step in one][-1]], [step async for step in two][-1], await whole

    [begun, end], other, whole = asyncio.run(both())
    assert begun == Sentence(GOOD, (1,))
    assert end == other == whole
    assert len(growing.calls) == 1


def test_a_browser_that_hangs_up_is_noticed(growing: Growing, reworded: Reworded) -> None:
    """Over a real connection: the client of the tests hangs up on nobody."""
    settings, people = reworded.site.settings, reworded.site.people
    desk = replace(desk_in(settings, FakeAnswering()), reworder=growing.reworder)
    session = people.sessions.open(add_person(people, Role.AGENT).id)
    site = build_site(settings, lambda: desk, people)
    with (
        listening(site) as port,
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}", cookies={"antwoordduo": session}, timeout=20
        ) as client,
    ):
        address = f"/zijbalk/vragen/{growing.turn.question.id}/herschreven"
        with client.stream("POST", address, headers=IN_PARTS) as parts:
            assert json.loads(next(parts.iter_lines()))["soort"] == "zin"
        [(_, making)] = growing.reworder._under_way.values()
        until(lambda: not making.watchers)
        growing.go_on.set()
        until(lambda: not growing.reworder._under_way)
        assert GOOD in client.post(address).text


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_in_each_of_thirteen_faults_there_is_a_usable_answer_in_time() -> None:
    """With short limits, so that a slow endpoint takes less of our time; `python -m evals llm faults` keeps
    those of the service. A busy machine may have its moment once."""
    limits = Limits(connect_seconds=0.5, total_seconds=1.5, retry_seconds=0.5)
    found = timed_faults(limits)
    assert {one.name for one in found} == set(KINDS)
    assert len(KINDS) == 13
    late = [one for one in found if not one.holds]
    again = timed_faults(limits, sorted({one.name for one in late})) if late else []
    assert [one for one in again if not one.holds] == []
    assert all(one.kind.startswith("fault: ") for one in found)
