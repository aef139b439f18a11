"""What has to be right before the other half looks at a text, and what is only advised."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from embeddings.document import Document, Section, SectionKind, Visibility
from ingest import lint
from service.answering.redaction import PersonalDataKind
from service.domain.draft import Draft, DraftState
from service.duos import wording_drafts as wording
from service.duos.draft_rules import advice, objections

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXT = Document(
    "merelveen", "redactie", "t1", "Wat kost een paspoort?",
    (Section("Kosten", "Een paspoort kost\n€ 86,20."),), owner="Burgerzaken",
)  # fmt: skip
DRAFT = Draft(
    uuid.uuid4(), "merelveen", uuid.uuid4(), TEXT, DraftState.WRITING, uuid.uuid4(), NOW,
    fact="kost € 86,20", checks=("Prijs van een paspoort?", "Hoe duur is een pas?"),
    wordings=("Pas kosten?",),
)  # fmt: skip


def fields(draft: Draft) -> list[str]:
    return [each.field for each in objections(draft, NOW)]


def with_text(*sections: Section, **values: object) -> Draft:
    return replace(DRAFT, document=replace(TEXT, sections=sections), **values)  # type: ignore[arg-type]


def test_a_draft_with_everything_is_right_white_space_and_capitals_aside() -> None:
    assert fields(DRAFT) == []
    assert fields(replace(DRAFT, fact="KOST  € 86,20")) == []


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(DRAFT, document=replace(TEXT, title=" ")), "title"),
        (replace(DRAFT, document=replace(TEXT, title="Wat? " * 50)), "title"),
        (replace(DRAFT, document=replace(TEXT, url="paspoort")), "url"),
        (replace(DRAFT, document=replace(TEXT, valid_until=NOW)), "validity"),
        (with_text(Section("Kop", "Tekst € 5. " * 2_000), fact="€ 5"), "sections"),
        (replace(DRAFT, fact=""), "fact"),
        (replace(DRAFT, fact="€ 99"), "fact"),
        (replace(DRAFT, fact="x" * 201), "fact"),
        (replace(DRAFT, checks=DRAFT.checks[:1]), "checks"),
        (replace(DRAFT, checks=("Prijs van pas?", "prijs VAN pas", "Hoe duur?")), "checks"),
        (replace(DRAFT, checks=("Wat kost een paspoort", "Hoe duur?")), "checks"),
        (replace(DRAFT, checks=("pas, kosten", "Hoe duur?")), "checks"),
        (replace(DRAFT, checks=("Hoe duur? " * 60, "Prijs?")), "checks"),
        (replace(DRAFT, wordings=("Hoe duur? " * 60,)), "wordings"),
    ],
)
def test_one_thing_that_is_wrong_is_named_alone(draft: Draft, field: str) -> None:
    assert fields(draft) == [field]


def test_a_text_holds_longer_than_now() -> None:
    later = replace(TEXT, valid_until=NOW + timedelta(days=1))
    assert fields(replace(DRAFT, document=later)) == []


def test_a_fact_that_visitors_cannot_see_proves_nothing() -> None:
    secret = Section("Voor het KCC", "Een paspoort kost € 86,20.", SectionKind.NOTE, Visibility.INTERNAL)
    (objection,) = objections(with_text(Section("", "Bel ons."), secret), NOW)
    assert objection.sentence == wording.FACT_INTERNAL.format(fact=DRAFT.fact)


def test_a_list_of_links_is_never_quoted_so_its_fact_does_not_count() -> None:
    links = Section("Meer", "Een paspoort kost € 86,20.", SectionKind.LINKS)
    assert fields(with_text(Section("", "Bel ons."), links)) == ["fact"]


@pytest.mark.parametrize("field", ["checks", "wordings"])
def test_a_question_about_a_person_is_refused_and_named_without_its_data(field: str) -> None:
    said = "Ik ben geboren op 3-4-1985 en mijn bsn is 123456782, wat kost dat?"
    changed: dict[str, Any] = {field: (said, *getattr(DRAFT, field)[1:], "Iets anders?")}
    refused = objections(replace(DRAFT, **changed), NOW)
    assert [each.field for each in refused] == [field]
    assert "een burgerservicenummer" in refused[0].sentence
    assert not re.search(r"\d{4}", refused[0].sentence)


def test_an_address_of_the_municipality_may_stand_in_a_text_and_is_pointed_out() -> None:
    draft = with_text(Section("", "Een paspoort kost € 86,20. Kom naar Raadhuisplein 1 of bel 0999 55 1000."))
    assert fields(draft) == []
    assert any("een telefoonnummer" in each for each in advice(draft))


def test_a_citizen_service_number_may_not_stand_in_a_text() -> None:
    draft = with_text(Section("", "Een paspoort kost € 86,20. Zijn bsn is 123456782."))
    assert fields(draft) == ["sections"]


def test_every_kind_of_personal_data_has_words() -> None:
    assert set(wording.PERSONAL_DATA) == set(PersonalDataKind)


def test_what_lint_says_of_a_draft_is_said_in_dutch() -> None:
    odd = replace(
        TEXT, title=" ", owner="",
        sections=(Section("Leeg", " "), Section("", f"Kosten XX. {'woord ' * 40}.")),
    )  # fmt: skip
    said = lint.lint(odd)
    assert len(said) == 5  # every rule that needs no links has something to say
    dutch = advice(replace(DRAFT, document=odd))
    assert not set(said) & set(dutch)
    assert len(dutch) == 5
