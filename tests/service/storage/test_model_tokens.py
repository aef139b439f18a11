"""The daily budget of the model: counted over processes, and closed when it cannot be counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, select

from embeddings.store.database import open_engine
from service.storage.database import open_database
from service.storage.model_tables import model_tokens
from service.storage.model_tokens import ModelTokens, Reserved

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEXT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # the next day already, in Amsterdam


def tokens_of(engine: Engine, now: datetime = NOON, collection: str = "merelveen") -> ModelTokens:
    return ModelTokens(engine, collection, 1000, lambda: now)


def spent(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {row.site: row.tokens for row in connection.execute(select(model_tokens))}


def test_no_more_is_set_apart_than_there_is(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/t.sqlite")
    budget = tokens_of(engine)
    assert isinstance(budget.reserve("merelveen", 600), Reserved)
    assert budget.reserve("merelveen", 600) is None
    assert isinstance(budget.reserve("merelveen", 400), Reserved)
    assert budget.reserve("merelveen", 1) is None
    assert spent(engine) == {"merelveen": 1000}


def test_more_than_a_whole_day_is_never_set_apart(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/t.sqlite")
    assert tokens_of(engine).reserve("merelveen", 1001) is None
    assert spent(engine) == {}


def test_what_was_not_used_comes_back_and_what_was_used_more_is_counted(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/t.sqlite")
    for used in (100, 700):
        reserved = tokens_of(engine).reserve("merelveen", 600)
        assert reserved is not None
        reserved.settle(used)
        assert spent(engine) == {"merelveen": used if used == 100 else 800}


def test_each_site_and_each_municipality_has_its_own(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/t.sqlite")
    assert tokens_of(engine).reserve("merelveen", 1000)
    assert tokens_of(engine).reserve("zijbalk", 1000)
    assert tokens_of(engine, collection="elders").reserve("merelveen", 1000)


def test_a_new_day_begins_in_amsterdam(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/t.sqlite")
    assert tokens_of(engine).reserve("merelveen", 1000)
    assert tokens_of(engine, NEXT).reserve("merelveen", 1000)


def test_two_hundred_at_once_take_exactly_what_there_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/t.sqlite"
    open_database(url)
    budgets = [tokens_of(open_engine(url)) for _ in range(4)]  # as four processes would
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda number: budgets[number % 4].reserve("merelveen", 10), range(200)))
    assert sum(one is not None for one in taken) == 100
    assert spent(open_engine(url)) == {"merelveen": 1000}


def test_who_cannot_count_spends_nothing(tmp_path: Path) -> None:
    assert (
        tokens_of(open_engine(f"sqlite:///{tmp_path}/without_tables.sqlite")).reserve("merelveen", 1) is None
    )
