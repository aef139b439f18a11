"""What agents said was right: once a question and text, counted by text, of one municipality."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select

from service.storage.approvals import Approvals, approvals
from service.storage.database import open_database

DAY = date(2026, 11, 22)


def opened(folder: Path) -> Engine:
    return open_database(f"sqlite:///{folder}/a.sqlite")


def test_an_answer_counts_once_for_each_text_it_was_quoted_from(tmp_path: Path) -> None:
    kept = Approvals(opened(tmp_path), "merelveen")
    question = uuid.uuid4()
    for _ in range(2):
        kept.approve(question, ["vac:a", "vac:b", "vac:a"], DAY)
    kept.approve(uuid.uuid4(), ["vac:a"], DAY)
    assert (kept.count("vac:a"), kept.count("vac:b"), kept.count("vac:c")) == (2, 1, 0)


def test_another_municipality_counts_its_own(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    Approvals(engine, "merelveen").approve(uuid.uuid4(), ["vac:a"], DAY)
    assert Approvals(engine, "elders").count("vac:a") == 0


def test_nothing_cited_is_nothing_to_count(tmp_path: Path) -> None:
    engine = opened(tmp_path)
    Approvals(engine, "merelveen").approve(uuid.uuid4(), [], DAY)
    with engine.connect() as connection:
        assert connection.execute(select(approvals)).all() == []


def test_no_name_and_no_word_is_kept() -> None:
    assert set(approvals.columns.keys()) == {"collection", "question_id", "document", "day"}
