"""Our own values as bodies of the API."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from service.domain.answer import Answer, Candidate, Sentence, Source
from service.domain.gap import Gap
from service.storage.questions import Turn
from service.web.answers import Suggestions
from service.web.api.bodies import (
    GAP_KINDS,
    GAP_STATES,
    Antwoord,
    BeantwoordeVraag,
    Bron,
    Kandidaat,
    KandidaatKort,
    Signaal,
    Wedervraag,
    Zin,
    Zoekresultaat,
)
from service.web.dates import local_date
from service.web.wording import CERTAINTIES, OUTCOMES

if TYPE_CHECKING:
    from service.duos.ownership import Ownership


def question_body(turn: Turn, signal: uuid.UUID | None = None) -> BeantwoordeVraag:
    """A turn as the API shows it, with the signal that it made, if any."""
    question, answer = turn.question, turn.answer
    return BeantwoordeVraag(
        id=question.id,
        gesprek=question.conversation,
        uitkomst=OUTCOMES[answer.status].word,
        zekerheid=CERTAINTIES[answer.certainty],
        antwoord=_answer_body(answer),
        open=list(answer.open),
        bronnen=[_source_body(source) for source in answer.sources],
        kandidaten=[_short_candidate_body(candidate) for candidate in answer.candidates],
        wedervraag=_asked_back_body(answer),
        signaal=signal,
    )


def search_body(suggestions: Suggestions) -> Zoekresultaat:
    """Suggestions as the API shows them."""
    return Zoekresultaat(
        kandidaten=[_candidate_body(candidate) for candidate in suggestions.candidates],
        verwijderd=list(suggestions.removed),
    )


def signal_body(gap: Gap, ownership: Ownership) -> Signaal:
    """A signal as the API shows it to staff."""
    duo = ownership.duo(gap.owner.duo) if gap.owner.duo else None
    return Signaal(
        id=gap.id,
        nummer=gap.number,
        stand=GAP_STATES[gap.state],
        soort=GAP_KINDS[gap.kind],
        vraag=gap.question,
        aantal=gap.asked,
        eigenaar=duo.name if duo else gap.owner.department,
        uiterlijk=_date(gap.due_at),
        reden=gap.reason,
    )


def _answer_body(answer: Answer) -> Antwoord | None:
    if not answer.sentences:
        return None
    quote = _sentences_body(answer.sentences)
    if not answer.rewording or not answer.is_reworded:
        return Antwoord(aiGegenereerd=False, zinnen=quote)
    return Antwoord(
        soort="samenvatting",
        aiGegenereerd=True,
        zinnen=_sentences_body(answer.shown),
        letterlijk=quote,
        model=answer.rewording.model,
        gemaakt=answer.rewording.made_at,
    )


def _asked_back_body(answer: Answer) -> Wedervraag | None:
    asked = answer.asked_back
    if asked is None:
        return None
    return Wedervraag(tekst=asked.text, aiGegenereerd=True, model=asked.model, gemaakt=asked.made_at)


def _sentences_body(sentences: Iterable[Sentence]) -> list[Zin]:
    return [Zin(tekst=one.text, bronnen=list(one.sources)) for one in sentences]


def _source_body(source: Source) -> Bron:
    return Bron(
        nummer=source.number,
        document=source.document,
        titel=source.title,
        kop=source.heading,
        tekst=source.text,
        url=source.url,
        bijgewerkt=_date(source.modified_at),
        eigenaar=source.owner,
    )


def _short_candidate_body(candidate: Candidate) -> KandidaatKort:
    return KandidaatKort(
        document=candidate.document,
        titel=candidate.title,
        url=candidate.url,
        zekerheid=CERTAINTIES[candidate.certainty],
    )


def _candidate_body(candidate: Candidate) -> Kandidaat:
    return Kandidaat(
        document=candidate.document,
        titel=candidate.title,
        kop=candidate.heading,
        tekst=candidate.text,
        gemarkeerd=list(candidate.marked),
        url=candidate.url,
        bijgewerkt=_date(candidate.modified_at),
        eigenaar=candidate.owner,
        taal=candidate.language,
        intern=candidate.internal,
        zekerheid=CERTAINTIES[candidate.certainty],
    )


def _date(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None
