"""VACs: from the envelope of the Objecten API to a document."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from embeddings.document import Audience, Section, SectionKind, Visibility
from ingest.sources.fields import LOCAL
from tests.ingest.deliveries import documents, problems, vac, withdrawals, write_json, write_lines


def test_a_vac_becomes_a_document_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    given = vac(
        "v1", 3, startAt="2025-01-01", endAt="2025-07-01", registrationAt="2025-01-02T10:00:00Z",
        toelichting="Vraag naar de leeftijd.", trefwoorden=[{"trefwoord": "pas"}, {"trefwoord": "pas"}],
        gerelateerdeProducten=[{"product": "http://upl.example/paspoort"}], url="https://www.example/vraag",
    )  # fmt: skip
    (document,) = documents("vac", write_json(tmp_path / "v.json", given))
    assert (document.id, document.version, document.kind) == ("v1", 3, "vac")
    assert (document.title, document.owner) == ("Wat kost een paspoort?", "Burgerzaken")
    assert document.sections == (
        Section("", "Een paspoort kost € 86,20."),
        Section("Toelichting voor het KCC", "Vraag naar de leeftijd.", SectionKind.NOTE, Visibility.INTERNAL),
    )
    assert document.audience is Audience.RESIDENT
    assert (document.keywords, document.products) == (("pas",), ("http://upl.example/paspoort",))
    assert document.valid_from == datetime(2025, 1, 1, tzinfo=LOCAL)
    assert document.valid_until == datetime(2025, 7, 1, tzinfo=LOCAL)
    assert document.modified_at is not None
    assert document.url == "https://www.example/vraag"


@pytest.mark.parametrize("shape", ["list", "results", "lines", "single", "bare"])
def test_every_shape_of_a_file_is_read(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "v.json"
    shapes = {"list": [vac()], "results": {"count": 1, "next": None, "results": [vac()]}, "single": vac(),
              "bare": vac()["record"]["data"] | {"uuid": "v1"}}  # fmt: skip
    if shape == "lines":
        write_lines(path, vac(), vac("v2"))
    else:
        write_json(path, shapes[shape])
    assert documents("vac", path)[0].id == "v1"


def test_a_record_knows_its_line_in_a_list(tmp_path: Path) -> None:
    path = write_json(tmp_path / "v.json", {"results": [vac("a"), vac("b", status="x")]})
    (problem,) = problems("vac", path)
    lines = path.read_text("utf-8").splitlines()
    assert (
        lines[int(problem.where.rpartition(":")[2])].strip() == '"url": "https://objecten.example/objects/b",'
    )


@pytest.mark.parametrize("name", ["afdelingNaam", "afdelingnaam", "AFDELINGNAAM"])
def test_the_department_is_found_however_its_field_is_spelt(tmp_path: Path, name: str) -> None:
    path = write_json(tmp_path / "v.json", vac(afdelingen=[{name: " Burger\u00adzaken "}]))
    assert documents("vac", path)[0].owner == "Burgerzaken"


@pytest.mark.parametrize(
    ("changes", "id_"),
    [({"uuid": None}, "v1"), ({"uuid": None, "url": "https://x.example/objects/v9/"}, "v9")],
)
def test_without_uuid_the_url_names_the_vac(tmp_path: Path, changes: dict[str, str], id_: str) -> None:
    assert documents("vac", write_json(tmp_path / "v.json", vac() | changes))[0].id == id_


@pytest.mark.parametrize("status", ["non-actief", "te-verwijderen", "Non-Actief"])
def test_an_inactive_vac_is_withdrawn(tmp_path: Path, status: str) -> None:
    (gone,) = withdrawals("vac", write_json(tmp_path / "v.json", vac(status=status)))
    assert (gone.id, gone.version, gone.reason) == ("v1", 1, f"status {status.lower()}")


@pytest.mark.parametrize("status", ["", "concept", None, 3])
def test_an_unknown_status_is_never_published(tmp_path: Path, status: object) -> None:
    path = write_json(tmp_path / "v.json", vac(status=status))
    assert documents("vac", path) == []
    assert "unknown status" in problems("vac", path)[0].message


@pytest.mark.parametrize("answer", ["", "  ", "<p>&nbsp;</p>", "<script>x</script>", None])
def test_an_empty_answer_is_skipped_even_with_a_note(tmp_path: Path, answer: str | None) -> None:
    path = write_json(tmp_path / "v.json", vac(antwoord=answer, toelichting="Intern."))
    assert documents("vac", path) == []
    assert any("empty" in problem.message for problem in problems("vac", path))


def test_a_missing_question_is_named_and_the_text_lends_its_first_words(tmp_path: Path) -> None:
    path = write_json(tmp_path / "v.json", vac(vraag=""))
    assert documents("vac", path)[0].title == "Een paspoort kost € 86,20."
    assert "vraag is empty" in problems("vac", path)[0].message


def test_a_dangerous_address_is_left_out_and_named(tmp_path: Path) -> None:
    path = write_json(tmp_path / "v.json", vac(url="javascript:alert(1)"))
    assert documents("vac", path)[0].url == ""
    assert "not a web address" in problems("vac", path)[0].message


def test_the_mock_vacs_of_frameless_are_read(shared: Path) -> None:
    (document,) = documents("vac", shared / "data/frameless/createVAC.json")
    assert (document.title, document.owner) == ("Hoe vraag ik een paspoort aan?", "Burgerzaken")
