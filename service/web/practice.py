"""`/oefenen`: practise with questions that were solved, and see the approved text with its source.

How far somebody is stands in the address of their own page; what they answer is kept nowhere. Only how many
answers were right is counted, by product and day.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from embeddings.document import DocumentKey, Visibility
from service.domain.person import Person, Role
from service.domain.question import AGENT
from service.storage.library_texts import product_names
from service.storage.practice import PracticeCount, PracticeCounts, Verdict
from service.web import wording_desk as wording
from service.web.answers import Refused, Unreachable
from service.web.cards import text_address, web_address
from service.web.dates import in_words, local_date
from service.web.desk_work import Colleague, DeskWork, Form, work_of
from service.web.office import office_page
from service.web.plain_text import plain
from service.web.text_blocks import Block, text_blocks

if TYPE_CHECKING:
    from service.domain.answer import Candidate
    from service.duos.practice import Exercises, PracticeQuestion

ADDRESS = "/oefenen"
ROUND = 10  # questions in one go
FIGURES_OF = timedelta(days=90)
HARDEST = 20
LANGUAGE = "nl"
LOOKED_AT = 3
PICK, OWN = "kiezen", "eigen"
_LONGEST = 60  # signs of a field that goes along
_LETTERS = {"g": Verdict.RIGHT, "d": Verdict.PARTLY, "n": Verdict.WRONG}
_LETTER_OF = {verdict: letter for letter, verdict in _LETTERS.items()}

router = APIRouter(prefix=ADDRESS, include_in_schema=False)


@dataclass(frozen=True)
class Session:
    """How far somebody is: about which product, in which way, what was asked, and how that went."""

    product: str = ""
    way: str = PICK
    seed: str = ""
    had: tuple[str, ...] = ()
    outcome: str = ""

    def fields(self) -> dict[str, str]:
        """It, as fields of a form or an address."""
        return {
            "onderwerp": self.product, "manier": self.way, "zaad": self.seed, "gehad": ",".join(self.had),
            "uitslag": self.outcome,
        }  # fmt: skip

    @property
    def address(self) -> str:
        """Where the next question stands, or the end."""
        return f"{ADDRESS}/vraag?{urlencode(self.fields())}"

    def after(self, key: str, verdict: Verdict) -> Session:
        """With one more question done."""
        return replace(self, had=(*self.had, key), outcome=self.outcome + _LETTER_OF[verdict])


@dataclass(frozen=True)
class Lesson:
    """The approved text: the part that answers, with the sentences that do, and its source."""

    title: str
    heading: str
    blocks: tuple[Block, ...]
    marked: bool
    fact: str
    address: str
    url: str
    owner: str
    updated: str
    internal: bool


@dataclass(frozen=True)
class HardRow:
    """How practising went about one product."""

    name: str
    count: PracticeCount


@router.get("")
def begin(request: Request, person: Colleague) -> Response:
    """What one can practise with; for a coordinator also where it goes wrong."""
    work = work_of(request)
    known, names = _exercises(work), _names(work)
    coordinating = person.has(Role.COORDINATOR)
    return _page(
        request, person, "practice/start.html",
        session=Session(seed=secrets.token_hex(4)),
        total=len(known.questions),
        products=_products(known, names),
        coordinating=coordinating,
        hardest=_hardest(work, names) if coordinating else (),
    )  # fmt: skip


@router.get("/vraag")
def question(request: Request, person: Colleague) -> Response:
    """The next question; after the last one how it went."""
    work, session = work_of(request), session_in(request.query_params)
    known = _exercises(work)
    asked = known.next(session.product, session.had, session.seed) if len(session.had) < ROUND else None
    if asked is None:
        return _page(request, person, "practice/end.html", session=session, score=_score(session.outcome))
    return _ask(request, person, known, session, asked)


@router.post("/antwoord")
def answer(request: Request, person: Colleague, form: Form) -> Response:
    """The approved text beside what was picked or written. A pick is judged, one's own words are not."""
    work, session = work_of(request), session_in(form)
    known = _exercises(work)
    asked = known.find(form.get("vraag", ""))
    if asked is None or asked.key in session.had:
        return RedirectResponse(session.address, 303)
    own, picked = plain(form.get("antwoord", "")), form.get("keuze", "")
    if session.way == PICK and picked not in {each.document for each in known.choices(asked, session.seed)}:
        return _ask(request, person, known, session, asked, 400, wording.PRACTICE_CHOOSE_FIRST)
    right = picked == asked.text.document
    after = session
    if session.way == PICK:
        after = _counted(work, session, asked, Verdict.RIGHT if right else Verdict.WRONG)
    chosen = next((each.title for each in known.texts if each.document == picked), "")
    return _page(
        request, person, "practice/answer.html",
        session=after, asked=asked, lesson=_lesson(work, asked), own=own, chosen=chosen, right=right,
        pick=session.way == PICK, number=len(session.had) + 1, count=_count(known, session),
        last=_is_last(known, after), verdicts=list(wording.VERDICTS.items()),
    )  # fmt: skip


@router.post("/oordeel")
def judge(request: Request, person: Colleague, form: Form) -> Response:
    """Somebody says how good their own words were; on to the next question."""
    work, session = work_of(request), session_in(form)
    asked, verdict = _exercises(work).find(form.get("vraag", "")), form.get("oordeel", "")
    if asked is None or asked.key in session.had or verdict not in set(Verdict):
        return RedirectResponse(session.address, 303)
    return RedirectResponse(_counted(work, session, asked, Verdict(verdict)).address, 303)


def session_in(fields: Mapping[str, str]) -> Session:
    """How far somebody is, as the fields say; what cannot be is left out."""
    had = tuple(key for key in fields.get("gehad", "").split(",") if key.isalnum())[:ROUND]
    outcome = "".join(letter for letter in fields.get("uitslag", "") if letter in _LETTERS)[: len(had)]
    way = fields.get("manier", "")
    seed = fields.get("zaad", "")[:_LONGEST]
    return Session(fields.get("onderwerp", "")[:500], way if way in (PICK, OWN) else PICK, seed, had, outcome)


def _counted(work: DeskWork, session: Session, asked: PracticeQuestion, verdict: Verdict) -> Session:
    counts = PracticeCounts(work.signals.gaps.engine, work.collection)
    counts.add(local_date(work.now()), asked.text.product, verdict)
    return session.after(asked.key, verdict)


def _ask(
    request: Request, person: Person, known: Exercises, session: Session, asked: PracticeQuestion,
    status: int = 200, wrong: str = "",
) -> Response:  # fmt: skip
    return _page(
        request, person, "practice/question.html", status,
        session=session, asked=asked, wrong=wrong, pick=session.way == PICK,
        choices=known.choices(asked, session.seed) if session.way == PICK else (),
        number=len(session.had) + 1, count=_count(known, session),
    )  # fmt: skip


def _lesson(work: DeskWork, asked: PracticeQuestion) -> Lesson | None:
    """The text as search finds it for this question; else the part of it that holds the fact, or its first.
    None when it went meanwhile."""
    source, _, id = asked.text.document.partition(":")
    document = work.drafts.library.document(DocumentKey(work.collection, source, id))
    if document is None or not document.sections:
        return None
    found = _candidate(work, asked)
    section = next(
        (each for each in document.sections if asked.fact and asked.fact in each.text), document.sections[0]
    )
    heading, text = (found.heading, found.text) if found else (section.heading, section.text)
    marks = found.marked if found else ((asked.fact,) if asked.fact in section.text else ())
    blocks = text_blocks(text, tuple(mark for mark in marks if mark))
    reviewed = document.reviewed_at or document.modified_at
    return Lesson(
        title=document.title,
        heading="" if heading == document.title else heading,
        blocks=blocks,
        marked=any(block.marked for block in blocks),
        fact=asked.fact,
        address=text_address(asked.text.document, heading),
        url=web_address(document.url),
        owner=document.owner,
        updated=in_words(local_date(reviewed)) if reviewed else "",
        internal=document.visibility is Visibility.INTERNAL,
    )


def _candidate(work: DeskWork, asked: PracticeQuestion) -> Candidate | None:
    """The text as it is found and marked for the question; None when it is not among the first."""
    try:
        found = work.answers.suggest(asked.question, AGENT, LANGUAGE, LOOKED_AT).candidates
    except (Refused, Unreachable):
        return None
    return next((each for each in found if each.document == asked.text.document), None)


def _exercises(work: DeskWork) -> Exercises:
    # imported late: it brings the library's door, and the site has to listen before that
    from service.duos.practice import exercises

    return exercises(work.drafts.library, work.collection)


def _names(work: DeskWork) -> dict[str, str]:
    return product_names(work.signals.gaps.engine, work.collection)


def _name(product: str, names: Mapping[str, str]) -> str:
    return names.get(product, product) if product else wording.PRACTICE_OTHER


def _products(known: Exercises, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The products that there are questions about, by name, with how many."""
    counts = Counter(each.text.product for each in known.questions if each.text.product)
    named = sorted((_name(product, names), product) for product in counts)
    options = [
        (
            product,
            _in_words(counts[product], wording.PRACTICE_ONE_COUNT, wording.PRACTICE_PRODUCT_COUNT, name),
        )
        for name, product in named
    ]
    return [("", wording.PRACTICE_ALL_COUNT.format(count=len(known.questions))), *options]


def _in_words(count: int, words: Mapping[int, str], more: str, name: str = "") -> str:
    return words.get(count, more).format(count=count, name=name)


def _count(known: Exercises, session: Session) -> int:
    return min(ROUND, len(known.about(session.product)))


def _is_last(known: Exercises, session: Session) -> bool:
    return len(session.had) >= ROUND or known.next(session.product, session.had, session.seed) is None


def _score(outcome: str) -> tuple[str, ...]:
    """How it went, in sentences."""
    if not outcome:
        return (wording.PRACTICE_SCORE_NONE,)
    counts = Counter(outcome)
    said = (
        ("g", wording.PRACTICE_SCORE_RIGHT),
        ("d", wording.PRACTICE_SCORE_PARTLY),
        ("n", wording.PRACTICE_SCORE_WRONG),
    )
    parts = (text.format(count=counts[letter]) for letter, text in said if counts[letter])
    return (_in_words(len(outcome), wording.PRACTICE_SCORE, wording.PRACTICE_SCORE_MORE), *parts)


def _hardest(work: DeskWork, names: Mapping[str, str]) -> tuple[HardRow, ...]:
    """The products with the smallest share right first."""
    counts = PracticeCounts(work.signals.gaps.engine, work.collection)
    found: Iterable[PracticeCount] = counts.products(local_date(work.now() - FIGURES_OF))
    ordered = sorted(found, key=lambda each: ((each.right + each.partly / 2) / each.answers, -each.answers))
    return tuple(HardRow(_name(each.product, names), each) for each in ordered[:HARDEST])


def _page(request: Request, person: Person, name: str, status: int = 200, **values: Any) -> Response:
    return office_page(request, person, name, status, desk=wording, **values)
