"""Tables in an answer and in a candidate: real tables, the columns named, everything escaped."""

from __future__ import annotations

import re
from html import unescape

import pytest

from service.domain.answer import Answer, Certainty, Sentence, Source, Status
from tests.service.web import fakes
from tests.service.web.conftest import Site

POISON = '"><script>alert(1)</script>'


def shows(monkeypatch: pytest.MonkeyPatch, text: str, *quoted: str) -> None:
    """Let the site answer with these sentences, out of this text, which is also the only candidate."""
    candidate = fakes.passport(text=text, marked=quoted)
    source = Source(1, "vac:1", "Paspoort", "Kosten", text, "", None, "Burgerzaken")
    sentences = tuple(Sentence(one, (1,)) for one in quoted)
    answer = Answer(Status.ANSWERED, Certainty.HIGH, 0.9, sentences, (source,), (candidate,))
    monkeypatch.setattr(fakes, "_candidates", lambda _asker: (candidate,))
    monkeypatch.setattr(fakes, "_cited", lambda _candidates: answer)


def asked(site: Site) -> tuple[str, str]:
    """The page for a question: the answer, and the candidate."""
    page = site.client.post("/zijbalk/vragen", data={"vraag": "Wat kost een paspoort?"}).text
    answer, _, rest = page.partition("</blockquote>")
    return answer.partition("<blockquote")[2], rest.partition("<article")[2].partition("</article>")[0]


def cells(html: str) -> list[tuple[str, str]]:
    """Each cell: its tag, and its words without the numbers of sources."""
    found = re.findall(r"<(th|td)\b[^>]*>(.*?)</\1>", html)
    return [(tag, unescape(re.sub(r"<a .*?</a>|<[^>]+>", "", text))) for tag, text in found]


def test_a_quoted_row_and_a_marked_row_stand_below_the_names_of_their_columns(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Wat\tPrijs\nPas\t9 euro\nKaart\t8 euro"
    shows(monkeypatch, text, "Wat\tPrijs", "Kaart\t8 euro")
    answer, card = asked(site)
    assert cells(answer) == [("th", "Wat"), ("th", "Prijs"), ("td", "Kaart"), ("td", "8 euro")]
    assert answer.count('<th scope="col"') == 2
    assert cells(card)[:2] == [("th", "Wat"), ("th", "Prijs")]
    assert re.findall(r"<mark>(.*?)</mark>", card) == ["Kaart", "8 euro"]


def test_many_columns_say_in_each_cell_which_column_it_is(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Wat\tVoor wie\t\tPrijs\nPas\tkind\tspoed\t9 euro\nKaart\t\t\t8 euro\tlos"
    shows(monkeypatch, text, "Wat\tVoor wie\t\tPrijs", "Pas\tkind\tspoed\t9 euro", "Kaart\t\t\t8 euro\tlos")
    for html in asked(site):
        assert re.findall(r'<td role="cell"(?: data-column="(.*?)")?>', html) == [
            *("Wat", "Voor wie", "", "Prijs"),
            *("Wat", "Voor wie", "", "Prijs", ""),
        ]
        assert html.count('role="columnheader"') == 4
        assert '<td role="cell" data-column="Voor wie"></td>' in html


def test_up_to_three_columns_stay_a_plain_table(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    shows(monkeypatch, "A\tB\tC\n1\t2\t3", "A\tB\tC", "1\t2\t3")
    for html in asked(site):
        assert "<table>" in html
        assert "data-column" not in html


def test_an_empty_first_cell_keeps_the_others_in_their_columns(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    shows(monkeypatch, "\tKind\tOuder\nPas\t7\t9\n\t5\t6", "\tKind\tOuder", "\t5\t6")
    answer, card = asked(site)
    heads = [("th", ""), ("th", "Kind"), ("th", "Ouder")]
    assert cells(answer) == [*heads, ("td", ""), ("td", "5"), ("td", "6")]
    assert cells(card)[3:] == [("td", "Pas"), ("td", "7"), ("td", "9"), ("td", ""), ("td", "5"), ("td", "6")]


def test_a_row_that_stands_alone_is_no_header_of_itself(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    shows(monkeypatch, "Kosten:\n\nPas\t9 euro", "Pas\t9 euro")
    answer, card = asked(site)
    assert cells(answer) == [("td", "Pas"), ("td", "9 euro")]
    assert "<table" not in card
    assert "<mark>Pas</mark>: <mark>9 euro</mark>" in card


@pytest.mark.parametrize("columns", [2, 5])
def test_script_in_a_table_is_shown_as_text(
    site: Site, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    row = "\t".join([POISON] * columns)
    shows(monkeypatch, f"{row} kop\n{row}", f"{row} kop", row)
    for html in asked(site):
        assert "<script" not in html
        assert html.count("&lt;script&gt;alert(1)") >= 2 * columns
        assert '""' not in html
