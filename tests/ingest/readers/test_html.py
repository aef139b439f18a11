"""HTML to sections: every word that is seen, in order, along the text's own headings."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from embeddings.document import Section
from ingest.readers import Unfit, read_html


def text_of(source: str) -> str:
    (section,) = read_html(source)
    return section.text


def test_headings_make_sections() -> None:
    assert read_html("<p>Begin.</p><h2>Kosten</h2><p>Gratis.</p><h2>Termijn</h2><p>5 dagen.</p>") == (
        Section("", "Begin."),
        Section("Kosten", "Gratis."),
        Section("Termijn", "5 dagen."),
    )


def test_a_bare_line_between_paragraphs_is_a_heading() -> None:
    assert read_html("<p>Een.</p>\n\nPaspoortnummer invullen\n<p>Let op.</p>") == (
        Section("", "Een."),
        Section("Paspoortnummer invullen", "Let op."),
    )


@pytest.mark.parametrize("line", ["Dit is een hele zin.", "U heeft nodig:", "een; twee;"])
def test_a_bare_line_that_ends_as_a_sentence_is_a_paragraph(line: str) -> None:
    assert text_of(f"<p>Een.</p>\n{line}\n<p>Twee.</p>") == f"Een.\n\n{line}\n\nTwee."


def test_a_bare_line_with_nothing_under_it_is_a_paragraph() -> None:
    assert text_of("<p>Een.</p>\nTot ziens") == "Een.\n\nTot ziens"


def test_running_text_without_paragraph_tags_keeps_its_links_in_line() -> None:
    assert text_of('U kunt\n<a href="https://a.example">online\naanvragen</a> of bellen.') == (
        "U kunt online aanvragen of bellen."
    )


def test_a_bold_paragraph_is_a_heading() -> None:
    assert read_html("<p><strong>Per situatie</strong></p><p>Tekst.</p>") == (
        Section("Per situatie", "Tekst."),
    )


def test_a_bold_first_line_is_a_heading() -> None:
    assert read_html("<p><strong>Wintertijd</strong><br>Dan verandert er niets.</p>") == (
        Section("Wintertijd", "Dan verandert er niets."),
    )


def test_a_bold_sentence_is_no_heading() -> None:
    assert (
        text_of("<p><strong>Let op uw paspoort.</strong></p><p>Tekst.</p>") == "Let op uw paspoort.\n\nTekst."
    )


def test_a_summary_is_the_heading_of_its_details() -> None:
    assert read_html("<details><summary>Kosten</summary><p>Gratis.</p></details>") == (
        Section("Kosten", "Gratis."),
    )


def test_a_heading_without_text_goes_before_those_below_it() -> None:
    sections = read_html("<h2>Kosten</h2><h3>Kind</h3><p>Een.</p><h3>Volwassene</h3><p>Twee.</p>")
    assert [section.heading for section in sections] == ["Kosten: Kind", "Kosten: Volwassene"]


def test_a_page_title_is_not_repeated_in_every_heading() -> None:
    assert [part.heading for part in read_html("<h1>Paspoort</h1><h2>Kosten</h2><p>Een.</p>")] == ["Kosten"]


def test_a_heading_with_nothing_under_it_stays_for_lint() -> None:
    assert read_html("<h2>Video</h2><h2>Kosten</h2><p>Een.</p>") == (
        Section("Video", ""),
        Section("Kosten", "Een."),
    )


def test_lists_keep_their_marks_and_depth() -> None:
    source = "<p>Neem mee:</p><ul><li>pasfoto</li><li>bewijs:<ul><li>akte</li></ul></li></ul><p>Klaar.</p>"
    assert text_of(source) == "Neem mee:\n\n• pasfoto\n• bewijs:\n  • akte\n\nKlaar."


def test_numbered_lists_count_from_their_start() -> None:
    assert text_of('<ol start="3"><li>drie</li><li>vier</li></ol>') == "3. drie\n4. vier"


def test_two_lists_stay_two() -> None:
    assert text_of("<ul><li>a</li></ul><ul><li>b</li></ul>") == "• a\n\n• b"


def test_an_item_of_several_lines_stays_one_item() -> None:
    assert text_of("<ul><li><strong>Browser</strong><br>Probeer een andere.</li></ul>") == (
        "• Browser\n  Probeer een andere."
    )


def test_an_item_outside_a_list_does_not_swallow_what_follows() -> None:
    assert text_of("<li>een</li><p>Twee.</p>") == "• een\n\nTwee."


def test_tables_are_rows_with_tabs_header_first() -> None:
    source = (
        "<table><caption>Tarieven</caption><thead><tr><th>Document<th><p>Kosten</p></thead>"
        "<tr><td>Paspoort<td>€ 86,20<tr><td>ID-kaart<td>€ 80,10</table>"
    )
    assert text_of(source) == "Tarieven\n\nDocument\tKosten\nPaspoort\t€ 86,20\nID-kaart\t€ 80,10"


def test_spans_keep_cells_in_their_columns() -> None:
    source = (
        "<table><tr><th>Wat<th>Kind<th>Volwassene<tr><td colspan=2>Paspoort<td>€ 2"
        "<tr><td rowspan=2>Kaart<td>€ 3<td>€ 4<tr><td>€ 5<td>€ 6</table>"
    )
    assert text_of(source).split("\n") == [
        "Wat\tKind\tVolwassene", "Paspoort\t\t€ 2", "Kaart\t€ 3\t€ 4", "\t€ 5\t€ 6",
    ]  # fmt: skip


def test_a_row_of_one_cell_ends_no_table_and_above_the_header_it_is_a_line() -> None:
    source = (
        "<table><tr><th colspan=2>Tarieven<tr><th>Wat<th>Prijs<tr><td colspan=2>Kaarten"
        "<tr><td>Paspoort<td>€ 2</table>"
    )
    assert text_of(source) == "Tarieven\nWat\tPrijs\nKaarten\t\nPaspoort\t€ 2"


def test_a_table_of_one_column_is_text() -> None:
    assert text_of("<table><tr><td>Een.<tr><td>Twee.</table>") == "Een.\n\nTwee."


def test_a_table_inside_a_cell_keeps_its_words() -> None:
    assert text_of("<table><tr><td>a<td><table><tr><td>b<td>c</table><td>d</table>") == "a\tb c\td"


def test_inline_tags_part_no_words_and_block_tags_always_do() -> None:
    assert text_of("<div>m<sup>2</sup> <b>foo</b>, bar<div>baz</div>qux<br>regel</div>") == (
        "m2 foo, bar\n\nbaz\n\nqux\nregel"
    )


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>fout</script>",
        "<style>fout</style>",
        "<!-- fout -->",
        "<p hidden>fout</p>",
        '<span style="display: none">fout</span>',
        '<span style="VISIBILITY:hidden">fout</span>',
        '<span style="font-size:0">fout</span>',
        '<img alt="fout" src="x">',
        "<template>fout</template>",
        "<noscript>fout</noscript>",
        "<svg><text>fout</text></svg>",
        "<iframe>fout</iframe>",
        '<input value="fout">',
    ],
)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    assert text_of(f"<p>voor {hidden}na</p>").split() == ["voor", "na"]


def test_entities_odd_spaces_and_soft_hyphens_are_mended() -> None:
    assert text_of(
        "<p>ge\u00admeente&amp;nbsp;Merelveen&nbsp;\u2003 &amp;euro; 5 A&amp;B &#39;x&#39;</p>"
    ) == ("gemeente Merelveen € 5 A&B 'x'")


def test_elements_nested_too_deep_are_refused_at_once() -> None:
    with pytest.raises(Unfit, match="inside each other"):
        read_html("<div>" * 100_000)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_every_visible_word_of_the_real_texts_is_kept_in_order(shared: Path) -> None:
    for line in (shared / "eval/documents.jsonl").read_text("utf-8").splitlines():
        source = json.loads(line)["html"]
        body = LexborHTMLParser(source).body
        assert body is not None
        seen = iter(words("\n".join(f"{part.heading}\n{part.text}" for part in read_html(source))))
        visible = words(html.unescape(body.text()).replace("\u00ad", ""))
        assert all(word in seen for word in visible), line[:80]


def test_the_real_texts_get_their_sections(shared: Path) -> None:
    lines = (shared / "eval/documents.jsonl").read_text("utf-8").splitlines()
    sections = [part for line in lines for part in read_html(json.loads(line)["html"])]
    assert 700 < len(sections) < 900
    assert sum(not part.text for part in sections) <= 5  # videos: a heading without text
    assert all(len(part.heading) <= 120 for part in sections)
