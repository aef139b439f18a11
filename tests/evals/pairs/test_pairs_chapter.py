"""The chapter of the report about quoted and reworded answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from evals.llm.compare import Pair
from evals.pairs.chapter import MEANINGS, PairsChapter, pairs_chapter
from evals.pairs.counting import QUOTED, REWORDED
from evals.pairs.sides import UnusableFile, digest_of, read_compared
from evals.report_page import render
from service.domain.answer import Dropped
from tests.evals.asked import ALL, POISON
from tests.evals.pairs.test_pairs_counting import judge_file
from tests.evals.test_llm_compare import PAIR
from tests.evals.test_report_page import CONFIG
from tests.pages.chromium import chromium, wants_chromium
from tests.pages.test_accessibility import RULES

STOOD = replace(PAIR, id="q2", reworded="", kept="fault: too long", dropped=(), said=2, stopped=(
    Dropped("Bel 0900.", "telephone", "0900"), Dropped(POISON, "words", POISON),
))  # fmt: skip
PAIRS = [PAIR, STOOD, replace(PAIR, id="q3", must_contain=())]


@pytest.fixture(autouse=True, scope="module")
def _few_honest() -> Iterator[None]:
    """The whole honest set takes a minute."""
    from evals.llm.sets import read_honest

    few = read_honest()[:4]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("evals.pairs.chapter.read_honest", lambda: few)
        yield


def results_in(folder: Path, pairs: list[Pair]) -> Path:
    path = folder / "compared.jsonl"
    path.write_text("".join(f"{json.dumps(asdict(pair))}\n" for pair in pairs), encoding="utf-8")
    return path


@pytest.fixture
def judged(tmp_path: Path) -> PairsChapter:
    results = results_in(tmp_path, PAIRS)
    files = [
        judge_file(tmp_path, name, name, {"q1": better, "q3": REWORDED}, {"q1": [QUOTED]})
        for name, better in (("Anna", REWORDED), ("Bo", QUOTED))
    ]
    for file in files:
        content = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(
            json.dumps(content | {"results": digest_of(read_compared(results))}), encoding="utf-8"
        )
    return pairs_chapter(results, files)


def test_the_figures_are_those_of_the_comparison(tmp_path: Path) -> None:
    chapter = pairs_chapter(results_in(tmp_path, PAIRS))
    rows = {row.name: row for row in chapter.rows}
    assert set(rows) == set(MEANINGS)
    assert rows["reworded"].value == "66.7\N{NO-BREAK SPACE}%"
    assert rows["facts in the rewording"].value == "100.0\N{NO-BREAK SPACE}%"
    assert rows["facts in the rewording"].meaning.endswith("of 1")
    assert rows["sentences stopped"].meaning.endswith("of 8")
    assert [(one.name, one.count) for one in chapter.endings] == [
        ("reworded", 2),
        ("quote stood: fault: too long", 1),
    ]
    assert dict(chapter.reasons) == {"words": 3, "telephone": 1}
    assert chapter.blind is None


def test_of_answers_that_all_kept_their_quote_length_says_nothing(tmp_path: Path) -> None:
    rows = {row.name: row.value for row in pairs_chapter(results_in(tmp_path, [STOOD])).rows}
    assert {rows[name] for name in rows if name.startswith(("words", "LIX", "facts"))} == {"–"}
    assert rows["reworded"] == "0.0\N{NO-BREAK SPACE}%"


def test_the_bars_are_as_long_as_the_shares(tmp_path: Path) -> None:
    chapter = pairs_chapter(results_in(tmp_path, PAIRS))
    whole = chapter.frame.right - chapter.frame.left
    assert [bar.box.width for bar in chapter.bars] == pytest.approx([whole * 2 / 3, whole / 3], abs=0.2)


def test_judges_stand_one_by_one_and_together(judged: PairsChapter) -> None:
    assert judged.blind
    assert [(name, found.wins, found.losses, found.ties) for name, found in judged.blind.judges] == [
        ("Anna", 2, 0, 0), ("Bo", 1, 1, 0), ("together", 1, 0, 1),
    ]  # fmt: skip
    [two] = judged.blind.agreements
    assert (two.same, two.pairs) == (1, 2)


def test_judges_of_other_results_are_refused(tmp_path: Path) -> None:
    file = judge_file(tmp_path, "Anna", "s", {"q1": REWORDED}, {})
    with pytest.raises(UnusableFile, match="other results"):
        pairs_chapter(results_in(tmp_path, PAIRS), [file])


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="no pair"):
        pairs_chapter(results_in(tmp_path, []))


def test_it_stands_in_the_report_only_where_it_was_measured(judged: PairsChapter) -> None:
    assert LexborHTMLParser(render([ALL], CONFIG)).css_first("#reworded") is None
    page = render([ALL], CONFIG, judged)
    parsed = LexborHTMLParser(page)
    assert parsed.css_first("#reworded") is not None
    assert parsed.css_first('nav a[href="#reworded"]') is not None
    assert "Cohen&#39;s kappa" in page or "kappa" in page
    assert POISON not in page


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_everybody_can_read_it(judged: PairsChapter, tmp_path: Path, width: int, scheme: str) -> None:
    path = tmp_path / "report.html"
    path.write_text(render([ALL], CONFIG, judged), encoding="utf-8")
    wants_chromium()
    with chromium() as browser:
        assert_readable(browser, path, width, scheme)


def assert_readable(browser: Browser, path: Path, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"file://{path}")
    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
