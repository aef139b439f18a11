"""Linking a signal's question to a text that is there, found by searching all texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from embeddings.document import Document
from service.domain.gap import Gap
from service.domain.person import Person
from service.duos.draft_rules import DraftRefused, Objection
from service.duos.draft_texts import key_of
from service.duos.review import ReviewRefused
from service.web import wording_duo as wording
from service.web.duo.text_views import sections_of
from service.web.duo.texts import Text, find_texts, text_of
from service.web.duo.work import Work, Worker, by_field, duo_page, gap_of, work_of
from service.web.forms import form_of
from service.web.plain_text import plain

LONGEST_SEARCH = 200

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]


@dataclass(frozen=True)
class Attempt:
    """What somebody typed to link, and what is not right with it yet."""

    typed: Mapping[str, str] = field(default_factory=dict)
    objections: Sequence[Objection] = ()
    wrong: str = ""


@router.get("/duo/signalen/{number}/koppelen")
def choose(request: Request, person: Worker, number: int, zoek: str = "", tekst: str = "") -> Response:
    """Search for the text, or, once it is chosen, say how it is asked and what has to be in the answer."""
    work = work_of(request)
    gap = gap_of(work, number, person)
    chosen = _document(work, tekst) if tekst else None
    if chosen:
        return _form(request, work, gap, person, chosen)
    words = plain(zoek)[:LONGEST_SEARCH]
    found = find_texts(work.drafts.library, gap.collection, words or gap.question)
    return duo_page(
        request, person, "duo/search.html", gap=gap, words_typed=words, found=found, count=_count(found)
    )


@router.post("/duo/signalen/{number}/koppelen")
def link(request: Request, person: Worker, number: int, form: Form) -> Response:
    """Propose the link: the other half looks at it, as at a text."""
    work = work_of(request)
    gap = gap_of(work, number, person)
    chosen = _document(work, form.get("tekst", ""))
    if chosen is None:
        return RedirectResponse(f"/duo/signalen/{number}/koppelen", 303)
    checks = (form.get("controle-1", ""), form.get("controle-2", ""))
    try:
        work.drafts.link(gap, form["tekst"], form.get("vraag", ""), person, form.get("feit", ""), checks)
    except DraftRefused as refused:
        return _form(request, work, gap, person, chosen, 400, Attempt(form, refused.objections))
    except ReviewRefused as refused:
        return _form(request, work, gap, person, chosen, 403, Attempt(form, wrong=refused.sentence))
    return RedirectResponse(f"/duo/signalen/{number}?gedaan=koppelen", 303)


def _form(
    request: Request,
    work: Work,
    gap: Gap,
    person: Person,
    chosen: Document,
    status: int = 200,
    attempt: Attempt | None = None,
) -> Response:
    attempt = attempt or Attempt()
    return duo_page(
        request,
        person,
        "duo/link.html",
        status,
        gap=gap,
        text=text_of(chosen),
        sections=sections_of(chosen),
        typed=attempt.typed,
        objections=by_field(attempt.objections),
        wrong=attempt.wrong,
    )


def _document(work: Work, reference: str) -> Document | None:
    """The published text with this reference, or None."""
    return work.drafts.library.document(key_of(work.signals.collection, reference))


def _count(found: Sequence[Text]) -> str:
    return wording.SEARCH_COUNT.get(len(found), wording.SEARCH_COUNT_MORE.format(count=len(found)))
