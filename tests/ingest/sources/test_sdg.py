"""Products of the SDG API: each field a section that residents know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from embeddings.document import Audience, Document, SectionKind
from tests.ingest.deliveries import documents, problems, product, withdrawals, write_json


def translated(tmp_path: Path, whole: dict[str, Any] | None = None, **translation: Any) -> Document:
    given = whole or product()
    given["vertalingen"][0] |= translation
    (document,) = documents("sdg", write_json(tmp_path / "p.json", [given]))
    return document


def test_fields_become_sections_in_the_order_of_a_page(tmp_path: Path) -> None:
    document = translated(
        tmp_path, procedureBeschrijving="1. Maak een afspraak.\n2. Kom langs.", vereisten="- U bent 18.",
        bewijs="- pasfoto", uitersteTermijn="5 werkdagen.", wtdBijGeenReactie="Bel ons.",
        bezwaarEnBeroep="Binnen 6 weken.",
    )  # fmt: skip
    assert [(part.heading, part.kind) for part in document.sections] == [
        ("", SectionKind.INTRODUCTION),
        ("Zo vraagt u het aan", SectionKind.APPLY),
        ("Voorwaarden", SectionKind.CONDITIONS),
        ("Wat u nodig heeft", SectionKind.EVIDENCE),
        ("Kosten en betalen", SectionKind.COSTS),
        ("Termijn", SectionKind.TERM),
        ("Als u niets hoort", SectionKind.NO_REPLY),
        ("Bezwaar en beroep", SectionKind.OBJECTION),
    ]
    assert document.sections[1].text == "1. Maak een afspraak.\n2. Kom langs."
    assert (document.version, document.audience) == (2, Audience.RESIDENT)
    assert document.products == ("http://standaarden.overheid.nl/owms/terms/paspoort",)


def test_headings_inside_a_field_stand_behind_that_of_the_field(tmp_path: Path) -> None:
    document = translated(
        tmp_path,
        tekst="Begin.\n\n### Voor wie\n\nIedereen.",
        kostenEnBetaalmethoden="### Spoed\n\n€ 58,40 extra.",
    )
    assert [(part.heading, part.kind) for part in document.sections] == [
        ("", SectionKind.INTRODUCTION), ("Voor wie", SectionKind.OTHER),
        ("Kosten en betalen: Spoed", SectionKind.COSTS),
    ]  # fmt: skip


def test_locations_are_readable_rows(tmp_path: Path) -> None:
    hours = {"maandag": ["9:00 - 12:00", "13:00 - 16:00"], "dinsdag": []}
    place = {"naam": "Stadskantoor", "straat": "Raadhuisplein", "nummer": "1", "postcode": "9990 AA",
             "plaats": "Merelveen", "openingstijdenOpmerking": "Alleen op afspraak.",
             "openingstijden": hours}  # fmt: skip
    document = translated(tmp_path, product(locaties=[place]))
    section = document.sections[-1]
    assert section.heading == "Locaties en openingstijden: Stadskantoor"
    assert section.kind is SectionKind.CONTACT
    assert section.text.startswith(
        "Raadhuisplein 1, 9990 AA Merelveen\n\nAlleen op afspraak.\n\nDag\tOpen\n"
        "maandag\t9:00 - 12:00, 13:00 - 16:00\ndinsdag\tgesloten\n"
    )


def test_links_become_labels_and_the_first_is_the_page(tmp_path: Path) -> None:
    document = translated(
        tmp_path, procedureLink={"label": "Afspraak maken", "url": "https://a.example/afspraak"},
        links=[{"label": "Meer", "url": "https://a.example/meer"}, {"label": "", "url": ""}],
    )  # fmt: skip
    assert (document.sections[-1].heading, document.sections[-1].text) == (
        "Meer informatie",
        "• Afspraak maken\n• Meer",
    )
    assert document.url == "https://a.example/afspraak"


def test_each_translation_is_a_document_of_its_own(tmp_path: Path) -> None:
    given = product()
    english = {
        "taal": "en",
        "titel": "Passport",
        "tekst": "Travel (*reizen*).",
        "kostenEnBetaalmethoden": "€ 86.20",
    }
    given["vertalingen"].append(english)
    _, document = documents("sdg", write_json(tmp_path / "p.json", {"results": [given]}))
    assert (document.id, document.language, document.title) == ("p1-en", "en", "Passport")
    assert [part.heading for part in document.sections] == ["", "Costs and payment"]
    assert document.sections[0].text == "Travel (reizen)."


def test_a_product_that_is_not_delivered_here_says_why_and_nothing_else(tmp_path: Path) -> None:
    document = translated(
        tmp_path, product(productAanwezig=False), productAanwezigToelichting="Niet nodig hier."
    )
    assert [part.text for part in document.sections] == ["Niet nodig hier."]


def test_a_product_that_is_part_of_another_says_of_which(tmp_path: Path) -> None:
    parent = {"url": "https://x.example", "upnUri": "http://upl.example/ander"}
    document = translated(
        tmp_path, product(productValtOnder=parent), productValtOnderToelichting="Zie het andere."
    )
    assert [part.text for part in document.sections] == ["Zie het andere."]


def test_a_product_without_publication_date_is_left_out_with_the_reason(tmp_path: Path) -> None:
    gone = withdrawals("sdg", write_json(tmp_path / "p.json", [product(publicatieDatum=None)]))
    assert [one.id for one in gone] == ["p1", "p1-en"]
    assert "publicatieDatum is empty" in gone[0].reason


def test_a_future_publication_date_is_kept_as_the_begin_of_validity(tmp_path: Path) -> None:
    starts = translated(tmp_path, product(publicatieDatum="2999-01-01")).valid_from
    assert starts is not None
    assert starts.year == 2999


def test_the_duo_s_department_owns_the_product_before_the_organisation_does(tmp_path: Path) -> None:
    path = write_json(tmp_path / "p.json", [product()])
    owners = {"http://standaarden.overheid.nl/owms/terms/paspoort": "Burgerzaken"}
    assert documents("sdg", path, owners=owners)[0].owner == "Burgerzaken"
    assert documents("sdg", path)[0].owner == "Merelveen"
    assert (
        documents("sdg", write_json(path, [product(bevoegdeOrganisatie=None)]), owner="KCC")[0].owner == "KCC"
    )


def test_a_product_without_title_is_called_by_its_uniform_name(tmp_path: Path) -> None:
    assert translated(tmp_path, titel="").title == "paspoort"


def test_a_saved_page_that_is_not_the_last_proves_no_absence(tmp_path: Path) -> None:
    path = write_json(tmp_path / "p.json", {"next": "https://sdg.example/?page=2", "results": [product()]})
    (problem,) = problems("sdg", path)
    assert (problem.severity, problem.incomplete) == ("warning", True)


def test_the_national_texts_are_read_with_their_headings(shared: Path) -> None:
    found = documents("sdg", shared / "data/sdg/example_api_response.json")
    assert len(found) == 20
    assert {document.language for document in found} == {"nl", "en"}
    noise = next(document for document in found if document.title == "Geluidsvoorschriften")
    assert "Akoestisch rapport" in [part.heading for part in noise.sections]
    assert (noise.owner, noise.kind) == ("Rijksdienst voor Ondernemend Nederland", "product")
    assert noise.reviewed_at is not None
    by_line = documents("sdg", shared / "data/sdg/generieke_producten.jsonl")
    assert [document.digest for document in by_line] == [document.digest for document in found]
