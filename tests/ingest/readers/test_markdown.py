"""Markdown to sections."""

from __future__ import annotations

import pytest

from embeddings.document import Section
from ingest.readers import Unfit, read_markdown
from ingest.readers.markdown import MOST_LINES


def test_headings_lists_and_tables_are_read() -> None:
    source = (
        "Begin.\r\n\r\n### Kosten\r\n\r\n| Wat | Prijs |\r\n| --- | --- |\r\n| Paspoort | € 86,20 |\r\n\r\n"
        "#### Nodig\r\n\r\n- pasfoto\r\n- *oud* paspoort\r\n\r\n1. Maak een [afspraak](https://a.example).\r\n"
    )
    assert read_markdown(source) == (
        Section("", "Begin."),
        Section("Kosten", "Wat\tPrijs\nPaspoort\t€ 86,20"),
        Section("Nodig", "• pasfoto\n• oud paspoort\n\n1. Maak een afspraak."),
    )


def test_a_new_line_is_kept_in_a_field_and_folded_in_a_file() -> None:
    assert read_markdown("Postbus 100\n9990 AC")[0].text == "Postbus 100 9990 AC"
    assert read_markdown("Postbus 100\n9990 AC", keep_lines=True)[0].text == "Postbus 100\n9990 AC"


def test_html_inside_markdown_is_read_or_dropped_as_html() -> None:
    assert read_markdown("Een<br>twee <script>fout</script>drie")[0].text == "Een\ntwee drie"


def test_code_and_quotes_keep_their_words() -> None:
    assert read_markdown("> citaat\n\n    code\n")[0].text == "citaat\n\ncode"


def test_a_text_of_more_lines_than_any_page_is_unfit() -> None:
    assert read_markdown("a\n" * MOST_LINES)
    with pytest.raises(Unfit, match="20,000 lines"):
        read_markdown("a\n" * (MOST_LINES + 1))
