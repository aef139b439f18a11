"""A folder of Markdown and HTML files."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.document import Audience, Visibility
from tests.ingest.deliveries import documents, problems


def put(root: Path, name: str, text: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def test_front_matter_says_what_is_known(tmp_path: Path) -> None:
    put(
        tmp_path, "reizen/paspoort.md",
        "\ufeff---\ntitle: Paspoort\nid: pas\nurl: https://a.example\nowner: Burgerzaken\nlanguage: nl\n"
        "audience: resident\nvisibility: internal\nvalid_from: 2025-01-01\nvalid_until: 2026-01-01\n"
        "reviewed: 2025-02-01\nkeywords: [pas, reizen]\n---\n\n## Kosten\n\n€ 86,20.\n",
    )  # fmt: skip
    (document,) = documents("folder", tmp_path)
    assert (document.id, document.title, document.owner) == ("pas", "Paspoort", "Burgerzaken")
    assert (document.audience, document.visibility) == (Audience.RESIDENT, Visibility.INTERNAL)
    assert (document.keywords, document.sections[0].heading) == (("pas", "reizen"), "Kosten")
    assert document.reviewed_at is not None
    assert document.valid_until is not None


def test_a_file_without_front_matter_is_known_by_its_path_and_called_by_its_heading(tmp_path: Path) -> None:
    (document,) = documents("folder", put(tmp_path, "a/b.md", "# Rijbewijs\n\nTekst.\n"))
    assert (document.id, document.title) == ("a/b.md", "Rijbewijs")


def test_a_whole_page_is_read_without_its_menus(tmp_path: Path) -> None:
    put(
        tmp_path, "p.html",
        "<html><head><title>Paspoort</title></head><body><header>Kop</header><nav>Menu</nav>"
        "<p>Tekst.</p><footer>Voet</footer></body></html>",
    )  # fmt: skip
    (document,) = documents("folder", tmp_path)
    assert (document.title, [part.text for part in document.sections]) == ("Paspoort", ["Tekst."])


def test_other_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    for name in (".git/x.md", "data.json", "foto.png", "a.md"):
        put(tmp_path, name, "Tekst.")
    assert [document.id for document in documents("folder", tmp_path)] == ["a.md"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "secret.md", "Geheim.")
    put(tmp_path, "pages/a.md", "Tekst.")
    (tmp_path / "pages/b.md").symlink_to(tmp_path / "secret.md")
    assert [document.id for document in documents("folder", tmp_path / "pages")] == ["a.md"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (b"---\nid: x\ntitle: A\n---\nprijs \x80 5", 5, "not UTF-8 (byte 0x80)"),
        ("---\nid: x\ntitle: [open\n---\nTekst.", 4, "front matter"),
        ("---\nid: x\nowner: 'a\n b: c: d'\nx: y: z\n---\nTekst.", 5, "front matter"),
        ("---\nid: x\nvisibility: staff\n---\nTekst.", 1, "unknown visibility"),
        ("---\nid: x\nvalid_until: straks\n---\nTekst.", 1, "not a date"),
        ("---\nid: x\n---\n", 1, "empty"),
        ("---\nid: x\nkeywords: " + "[" * 3_000 + "\n---\nTekst.", 1, "front matter"),
    ],
)
def test_a_file_with_a_fault_is_named_with_its_line_and_id(
    tmp_path: Path, text: str | bytes, line: int, reason: str
) -> None:
    put(tmp_path, "goed.md", "Tekst.")
    put(tmp_path, "fout.md", text)
    assert [document.id for document in documents("folder", tmp_path)] == ["goed.md"]
    problem = problems("folder", tmp_path)[0]
    assert problem.where == f"{tmp_path / 'fout.md'}:{line}"
    assert reason in problem.message
    assert problem.keeps == ("x", "fout.md")
