"""A field that may hold HTML, Markdown or plain text is read as what it is."""

from __future__ import annotations

import pytest

from ingest.readers import flat_text, links_in, read_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Een <b>twee</b>.</p>", "Een twee."),
        ("Een &amp; twee <br/> drie", "Een & twee\ndrie"),
        ("&lt;p&gt;Een&lt;/p&gt;&lt;p&gt;twee&lt;/p&gt;", "Een\n\ntwee"),
        ("Een **twee** en (*permit*).", "Een twee en (permit)."),
        ("Lees [dit](https://a.example).", "Lees dit."),
        ("- een\n- twee", "• een\n• twee"),
        ("Een < twee, en 3 > 2.", "Een < twee, en 3 > 2."),
        ("Vul in: <uw naam>", "Vul in: <uw naam>"),
        ("Een<script>fout</script> twee<!-- fout -->", "Een twee"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        ("", ""),
    ],
)
def test_the_format_is_told_by_its_marks(source: str, text: str) -> None:
    assert flat_text(read_text(source)) == text


def test_links_of_both_formats_are_found() -> None:
    source = "<a href=\"https://a.example?x=1&amp;y=2\">a</a> <a href='mailto:b'>b</a> [c](tel:140999)"
    assert links_in(source) == ("https://a.example?x=1&y=2", "mailto:b", "tel:140999")
