"""Kennisartikelen: the SDG fields with a memo for the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from embeddings.document import SectionKind, Visibility
from tests.ingest.deliveries import documents, product, vac, withdrawals, write_json


def article(**translation: Any) -> dict[str, Any]:
    whole = vac("k1", 4)
    data = product("inner") | {"locaties": None, "afdelingen": [{"afdelingnaam": "Burgerzaken"}]}
    data["vertalingen"][0] |= translation
    whole["record"]["data"] = data
    return whole


def test_the_memo_is_internal_and_the_contact_is_public(tmp_path: Path) -> None:
    given = article(deskMemo="<p>Bel 1234.</p>", notice="Let op.", contact="Bel 14 0999.",
                    trefwoorden=[{"trefwoord": "pas"}])  # fmt: skip
    (document,) = documents("kennisartikel", write_json(tmp_path / "k.json", [given]))
    parts = {part.heading: (part.text, part.kind, part.visibility) for part in document.sections}
    assert parts["Alleen voor het KCC"] == ("Bel 1234.", SectionKind.NOTE, Visibility.INTERNAL)
    assert parts["Contact"] == ("Bel 14 0999.", SectionKind.CONTACT, Visibility.PUBLIC)
    assert parts["Bijzonderheden"][0] == "Let op."
    assert (document.id, document.version, document.owner) == ("k1", 4, "Burgerzaken")
    assert document.keywords == ("pas",)
    assert document.kind == "kennisartikel"


def test_a_text_holds_from_the_later_of_its_two_dates(tmp_path: Path) -> None:
    given = article()
    given["record"]["data"]["publicatieDatum"] = "2025-03-01"
    (document,) = documents("kennisartikel", write_json(tmp_path / "k.json", given))
    assert str(document.valid_from) == "2025-03-01 00:00:00+01:00"


def test_an_article_without_publication_date_is_withdrawn_in_every_language(tmp_path: Path) -> None:
    given = article()
    given["record"]["data"]["publicatieDatum"] = None
    gone = withdrawals("kennisartikel", write_json(tmp_path / "k.json", given))
    assert [one.id for one in gone] == ["k1", "k1-en"]


def test_an_article_with_nothing_but_a_memo_is_skipped(tmp_path: Path) -> None:
    given = article(tekst="", kostenEnBetaalmethoden="", deskMemo="Intern.")
    assert documents("kennisartikel", write_json(tmp_path / "k.json", given)) == []


def test_the_mock_articles_of_frameless_are_read(shared: Path) -> None:
    (document,) = documents("kennisartikel", shared / "data/frameless/createKennisartikel.json")
    assert (document.title, document.owner, document.keywords) == (
        "Paspoort aanvragen",
        "Burgerzaken",
        ("paspoort",),
    )
