"""Who holds the token of a conversation reads it back and erases it; staff erase it by its id (guard P6)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from service.domain.question import AGENT, VISITOR, Channel
from service.web.desk import Desk, UnknownConversation
from tests.service.web.conftest import desk_in, settings_in
from tests.service.web.fakes import FakeAnswering


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(settings_in(tmp_path), FakeAnswering())


def begun(desk: Desk) -> tuple[uuid.UUID, str]:
    reply = desk.ask("Wat kost een paspoort?", Channel.WEBSITE, "nl", VISITOR)
    assert reply.token
    return reply.turn.question.conversation, reply.token


def test_the_holder_of_the_token_reads_all_but_what_staff_were_shown(desk: Desk) -> None:
    conversation, token = begun(desk)
    desk.ask("En een kaart?", Channel.WEBSITE, "nl", VISITOR, conversation, token)
    desk.ask("Spoed?", Channel.SIDEBAR, "nl", AGENT, conversation, token)
    texts = [turn.question.text for turn in desk.transcript(conversation, token)]
    assert texts == ["Wat kost een paspoort?", "En een kaart?"]


def test_nobody_else_reads_or_erases(desk: Desk) -> None:
    (conversation, token), (_, other) = begun(desk), begun(desk)
    for wrong in (other, "", "x" * 43):
        with pytest.raises(UnknownConversation):
            desk.transcript(conversation, wrong)
        assert not desk.erase(conversation, wrong)
    assert not desk.erase(uuid.uuid4(), token)
    assert len(desk.transcript(conversation, token)) == 1


def test_what_is_erased_is_gone(desk: Desk, tmp_path: Path) -> None:
    conversation, token = begun(desk)
    desk.ask("Mag een kanariekwekerij?", Channel.WEBSITE, "nl", VISITOR, conversation, token)
    assert desk.erase(conversation, token)
    assert not desk.erase(conversation, token)
    with pytest.raises(UnknownConversation):
        desk.transcript(conversation, token)
    with pytest.raises(UnknownConversation):
        desk.ask("Nog een", Channel.WEBSITE, "nl", VISITOR, conversation, token)
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"kanariekwekerij" not in content


def test_what_is_past_its_time_is_not_read_back(desk: Desk) -> None:
    conversation, token = begun(desk)
    now = desk.now()
    for days, kept in ((desk.retention_days - 1, 1), (desk.retention_days + 1, 0)):
        later = replace(desk, now=lambda days=days: now + timedelta(days=days))  # type: ignore[misc]
        if kept:
            assert len(later.transcript(conversation, token)) == kept
        else:
            with pytest.raises(UnknownConversation):
                later.transcript(conversation, token)


def test_staff_erase_without_a_token(desk: Desk) -> None:
    conversation, token = begun(desk)
    assert desk.erase_for(conversation, "somebody")
    assert not desk.erase_for(conversation, "somebody")
    with pytest.raises(UnknownConversation):
        desk.transcript(conversation, token)
