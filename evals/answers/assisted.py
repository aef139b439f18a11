"""Answering with a language model's help, as the service is put together, at any address."""

from __future__ import annotations

from evals.llm.compare import rewording_at
from service.answering.pipeline import Answering
from service.app import assisted
from service.composers.llm.answerable import SecondReading
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Limits
from service.composers.llm.tasks import Task
from service.language_model import LanguageModel
from service.settings import listed


def calls_at(url: str, model: str, key: str = "", seconds: float = 8.0) -> Calls:
    """Calls without a daily budget. Raises ValueError without an address."""
    if not url or not model:
        raise ValueError("a model needs --endpoint and --model")
    return rewording_at(url, model, key, Limits(total_seconds=seconds)).calls


def assisted_by(answering: Answering, calls: Calls, tasks: str) -> Answering:
    """The same answering, helped with these tasks. Raises ValueError for one that is not known."""
    return assisted(answering, LanguageModel(calls, calls, calls, frozenset(map(Task, listed(tasks)))))


def second_reader_at(url: str, model: str, key: str = "", seconds: float = 8.0) -> SecondReading:
    """The model as a second reader. Raises ValueError without an address."""
    return SecondReading(calls_at(url, model, key, seconds))
