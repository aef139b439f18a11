"""What the model is told: a prompt out of a file with a version, and passages as quoted material.

Every call has its own marks and its own token for each passage: a text cannot know them beforehand, and so
cannot close its own quotation or name another passage.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from embeddings.plain_text import fold_spaces, strip_controls
from service.composers.llm.facts.material import Cited
from service.composers.llm.facts.vocabulary import words_of
from service.composers.llm.orders import holds_order

PROMPTS = Path(__file__).with_name("prompts")
LONGEST_PASSAGE = 2_500  # characters
SHORTEST_OF_PROMPT = 4  # words


@dataclass(frozen=True)
class Prompt:
    """A prompt as its file gives it."""

    name: str
    version: str
    date: str
    text: str

    @property
    def label(self) -> str:
        return f"{self.name} {self.version} ({self.date})"


@dataclass(frozen=True)
class Told:
    """All that the model is told, and the passage behind each token."""

    system: str
    user: str
    tokens: dict[str, int]


@cache
def prompt_of(name: str) -> Prompt:
    """The prompt of this name."""
    head, _, text = (PROMPTS / f"{name}.txt").read_text(encoding="utf-8").partition("\n---\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    return Prompt(name, values["versie"], values["datum"], text.strip())


@cache
def prompts() -> tuple[Prompt, ...]:
    """All prompts there are."""
    return tuple(prompt_of(file.stem) for file in sorted(PROMPTS.glob("*.txt")))


def told(
    prompt: str,
    parts: Sequence[tuple[str, str]],
    passages: Sequence[Cited],
    draw: Callable[[int], str] = secrets.token_hex,
) -> Told:
    """A prompt with what it is about: named parts, such as the question, and passages that can be cited.

    Each stands between marks of this call alone.
    """
    mark = draw(4)
    tokens = {f"p{number}{draw(2)}": number for number in range(len(passages))}
    quoted = [_quoted(name, mark, quotable(text)) for name, text in parts]
    for token, number in tokens.items():
        quoted.append(_quoted(f"passage {token}", mark, _passage(passages[number])))
    return Told(prompt_of(prompt).text, "\n\n".join(quoted), tokens)


def without_orders(passage: Cited) -> Cited:
    """The passage; nothing is left of one that holds an order to a model, for all of it may be forged."""
    return Cited("", "", "") if is_steered(passage) else passage


def is_steered(passage: Cited) -> bool:
    """Whether a passage tells the one who writes the answer what to do."""
    return any(map(holds_order, (passage.title, passage.heading, passage.text)))


def is_of_the_prompt(sentence: str) -> bool:
    """Whether a sentence stands in one of our prompts: those are shown to nobody."""
    said = words_of(sentence)
    return len(said) >= SHORTEST_OF_PROMPT and any(
        f" {' '.join(said)} " in f" {' '.join(words_of(prompt.text))} " for prompt in prompts()
    )


def quotable(text: str) -> str:
    """The text without unseen characters, and without what looks like one of our marks."""
    return fold_spaces(strip_controls(text)).replace("«", '"').replace("»", '"')


def _passage(passage: Cited) -> str:
    above = "\n".join(part for part in (passage.title, passage.heading) if part)
    return quotable(f"{above}\n\n{passage.text}"[:LONGEST_PASSAGE])


def _quoted(name: str, mark: str, text: str) -> str:
    return f"«begin {name} {mark}»\n{text}\n«einde {mark}»"
