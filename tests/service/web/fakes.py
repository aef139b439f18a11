"""A stand-in for the answering: it knows a handful of texts and takes personal data out for real."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from service.answering.redaction import redact
from service.answering.unanswered import Unanswered
from service.domain.answer import Answer, Candidate, Certainty, Sentence, Source, Status
from service.domain.question import Asked, Asker, Question

MODIFIED = datetime(2026, 7, 3, 12, tzinfo=UTC)
PASSPORT = (
    "Een paspoort vraagt u aan bij de balie. Een paspoort kost € 83,87. U betaalt met pin.\n\n"
    "Neem dit mee:\n• uw oude paspoort\n• een pasfoto van nu\n\n"
    "Document\tLeeftijd\tPrijs\nPaspoort\t18 jaar of ouder\t€ 83,87\nPaspoort\tjonger dan 18 jaar\t€ 63,42"
)
CARD = "Een identiteitskaart kost € 78,92. U krijgt hem na 5 werkdagen."
NOTE = "Vraag altijd of de klant een spoedaanvraag wil. Spoed kost € 59,33 extra."
ENGLISH = "A passport costs € 83.87. You pay by card at the desk."


def passport(**changes: object) -> Candidate:
    values: dict[str, object] = {
        "document": "vac:paspoort",
        "title": "Wat kost een paspoort?",
        "heading": "Kosten en betalen",
        "text": PASSPORT,
        "marked": ("Een paspoort kost € 83,87.",),
        "url": "https://www.merelveen.example/paspoort",
        "owner": "Burgerzaken",
        "modified_at": MODIFIED,
        "certainty": Certainty.HIGH,
    }
    return Candidate(**(values | changes))  # type: ignore[arg-type]


IDENTITY_CARD = passport(
    document="vac:id-kaart",
    title="Identiteitskaart aanvragen",
    heading="",
    text=CARD,
    marked=(),
    certainty=Certainty.MEDIUM,
)
ENGLISH_PASSPORT = passport(
    document="sdg:paspoort-en",
    title="Applying for a passport",
    heading="Costs",
    text=ENGLISH,
    marked=("A passport costs € 83.87.",),
    certainty=Certainty.LOW,
    language="en",
)
STAFF_NOTE = passport(
    document="kennisartikel:spoed",
    title="Spoed bij een paspoort",
    heading="Interne notitie",
    text=NOTE,
    marked=("Spoed kost € 59,33 extra.",),
    certainty=Certainty.MEDIUM,
    internal=True,
)


@dataclass(frozen=True)
class FakeAnswered:
    question: Question
    answer: Answer
    unanswered: tuple[Unanswered, ...] = ()
    product: str = ""


@dataclass(frozen=True)
class FakeSuggestions:
    candidates: tuple[Candidate, ...] = ()
    removed: tuple[str, ...] = ()
    degraded: bool = False


@dataclass(frozen=True)
class FakeCondition:
    state: str = "ready"
    reasons: tuple[str, ...] = ()


@dataclass
class FakeAnswering:
    """Answers by the words in the question: "kapot" breaks, "onbekend" finds nothing, and so on."""

    degraded: bool = False
    delay: float = 0.0
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked, asker: Asker) -> FakeAnswered:
        self.asked.append(asked)
        time.sleep(self.delay)
        if "kapot" in asked.text:
            raise RuntimeError(f"cannot answer {asked.text}")
        redacted = redact(asked.text)
        question = Question(
            text=redacted.text,
            channel=asked.channel,
            collection=asked.collection,
            language=asked.language,
            conversation=asked.conversation,
            removed=tuple(dict.fromkeys(one.kind.value for one in redacted.findings)),
            earlier=asked.earlier,
        )
        return FakeAnswered(question, self._answer(redacted.text, asker))

    def suggest(self, text: str, asker: Asker, language: str, limit: int) -> FakeSuggestions:
        time.sleep(self.delay)
        if "kapot" in text:
            raise RuntimeError(f"cannot search {text}")
        redacted = redact(text)
        removed = tuple(dict.fromkeys(one.kind.value for one in redacted.findings))
        found = () if "onbekend" in text else _candidates(asker)[:limit]
        return FakeSuggestions(found, removed, self.degraded)

    def condition(self) -> FakeCondition:
        return FakeCondition("degraded", ("no_model",)) if self.degraded else FakeCondition()

    def _answer(self, text: str, asker: Asker) -> Answer:
        candidates = _candidates(asker)
        for word, status in _BY_WORD.items():
            if word in text:
                kept = () if status in _WITHOUT_CANDIDATES else candidates
                return Answer(status, candidates=kept, degraded=self.degraded)
        if self.degraded:
            return Answer(Status.LOW_CONFIDENCE, candidates=candidates, degraded=True)
        return _cited(candidates)


_BY_WORD = {
    "onbekend": Status.NO_SOURCE,
    "twijfel": Status.LOW_CONFIDENCE,
    "kaart of pas": Status.CLARIFY_PRODUCT,
    "mijn zaak": Status.PERSONAL_CASE,
    "uitkering van het rijk": Status.OTHER_AUTHORITY,
    "het weer": Status.OUT_OF_SCOPE,
    "scheldwoord": Status.ABUSE,
    "in gevaar": Status.CRISIS,
    "storing": Status.ERROR_RETRIEVAL,
}
_WITHOUT_CANDIDATES = {Status.NO_SOURCE, Status.ABUSE, Status.OUT_OF_SCOPE, Status.ERROR_RETRIEVAL}


def _candidates(asker: Asker) -> tuple[Candidate, ...]:
    if asker.staff:
        return passport(owner="Burgerzaken, duo Reisdocumenten"), STAFF_NOTE, IDENTITY_CARD
    return passport(), IDENTITY_CARD, ENGLISH_PASSPORT


def _cited(candidates: tuple[Candidate, ...]) -> Answer:
    first = candidates[0]
    source = Source(
        1, first.document, first.title, first.heading, first.text, first.url, first.modified_at, first.owner
    )
    sentences = (
        Sentence("Een paspoort kost € 83,87.", (1,)),
        Sentence("U betaalt met pin.", (1,)),
        Sentence("Neem dit mee:", (1,)),
        Sentence("uw oude paspoort", (1,)),
        Sentence("een pasfoto van nu", (1,)),
        Sentence("Paspoort\t18 jaar of ouder\t€ 83,87", (1,)),
    )
    return Answer(Status.ANSWERED, Certainty.HIGH, 0.93, sentences, (source,), candidates)
