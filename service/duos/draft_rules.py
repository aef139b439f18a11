"""What has to be right before a draft goes to the other half, and what a duo should look at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from embeddings.document import SectionKind, Visibility
from ingest import editorial
from service.answering.redaction import PersonalDataKind, redact
from service.domain.draft import Draft
from service.domain.question import MAXIMUM_LENGTH
from service.duos import wording_drafts as wording
from service.duos.comparing import holds, same_question

LEAST_CHECKS = 2
LONGEST_TITLE, LONGEST_FACT, LONGEST_TEXT = 200, 200, 20_000  # characters
# Never in a municipal text. The rest (a telephone number, an address) stood in 89 of the demo's 224 texts
# and was never a person's: of that the duo is told, and decides.
NEVER_IN_A_TEXT = frozenset(
    {
        PersonalDataKind.BSN,
        PersonalDataKind.BIRTH_DATE,
        PersonalDataKind.LICENCE_PLATE,
        PersonalDataKind.CASE_NUMBER,
        PersonalDataKind.PAYMENT_CARD,
        PersonalDataKind.LOGIN_CODE,
    }
)
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\S*")


@dataclass(frozen=True)
class Objection:
    """Something that has to change first. `field` is what it is about: title, sections, fact, checks,
    wordings, url, validity, assistance."""

    field: str
    sentence: str


class DraftRefused(Exception):
    """A draft cannot be kept, or go on, as it is: `objections` say why."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__("; ".join(each.sentence for each in objections))
        self.objections = tuple(objections)


def objections(draft: Draft, now: datetime) -> list[Objection]:
    """Everything that has to change before the other half looks at it."""
    rules = (personal, _unchecked, _title, _text, _fact, _checks, _lengths, _address)
    return [*(each for rule in rules for each in rule(draft)), *_validity(draft, now)]


def advice(draft: Draft) -> list[str]:
    """What the duo and the reviewer should look at; nothing is refused for it."""
    found = [wording.advice_of(warning) for warning in editorial.check_text(draft.document)]
    contact = _found_in([draft.fact, *_texts(draft)], set(PersonalDataKind) - NEVER_IN_A_TEXT)
    return [*found, *([wording.CONTACT.format(found=", ".join(contact))] if contact else [])]


def personal(draft: Draft) -> Iterator[Objection]:
    """Data about a person, which may not even be kept."""
    everything = frozenset(PersonalDataKind)
    looked_at: tuple[tuple[str, Sequence[str], Collection[PersonalDataKind]], ...] = (
        ("title", [draft.document.title], everything),
        ("sections", _texts(draft), NEVER_IN_A_TEXT),
        ("fact", [draft.fact], NEVER_IN_A_TEXT),
        ("checks", draft.checks, everything),
        ("wordings", draft.wordings, everything),
    )
    for field, texts, kinds in looked_at:
        if found := _found_in(texts, kinds):
            sentence = wording.PERSONAL.format(field=wording.FIELDS[field], found=", ".join(found))
            yield Objection(field, sentence)


def _unchecked(draft: Draft) -> Iterator[Objection]:
    """Who wrote last answers for every sentence of a model."""
    if draft.assistance and draft.assistance.checked_by != draft.author:
        yield Objection("assistance", wording.AI_UNCHECKED)


def _title(draft: Draft) -> Iterator[Objection]:
    title = draft.document.title.strip()
    if not title:
        yield Objection("title", wording.TITLE_EMPTY)
    if len(title) > LONGEST_TITLE:
        yield Objection("title", wording.TITLE_LONG.format(most=LONGEST_TITLE))


def _text(draft: Draft) -> Iterator[Objection]:
    length = sum(len(text) for text in _texts(draft))
    if not any(part.text.strip() for part in draft.document.sections):
        yield Objection("sections", wording.NO_TEXT)
    if length > LONGEST_TEXT:
        yield Objection("sections", wording.TOO_LONG.format(most=LONGEST_TEXT))


def _fact(draft: Draft) -> Iterator[Objection]:
    """The fact stands in one section that can be quoted, or no quote will ever hold it."""
    fact = draft.fact.strip()
    quotable = [part for part in draft.document.sections if part.kind is not SectionKind.LINKS]
    with_fact = [part for part in quotable if fact and holds(part.text, fact)]
    public = draft.document.visibility is Visibility.PUBLIC
    if not fact:
        yield Objection("fact", wording.FACT_EMPTY)
    elif len(fact) > LONGEST_FACT:
        yield Objection("fact", wording.FACT_LONG.format(most=LONGEST_FACT))
    elif not with_fact:
        yield Objection("fact", wording.FACT_MISSING.format(fact=fact))
    elif public and all(part.visibility is Visibility.INTERNAL for part in with_fact):
        yield Objection("fact", wording.FACT_INTERNAL.format(fact=fact))


def _checks(draft: Draft) -> Iterator[Objection]:
    """A check proves something only when it is not what the index was given."""
    checks = [each for each in draft.checks if each.strip()]
    if len(checks) < LEAST_CHECKS:
        yield Objection("checks", wording.CHECKS_FEW.format(least=LEAST_CHECKS))
    for one, other in combinations(checks, 2):
        if same_question(one, other):
            yield Objection("checks", wording.CHECK_TWICE.format(question=one))
    for check in checks:
        if same_question(check, draft.document.title):
            yield Objection("checks", wording.CHECK_IS_TITLE.format(question=check))
        if any(same_question(check, each) for each in draft.wordings):
            yield Objection("checks", wording.CHECK_IS_WORDING.format(question=check))


def _lengths(draft: Draft) -> Iterator[Objection]:
    for field, questions in (("checks", draft.checks), ("wordings", draft.wordings)):
        for question in questions:
            if len(question) > MAXIMUM_LENGTH:
                sentence = wording.QUESTION_LONG.format(question=question[:40], most=MAXIMUM_LENGTH)
                yield Objection(field, sentence)


def _address(draft: Draft) -> Iterator[Objection]:
    if draft.document.url and not _WEB_ADDRESS.fullmatch(draft.document.url):
        yield Objection("url", wording.ADDRESS)


def _validity(draft: Draft, now: datetime) -> Iterator[Objection]:
    until = draft.document.valid_until
    if until is not None and until <= now:
        yield Objection("validity", wording.NO_LONGER_HOLDS)


def _texts(draft: Draft) -> list[str]:
    return [text for part in draft.document.sections for text in (part.heading, part.text)]


def _found_in(texts: Sequence[str], kinds: Collection[PersonalDataKind]) -> list[str]:
    """What was found of these kinds, in words, each once; never the data itself."""
    found = (finding.kind for text in texts for finding in redact(text).findings)
    return list(dict.fromkeys(wording.PERSONAL_DATA[kind] for kind in found if kind in kinds))
