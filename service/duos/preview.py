"""How a question would be answered if a draft were published: for the sidebar and for the website."""

from __future__ import annotations

from collections import OrderedDict

from embeddings.document import DocumentKey
from embeddings.library import Library
from embeddings.store.wordings import Wording
from ingest.editorial import SOURCE, as_published
from service.answering.pipeline import Answering
from service.domain.answer import Answer
from service.domain.draft import Draft
from service.domain.question import Channel
from service.duos.draft_texts import is_link, key_of
from service.duos.proof import Said, ask, over

REMEMBERED = 4  # drafts that somebody looks at: the questions of one are asked one after the other


class Preview:
    """Answers with a draft in the library of this process's memory, and nowhere else."""

    def __init__(self, answering: Answering, library: Library) -> None:
        self._answering = answering
        self._library = library
        self._trials: OrderedDict[tuple[object, ...], Answering] = OrderedDict()

    def answer(self, draft: Draft, question: str, channel: Channel, language: str = "nl") -> Answer:
        """What somebody who asks this would get. Raises QuestionRefused and LibraryUnavailable."""
        return ask(self._with(draft), Said(question, channel, language)).answer

    def _with(self, draft: Draft) -> Answering:
        # a trial follows the library by itself, so only another text makes another trial
        name = (draft.id, draft.document.digest, draft.wordings, draft.mends)
        trial = self._trials.get(name)
        if trial is None:
            trial = self._trials[name] = self._made(draft)
            while len(self._trials) > REMEMBERED:
                self._trials.popitem(last=False)
        return trial

    def _made(self, draft: Draft) -> Answering:
        collection = draft.collection
        own = key_of(collection, draft.mends) if is_link(draft) else _own_key(draft)
        live = self._library.wordings(collection)
        known = {each.text for each in live.values() if each.document == own}
        fresh = [Wording(own, each) for each in draft.wordings if each not in known]
        if is_link(draft):
            trial = self._library.trial(with_wordings=fresh)
        else:
            gone = [
                id for id, each in live.items() if each.document == own and each.text not in draft.wordings
            ]
            trial = self._library.trial(
                publish=[as_published(draft.document)],
                withdraw=[key_of(collection, draft.mends)] if draft.mends else [],
                with_wordings=fresh,
                without_wordings=gone,
            )
        return over(self._answering, trial)


def _own_key(draft: Draft) -> DocumentKey:
    return DocumentKey(draft.collection, SOURCE, draft.document.id)
