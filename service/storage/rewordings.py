"""What a model made of an answer, kept with the turn that it belongs to, and looked up by its words."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, select, update

from embeddings.store.database import writing
from service.domain.answer import Answer, Rewording
from service.storage.drafts import begun_with
from service.storage.generated import digests_of, note_generated
from service.storage.model_tables import generated
from service.storage.questions import ANSWER
from service.storage.tables import questions


@dataclass(frozen=True)
class Written:
    """A text that a model wrote here: which one, and when."""

    model: str
    made_at: datetime


class Rewordings:
    """The rewordings of one municipality."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self._engine = engine
        self._collection = collection

    def keep(self, question_id: uuid.UUID, rewording: Rewording) -> Rewording | None:
        """Keep it, unless there is one already: then that one, which is what was shown. None when the
        question is gone."""
        own = questions.c.collection == self._collection, questions.c.id == question_id
        with writing(self._engine).begin() as connection:
            kept = connection.execute(select(questions.c.answer).where(*own)).scalar_one_or_none()
            if kept is None:
                return None
            answer: Answer = ANSWER.validate_python(kept)
            if answer.rewording:
                return answer.rewording
            with_it = ANSWER.dump_python(replace(answer, rewording=rewording), mode="json")
            connection.execute(update(questions).where(*own).values(answer=with_it))
            texts = [rewording.text, *(sentence.text for sentence in rewording.sentences)]
            note_generated(
                connection, self._collection, question_id, texts, rewording.model, rewording.made_at
            )
        return rewording

    def find(self, text: str) -> Written | None:
        """Whether a model wrote this text, or a sentence of it, in what is still kept: for who asked, or to
        begin a text of a duo with."""
        digests = digests_of([text, *_sentences(text)])
        query = (
            select(generated.c.model, generated.c.made_at)
            .where(generated.c.collection == self._collection, generated.c.digest.in_(digests))
            .order_by(generated.c.made_at)
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
            helped = None if row else begun_with(connection, self._collection, digests)
        if helped:
            return Written(helped.model, helped.at)
        return Written(row.model, row.made_at) if row else None


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text.strip())[:50]
