"""Texts that nobody looked at for too long come on their duo's list by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from embeddings.library import Library
from service.answering.unanswered import FoundText, Unanswered
from service.domain.answer import Status
from service.domain.question import Channel, Question
from service.duos.signals import Signals
from service.storage.library_texts import ReviewedText, reviewed_before

AT_ONCE = 20  # of one round: a list does not fill up in a night


def bring_past_review(signals: Signals, library: Library, now: datetime, after_days: int) -> int:
    """Bring the texts whose last review is longer ago than that, the oldest first; returns how many.

    One that stands on a list for it, or was closed within three months, is left alone.
    """
    texts = reviewed_before(library.engine, signals.collection, now - timedelta(days=after_days))
    waiting = signals.gaps.outdated_documents(now - timedelta(days=90))
    chosen = [text for text in texts if text.document not in waiting][:AT_ONCE]
    for text in chosen:
        question = Question(text.title, Channel.SIDEBAR, signals.collection, asked_at=now)
        signals.past_review(_as_found(text, library), question)
    return len(chosen)


def _as_found(text: ReviewedText, library: Library) -> Unanswered:
    encoder = library.encoder
    return Unanswered(
        text=text.title,
        status=Status.LOW_CONFIDENCE,
        probability=0.0,
        shown=(),
        found=(FoundText(text.document, text.title, text.products, text.owner),),
        encoded=encoder.encode_query(text.title) if encoder else None,
    )
