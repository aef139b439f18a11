"""The same question twice: reloaded, clicked twice, sent again after going back, or in two tabs at once; with
and without script. One answer, asked once (issue: faults)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route

from service.storage.tables import questions
from tests.pages.chat_site import CHAT, Chat, running_chat
from tests.pages.chat_states import QUESTION, answered, asked, empty
from tests.pages.conftest import Watched

pytestmark = pytest.mark.browser

Opening = Callable[..., Watched]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    with running_chat(tmp_path_factory.mktemp("again")) as chat:
        yield chat


@pytest.fixture
def plain(open_page: Opening, server: Chat) -> Page:
    """The plain page without script, and nothing asked yet."""
    server.answering.asked.clear()
    return open_page("/vraag", java_script_enabled=False).page


@pytest.fixture
def chat(open_page: Opening, server: Chat) -> Page:
    """The page of the chat with its script, and nothing asked yet."""
    server.answering.asked.clear()
    page = open_page(CHAT).page
    empty(page)
    return page


def sent(page: Page, text: str = QUESTION, turns: int = 1) -> None:
    """Ask on the plain page."""
    page.fill("#vraag", text)
    page.click("#stuur")
    page.wait_for_selector(f".turn >> nth={turns - 1}")


def texts(server: Chat) -> list[str]:
    return [one.text for one in server.answering.asked]


def before(server: Chat) -> tuple[str, ...]:
    """What the newest question came after."""
    return server.answering.asked[-1].earlier


def keeps_no_secret(page: Page) -> bool:
    """No token stands in the address or in a cookie."""
    return page.url.partition("#")[0].endswith("/vraag/vragen") and page.context.cookies() == []


# -- without script ---


def test_a_reload_shows_the_same_answer_and_asks_nothing(plain: Page, server: Chat) -> None:
    sent(plain)
    shown = plain.get_attribute(".turn", "id")
    for _ in range(2):
        plain.reload()
        plain.wait_for_selector(".answered")
        assert plain.get_attribute(".turn", "id") == shown
        assert plain.locator(".turn").count() == 1
    assert texts(server) == [QUESTION]
    assert keeps_no_secret(plain)
    # it is still the same conversation, and this visitor's
    sent(plain, "twijfel", turns=2)
    assert before(server) == (QUESTION,)
    plain.reload()
    assert plain.locator(".turn").count() == 2
    assert texts(server) == [QUESTION, "twijfel"]


def test_a_double_click_asks_once_and_shows_the_answer(plain: Page, server: Chat) -> None:
    server.answering.delay = 0.4
    plain.fill("#vraag", QUESTION)
    plain.dblclick("#stuur")
    plain.wait_for_selector(".answered")
    assert plain.locator(".turn").count() == 1
    assert texts(server) == [QUESTION]
    # the second question, in a conversation where one question is answered at a time
    plain.fill("#vraag", "twijfel")
    plain.dblclick("#stuur")
    plain.wait_for_selector(".turn >> nth=1")
    assert plain.locator(".fault").count() == 0
    assert texts(server) == [QUESTION, "twijfel"]


def test_going_back_and_sending_again_gives_the_same_answer(plain: Page, server: Chat) -> None:
    sent(plain)
    shown = plain.get_attribute(".turn", "id")
    plain.go_back()
    plain.wait_for_selector("#voorbeelden")
    sent(plain)
    assert plain.get_attribute(".turn", "id") == shown
    assert texts(server) == [QUESTION]


def test_going_back_and_asking_something_else_asks_it(plain: Page, server: Chat) -> None:
    sent(plain)
    plain.go_back()
    sent(plain, "twijfel")
    assert texts(server) == [QUESTION, "twijfel"]


def test_an_example_clicked_twice_asks_once(plain: Page, server: Chat) -> None:
    server.answering.delay = 0.3
    plain.dblclick("#voorbeelden .button >> nth=1")
    plain.wait_for_selector(".turn")
    plain.reload()
    assert plain.locator(".turn").count() == 1
    assert len(texts(server)) == 1


def test_two_tabs_are_two_conversations(plain: Page, server: Chat) -> None:
    other = plain.context.new_page()
    other.goto(plain.url)
    sent(plain)
    sent(other, "twijfel")
    sent(plain, "kaart of pas", turns=2)
    other.reload()
    assert other.locator(".turn").count() == 1
    assert [one.earlier for one in server.answering.asked] == [(), (), (QUESTION,)]


# -- with script ---


def test_an_answer_that_got_lost_is_not_asked_for_again(chat: Page, server: Chat) -> None:
    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    chat.route("**/chat/vragen", lost)
    chat.fill("#vraag", QUESTION)
    chat.press("#vraag", "Enter")
    chat.wait_for_selector(".fault")
    chat.unroute("**/chat/vragen")
    chat.click(".fault [data-opnieuw]")
    chat.wait_for_selector(".answered")
    assert texts(server) == [QUESTION]
    asked(chat, "twijfel", sees=".texts")
    assert before(server) == (QUESTION,)


def test_the_same_words_again_are_a_new_question(chat: Page, server: Chat) -> None:
    for number in (1, 2):
        chat.fill("#vraag", QUESTION)
        chat.press("#vraag", "Enter")
        chat.wait_for_selector(f".turn >> nth={number - 1}")
        chat.wait_for_selector("#stuur[aria-disabled=false]")
    assert texts(server) == [QUESTION] * 2
    chat.click("#menu > summary")
    chat.click("#wissen summary")
    chat.click("#wis .button >> nth=0")
    chat.wait_for_selector("[role=log] > .note")
    answered(chat)
    assert texts(server) == [QUESTION] * 3
    assert chat.locator(".turn").count() == 1


def test_the_way_back_brings_the_conversation_again(chat: Page, server: Chat) -> None:
    answered(chat)
    chat.click("#taal button")
    chat.wait_for_selector("html[lang=en].script .turn")
    asked(chat, "twijfel", sees=".texts")
    chat.go_back()
    chat.wait_for_selector("html[lang=nl].script .turn >> nth=1")
    assert chat.locator(".turn").count() == 2
    assert QUESTION in chat.inner_text("[role=log]")
    assert chat.input_value("#vraag") == ""
    asked(chat, "kaart of pas", sees=".turn >> nth=2")
    assert before(server) == (QUESTION, "twijfel")
    assert texts(server) == [QUESTION, "twijfel", "kaart of pas"]


def test_from_another_page_and_back_the_conversation_stands_there(chat: Page, server: Chat) -> None:
    answered(chat)
    chat.goto(chat.url.replace(CHAT, "/healthz/live"))
    chat.go_back()
    chat.wait_for_selector(".script .turn")
    assert chat.locator(".turn").count() == 1
    asked(chat, "twijfel", sees=".texts")
    assert before(server) == (QUESTION,)
    assert texts(server) == [QUESTION, "twijfel"]


def test_a_tab_that_was_copied_goes_on_with_the_same_conversation(chat: Page, server: Chat) -> None:
    answered(chat)
    with chat.expect_popup() as opened:
        # a browser hands a copy of the storage to a tab that is opened so, as when one copies a tab
        chat.evaluate("window.open(location.href)")
    other = opened.value
    other.wait_for_selector(".script .turn")
    asked(other, "twijfel", sees=".texts")
    assert before(server) == (QUESTION,)
    asked(chat, "kaart of pas", sees=".turn >> nth=1")
    assert before(server) == (QUESTION, "twijfel")
    chat.reload()
    chat.wait_for_selector(".turn >> nth=2")
    with server.hall.engine.connect() as connection:
        rows = connection.execute(questions.select()).all()
    last = [row.conversation_id for row in rows][-3:]
    assert len(set(last)) == 1
