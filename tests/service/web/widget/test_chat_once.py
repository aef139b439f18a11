"""The same form again gives the same answer and asks nothing; and what helped is kept (guards P6, S22)."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from service.storage.daily_counts import DailyCounts
from service.storage.helped import helped
from service.storage.tables import questions
from service.web.once import new_mark
from service.web.wording_widget import DUTCH
from tests.service.web.widget.conftest import PAGE, Opening, Visitor, seen
from tests.service.web.widget.test_chat_routes import QUESTION, rows

_ASKS = re.compile(r'<form[^>]+action="[^"]+/vragen#laatste".*?</form>', re.DOTALL)


def mark_in(page: str) -> str:
    (mark,) = set(re.findall(r'name="keer" value="([^"]+)"', page))
    return str(mark)


def asked(visitor: Visitor) -> list[str]:
    return [one.text for one in visitor.chat.answering.asked]


@pytest.mark.parametrize("part", [True, False])
def test_the_first_question_sent_again_is_the_same_conversation(visitor: Visitor, part: bool) -> None:
    fields = {"keer": mark_in(visitor.open().text), "gesprek": "", "sleutel": ""}
    visitor.ask(QUESTION, part, **fields)
    first = (visitor.conversation, visitor.token, visitor.question)
    visitor.ask(QUESTION, part, **fields)
    assert (visitor.conversation, visitor.token, visitor.question) == first
    assert asked(visitor) == [QUESTION]
    assert len(rows(visitor, questions)) == 1
    # and one goes on with it
    visitor.ask("En voor een kind?", part)
    assert visitor.conversation == first[0]
    assert visitor.chat.answering.asked[-1].earlier == (QUESTION,)


def test_a_later_question_sent_again_shows_the_whole_conversation_once_more(visitor: Visitor) -> None:
    page = visitor.ask(QUESTION)
    mark = mark_in(page.text)
    for _ in range(2):
        page = visitor.ask("En voor een kind?", keer=mark)
        assert page.text.count('class="turn"') == 2
        assert page.text.index('id="laatste"') > page.text.index('class="turn"')
    assert asked(visitor) == [QUESTION, "En voor een kind?"]


def test_every_form_that_asks_carries_the_mark_of_its_page(visitor: Visitor) -> None:
    pages = [visitor.open().text, visitor.ask("kaart of pas").text, visitor.ask("storing").text]
    marks = {mark_in(page) for page in pages}
    assert len(marks) == 3
    assert all('name="keer"' in form for page in pages for form in _ASKS.findall(page))
    assert sum(len(_ASKS.findall(page)) for page in pages) == 5


def test_a_new_page_asks_the_same_words_again(visitor: Visitor) -> None:
    for _ in range(2):
        mark = mark_in(visitor.ask(QUESTION, keer=new_mark()).text)
    visitor.ask(QUESTION, keer=mark)
    assert asked(visitor) == [QUESTION] * 3


def test_other_words_in_the_same_form_are_another_question(visitor: Visitor) -> None:
    mark = mark_in(visitor.open().text)
    for text in (QUESTION, "twijfel"):
        visitor.ask(text, keer=mark)
    assert asked(visitor) == [QUESTION, "twijfel"]


def test_at_the_same_moment_it_is_asked_once(visitor: Visitor) -> None:
    visitor.chat.answering.delay = 0.2
    fields = {"site": "merelveen", "taal": "nl", "vraag": QUESTION, "keer": mark_in(visitor.open().text)}

    def send(_number: int) -> str:
        answer = visitor.site.post(f"{visitor.base}/vragen", data=fields, headers=PAGE)
        assert answer.status_code == 200
        (question,) = re.findall(r'id="beurt-([^"]+)"', answer.text)
        return str(question)

    with ThreadPoolExecutor(4) as people:
        shown = set(people.map(send, range(4)))
    assert len(shown) == 1
    assert asked(visitor) == [QUESTION]


def test_a_search_that_failed_is_tried_again_in_the_same_form(visitor: Visitor) -> None:
    mark = mark_in(visitor.open().text)
    for _ in range(2):
        visitor.ask("storing", keer=mark)
    assert asked(visitor) == ["storing"] * 2


def test_after_a_crash_the_same_form_gets_an_answer(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = mark_in(visitor.open().text)
    with monkeypatch.context() as broken:
        broken.setattr(visitor.chat.answering, "_answer", lambda *_: 1 / 0)
        assert visitor.ask(QUESTION, keer=mark).status_code == 500
    assert "Een paspoort kost" in seen(visitor.ask(QUESTION, keer=mark))


def test_the_mark_of_another_opens_nothing(visiting: Opening) -> None:
    visitor = visiting()
    page = visitor.ask(QUESTION, keer=new_mark())
    mark = mark_in(page.text)
    visitor.ask("Mag een kanariekwekerij?", keer=mark)
    key = str(rows(visitor, questions)[-1].form)  # type: ignore[attr-defined]
    assert len(key) == 43
    for wrong in (key, new_mark(), mark):  # what the database holds opens it no more than a guess
        other = visitor.send("/vragen", vraag="Mag een", keer=wrong, gesprek="", sleutel="")
        assert "kanariekwekerij" not in other.text


def test_a_form_with_a_token_that_is_not_its_own_is_asked_anew(visiting: Opening) -> None:
    visitor = visiting()
    mark = mark_in(visitor.ask(QUESTION).text)
    visitor.ask("twijfel", keer=mark)
    first, visitor.token = visitor.conversation, "x" * 43
    answer = visitor.ask("twijfel", keer=mark)
    assert DUTCH.gone in seen(answer)
    assert visitor.conversation != first
    assert answer.text.count('class="turn"') == 1


def test_after_erasing_nothing_of_it_comes_back(visitor: Visitor) -> None:
    mark = mark_in(visitor.open().text)
    visitor.ask(QUESTION, keer=mark)
    first = visitor.question
    visitor.send("/gesprek/wissen")
    visitor.conversation = visitor.token = ""
    visitor.ask(QUESTION, keer=mark)
    assert visitor.question != first
    assert len(rows(visitor, questions)) == 1


def test_where_nothing_is_kept_it_is_answered_again_and_counted_once(visiting: Opening) -> None:
    visitor = visiting(retention_days=0)
    mark = mark_in(visitor.open().text)
    for _ in range(2):
        assert "Een paspoort kost" in seen(visitor.ask(QUESTION, keer=mark))
    desk = visitor.chat.desk
    today = desk.now().date()
    counts = DailyCounts(desk.questions.engine, desk.collection).products(
        today.replace(year=2000), today.replace(year=today.year + 1)
    )
    assert [each.questions for each in counts] == [1]


def test_who_goes_back_finds_the_same_form_and_nothing_of_anybody_is_stored(visitor: Visitor) -> None:
    first, filled = visitor.open(), visitor.open(f"{visitor.base}?site=merelveen&vraag=Wat+kost+het")
    stored = "no-store" if visitor.base == "/chat" else "private, no-cache"
    assert first.headers["cache-control"] == stored
    for page in (filled, visitor.ask(QUESTION), visitor.send("", part=True)):
        assert page.headers["cache-control"] == "no-store"


def test_the_mark_stands_in_fields_alone(visitor: Visitor) -> None:
    page = visitor.ask(QUESTION)
    mark = mark_in(page.text)
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page.text)
    assert not any(secret in unescape(one) for one in addresses for secret in (mark, visitor.token))
    assert "set-cookie" not in page.headers


# -- what helped -----------------------------------------------------------------------------------------


def test_that_an_answer_helps_is_kept_once_and_stands_there_when_it_is_read_back(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    for _ in range(2):
        visitor.send(f"/vragen/{visitor.question}/beoordeling", oordeel="helpt")
    assert [str(row.question_id) for row in rows(visitor, helped)] == [visitor.question]  # type: ignore[attr-defined]
    back = visitor.send("", part=True)
    assert DUTCH.thanks in seen(back)
    assert DUTCH.helps_question not in seen(back)


def test_its_owner_gets_it_along(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.send(f"/vragen/{visitor.question}/beoordeling", oordeel="helpt")
    visitor.ask("En voor een kind?")
    data = json.loads(visitor.send("/gesprek/bewaren", soort="json").text)
    assert [one["helpt"] for one in data["vragen"]] == [True, False]
    page = visitor.send("/gesprek/bewaren", soort="html")
    assert seen(page).count(DUTCH.said_helps) == 1


def test_who_says_later_that_it_does_not_help_is_believed(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    path = f"/vragen/{visitor.question}/beoordeling"
    visitor.send(path, oordeel="helpt")
    visitor.send(path, oordeel="wrong")
    assert rows(visitor, helped) == []


def test_nobody_else_says_that_it_helps(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.token = "x" * 43
    refused = visitor.send(f"/vragen/{visitor.question}/beoordeling", oordeel="helpt")
    assert refused.status_code == 404
    assert rows(visitor, helped) == []


def test_erasing_takes_it_along(visitor: Visitor) -> None:
    visitor.ask(QUESTION)
    visitor.send(f"/vragen/{visitor.question}/beoordeling", oordeel="helpt")
    visitor.send("/gesprek/wissen")
    assert rows(visitor, helped) == []
