"""The page on which people judge pairs: blind, for everybody, and without any network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from typer.testing import CliRunner

from evals.__main__ import app
from evals.llm.compare import Passage
from evals.pairs.command import page_of
from evals.pairs.counting import REWORDED, read_judged
from evals.pairs.sides import Compared, reworded_side
from tests.evals.pairs.test_pairs_counting import PAIRS, results_in
from tests.pages.chromium import chromium, wants_chromium
from tests.pages.test_accessibility import RULES

pytestmark = pytest.mark.browser
SEED = "a seed"
SHOWN = [
    Compared(one.id, f"{one.question} <img src=x onerror=alert(1)>", one.quoted, one.reworded,
             (Passage("Paspoort", "Kosten", "Een pas kost € 86,20.\n</script><script>alert(1)</script>"),))
    for one in PAIRS[:3]
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    wants_chromium()
    with chromium() as one:
        yield one


@pytest.fixture(params=[(320, "light"), (1280, "dark")], ids=["narrow", "wide"])
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    (tmp_path / "pairs.html").write_text(page_of(SHOWN, SEED), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    one, asked = context.new_page(), []
    one.on("request", lambda each: asked.append(each.url))
    one.on("dialog", lambda dialog: pytest.fail("a text was run as a script"))
    one.goto(f"file://{tmp_path / 'pairs.html'}")
    yield one
    assert [url for url in asked if not url.startswith(("file://", "blob:"))] == []
    context.close()


def ids(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(".pair", "all => all.map((one) => one.dataset.id)")
    return found


def test_everybody_can_use_it(page: Page) -> None:
    page.click("summary >> visible=true")
    found = Axe().run(page, options=RULES)
    assert found.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.eval_on_selector_all(
        "button, input, summary",
        "all => all.map((one) => (one.closest('label') ?? one).getBoundingClientRect())"
        ".filter((box) => box.height && box.height < 24).length",
    )
    assert small == 0


def test_it_does_not_tell_which_is_which(page: Page) -> None:
    assert "reworded" not in page.content()
    assert "quoted" not in page.content()
    [shown] = [one for one in SHOWN if one.id == ids(page)[0]]
    sides = page.locator(".answer >> visible=true").all_inner_texts()
    mine = sides[0] if reworded_side(SEED, shown.id) == "a" else sides[1]
    assert shown.reworded in mine


def test_by_keyboard_from_the_first_pair_to_a_file(page: Page, tmp_path: Path) -> None:
    page.focus("#naam")
    page.keyboard.type("Anna")
    for number, id in enumerate(ids(page)):
        side = reworded_side(SEED, id)
        page.focus(f".pair[data-id={id}] input[value=a]")
        page.keyboard.press("Space")
        if side == "b":
            page.keyboard.press("ArrowRight")
        if number == 0:
            page.focus(f".pair[data-id={id}] input[type=checkbox][value={'a' if side == 'b' else 'b'}]")
            page.keyboard.press("Space")
        page.focus("#volgende")
        page.keyboard.press("Enter")
    assert "Alle 3 vragen hebben een keuze" in page.inner_text("#stand")
    with page.expect_download() as download:
        page.click("#bewaar")
    path = tmp_path / download.value.suggested_filename
    assert path.name == "oordelen-Anna.json"
    download.value.save_as(path)
    [judged] = read_judged([path])
    assert judged.judge == "Anna"
    assert {said.better for said in judged.pairs.values()} == {REWORDED}
    assert [len(judged.pairs[id].wrong) for id in ids(page)] == [1, 0, 0]


def test_what_was_chosen_is_there_again_and_the_next_open_pair_first(page: Page) -> None:
    page.check(f".pair[data-id={ids(page)[0]}] input[value=even]")
    page.wait_for_timeout(1000)  # a browser writes down a moment later what a page keeps
    page.reload()
    assert page.is_checked(f".pair[data-id={ids(page)[0]}] input[value=even]")
    assert page.is_visible(f".pair[data-id={ids(page)[1]}]")
    assert "1 van 3" in page.inner_text("#stand")
    page.click("#vorige")
    assert page.is_visible(f".pair[data-id={ids(page)[0]}]")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.click("#open")
    assert page.is_visible(f".pair[data-id={ids(page)[1]}]")


def test_the_command_makes_it(tmp_path: Path) -> None:
    out = tmp_path / "pairs.html"
    arguments = ["pairs", "make", str(results_in(tmp_path)), "--out", str(out), "--seed", "s"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    page = out.read_text(encoding="utf-8")
    assert json.dumps("s") in page
    assert page.count('class="pair"') == len(PAIRS)
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert out.read_text(encoding="utf-8") == page
