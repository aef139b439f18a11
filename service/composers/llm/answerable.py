"""Whether passages answer a question, by the model: one word, which the judge weighs with all it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from embeddings.document import Hit, Visibility
from service.composers.llm.asking import may_be_used, said_to
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Said
from service.composers.llm.facts.material import Cited
from service.composers.llm.orders import holds_order
from service.composers.llm.prompting import is_steered, prompt_of, told
from service.composers.llm.tasks import Task

PROMPT = "beoordelen"
# as the judge's feature
_SAID = {"ja": 1.0, "deels": 0.0, "nee": -1.0}


@dataclass(frozen=True)
class SecondReading:
    """Reads what was found with a model. Nothing is stored here."""

    calls: Calls

    @property
    def name(self) -> str:
        """The model with the version of its prompt: what it says is calibrated for both."""
        return f"{self.calls.model}, {PROMPT} {prompt_of(PROMPT).version}"

    def reads(self, text: str, passages: Sequence[Hit], site: str) -> float | None:
        """1 when the passages answer, 0 when in part, -1 when not; None when the model did not say."""
        if not passages or any(hit.passage.visibility is not Visibility.PUBLIC for hit in passages):
            return None  # a note for staff leaves the house in nobody's words
        cited = [Cited(hit.passage.title, hit.passage.heading, hit.passage.text) for hit in passages]
        if holds_order(text) or any(map(is_steered, cited)):
            return None
        asked = told(PROMPT, [("vraag", text)], cited)
        said = said_to(self.calls, asked, site, Task.JUDGE)
        if not said:
            return None
        value = value_of(said, asked.tokens)
        flaw = "no verdict" if value is None else ""
        return value if may_be_used(self.calls, Task.JUDGE, flaw) else None


def value_of(said: Sequence[Said], tokens: Mapping[str, int]) -> float | None:
    """What one word stands for; None for more than a word, or without a passage that was given."""
    if len(said) != 1 or any(token not in tokens for token in said[0].tokens):
        return None
    value = _SAID.get(said[0].text.strip(" .!\n\t\"'").casefold())
    claims = value is not None and value >= 0
    return None if claims and not said[0].tokens else value
