"""What we say to a question: cited sentences, or a status that says why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """Outcome of a question. The prefix groups: answered, clarify, unanswered, refused, signposted, error."""

    ANSWERED = "answered"
    ANSWERED_PARTLY = "answered_partly"
    CLARIFY_PRODUCT = "clarify_product"
    NO_SOURCE = "unanswered_no_source"
    LOW_CONFIDENCE = "unanswered_low_confidence"
    PERSONAL_CASE = "refused_personal_case"
    OTHER_AUTHORITY = "refused_other_authority"
    OUT_OF_SCOPE = "refused_out_of_scope"
    ABUSE = "refused_abuse"
    CRISIS = "signposted_crisis"
    ERROR_RETRIEVAL = "error_retrieval"

    @property
    def group(self) -> str:
        return self.value.split("_")[0]


class Certainty(StrEnum):
    """How sure we are, as people see it: a word, never a raw score (guard S8)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Source:
    """A cited passage, copied as it stood: the answer survives a later change of the text.

    `number` counts from 1 within its answer. `document` is "source:id". `owner` is a department;
    staff also get the duo.
    """

    number: int
    document: str
    title: str
    heading: str
    text: str
    url: str
    modified_at: datetime | None
    owner: str
    internal: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer with the numbers of the sources it stands in: at least one."""

    text: str
    sources: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("a sentence without a source cannot be shown")


@dataclass(frozen=True)
class Dropped:
    """A sentence of a language model that was not shown, for staff: why, and which of its words."""

    text: str
    reason: str
    what: str = ""


@dataclass(frozen=True)
class Rewording:
    """What a language model made of the quote. Without sentences the quote stands, and `kept` says why.

    `model` and `prompt` name what wrote it; every sentence names the sources that hold it.
    """

    model: str
    prompt: str
    made_at: datetime
    language: str
    sentences: tuple[Sentence, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    kept: str = ""

    def __post_init__(self) -> None:
        if bool(self.sentences) == bool(self.kept):
            raise ValueError("either sentences are shown, or there is a reason why the quote stands")

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True)
class AskedBack:
    """The sentence in which a language model asks which candidate is meant; the candidates are ours."""

    text: str
    model: str
    made_at: datetime


@dataclass(frozen=True)
class Candidate:
    """A text that may hold the answer. `marked` are the sentences of `text` that answer best."""

    document: str
    title: str
    heading: str
    text: str
    marked: tuple[str, ...]
    url: str
    owner: str
    modified_at: datetime | None
    certainty: Certainty
    internal: bool = False
    language: str = "nl"


@dataclass(frozen=True)
class Answer:
    """The outcome of a question. An answer without citations cannot be built.

    `probability`: calibrated probability that the first candidate holds the whole answer (0 to 1).
    `hint` names what the asker can do where the status alone does not say it (an authority, a
    crisis line): a key of wording.py. `open` are the parts of the question that stay unanswered.
    `sentences` are always the quote; `rewording` is what was shown in its place, if anything. `asked_back`
    is shown beside the candidates where a model worded the question back.
    """

    status: Status
    certainty: Certainty = Certainty.LOW
    probability: float = 0.0
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    hint: str = ""
    degraded: bool = False
    open: tuple[str, ...] = ()
    rewording: Rewording | None = None
    asked_back: AskedBack | None = None

    def __post_init__(self) -> None:
        known = {source.number for source in self.sources}
        cited = {number for sentence in (*self.sentences, *self.shown) for number in sentence.sources}
        if not cited <= known:
            raise ValueError(f"cites unknown sources {sorted(cited - known)}")
        if self.status.group == "answered" and not self.sentences:
            raise ValueError("an answer needs at least one cited sentence")
        if (self.status is Status.ANSWERED_PARTLY) != bool(self.open):
            raise ValueError("what is answered partly says what stays open, and nothing else does")
        if self.sentences and self.status.group not in ("answered", "signposted"):
            raise ValueError(f"{self.status} cannot hold sentences")
        if self.asked_back and self.status is not Status.CLARIFY_PRODUCT:
            raise ValueError(f"{self.status} asks nothing back")

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def shown(self) -> tuple[Sentence, ...]:
        """What was shown in the end: the reworded sentences, or those of the quote."""
        return (self.rewording.sentences if self.rewording else ()) or self.sentences

    @property
    def is_reworded(self) -> bool:
        """Whether a language model wrote what was shown."""
        return bool(self.rewording and self.rewording.sentences)
