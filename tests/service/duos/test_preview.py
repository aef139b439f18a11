"""Looking at an answer with a draft in it, while nobody else gets it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from embeddings.document import Section, SectionKind, Visibility
from service.domain.answer import Status
from service.domain.question import Channel
from tests.service.duos.houses import ANNA
from tests.service.duos.writing_room import HOW_LONG, Room, changes, open_room

LITERALLY = "Een kinderpaspoort is jaar geldig?"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return open_room(tmp_path)


def test_the_answer_is_the_one_that_publishing_would_give(room: Room) -> None:
    draft = room.written(room.gap())
    sidebar = room.drafts.preview(draft, LITERALLY, Channel.SIDEBAR)
    assert sidebar.status is Status.ANSWERED
    assert "5 jaar" in sidebar.text
    website = room.drafts.preview(draft, HOW_LONG, Channel.WEBSITE)
    assert website.candidates[0].document == f"redactie:{draft.document.id}"
    assert not any(each.startswith("redactie:") for each in room.ask(HOW_LONG).ranked)


def test_typing_on_shows_the_new_text(room: Room) -> None:
    draft = room.written(room.gap())
    room.drafts.preview(draft, LITERALLY, Channel.SIDEBAR)
    longer = room.drafts.save(draft, changes(draft, text="Een kinderpaspoort is 9 jaar geldig."), ANNA)
    assert "9 jaar" in room.drafts.preview(longer, LITERALLY, Channel.SIDEBAR).text


def test_a_mended_text_is_shown_in_the_place_of_the_original(room: Room) -> None:
    text = "Een paspoort kost € 90,00. U haalt het op bij de balie."
    draft = room.written(room.gap(), mends="vac:paspoort", text=text)
    answer = room.drafts.preview(draft, "Een paspoort kost?", Channel.SIDEBAR)
    assert "€ 90,00" in answer.text
    assert "vac:paspoort" not in {each.document for each in answer.candidates}
    assert room.first("Een paspoort kost?") == "vac:paspoort"


def test_an_internal_note_is_for_the_sidebar_alone(room: Room) -> None:
    draft = room.drafts.begin(room.gap(), ANNA)
    typed = changes(draft)
    note = Section("Intern", "Balie knutselt zelf.", SectionKind.NOTE, Visibility.INTERNAL)
    whole = replace(typed.document, sections=(*typed.document.sections, note))
    draft = room.drafts.save(draft, replace(typed, document=whole), ANNA)
    own = f"redactie:{draft.document.id}"
    for channel, seen in ((Channel.SIDEBAR, True), (Channel.WEBSITE, False)):
        answer = room.drafts.preview(draft, "Balie knutselt zelf?", channel)
        texts = [each.text for each in answer.candidates if each.document == own]
        assert ("Balie knutselt zelf." in texts) is seen


def test_a_wording_is_tried_before_it_is_known(room: Room) -> None:
    odd = "Zoef zoef knibbel knabbel?"
    draft = room.written(room.gap(), wordings=(odd,))
    own = f"redactie:{draft.document.id}"
    assert room.drafts.preview(draft, odd, Channel.SIDEBAR).candidates[0].document == own
    link = room.drafts.link(
        room.hall.again(room.gap()), "vac:grofvuil", odd, ANNA, "op afspraak", ("a b", "c d")
    )
    assert room.drafts.preview(link, odd, Channel.SIDEBAR).candidates[0].document == "vac:grofvuil"
    assert room.library.wordings("merelveen") == {}
