"""`/duo/teksten`: writing a text and seeing what it would answer."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from service.domain.draft import Draft
from service.domain.gap import Gap
from service.domain.person import Person
from service.duos.draft_rules import DraftRefused
from service.duos.draft_texts import EDITED, Changes, key_of, under_way
from service.duos.drafting import DraftChanged, UnknownText
from service.duos.review import ReviewRefused
from service.web import wording_duo as wording
from service.web.duo.differences import compare
from service.web.duo.editor import MOST_SECTIONS, as_typed, changes_of, differing_fields, product_options
from service.web.duo.moments import moment_in_words
from service.web.duo.text_views import conflict_page, editor_page, read_page, tried
from service.web.duo.work import Work, Worker, draft_of, duo_page, gap_of, name_of, work_of
from service.web.forms import form_of, long_form_of
from service.web.pages import page

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]
LongForm = Annotated[dict[str, str], Depends(long_form_of)]


@router.post("/duo/signalen/{number}/concept")
def begin(request: Request, person: Worker, number: int, form: Form) -> Response:
    """A new text for a signal, or a copy of a published one to mend; one that is under way is taken up."""
    work = work_of(request)
    gap, mends = gap_of(work, number, person), form.get("verbetert", "")
    try:
        known = under_way(work.drafts.of_gap(gap.id), mends)
        draft = known or work.drafts.begin(with_product(work, gap), person, mends)
    except (UnknownText, ReviewRefused):
        return RedirectResponse(f"/duo/signalen/{number}", 303)
    return RedirectResponse(f"/duo/teksten/{draft.id}", 303)


@router.get("/duo/teksten/{id}")
def text(
    request: Request, person: Worker, id: uuid.UUID, gedaan: str = "", delen: int = 1, bekijk: bool = False
) -> Response:
    """A text: to write on, to review, or with its proof."""
    work = work_of(request)
    draft, gap = draft_of(work, id, person)
    values: dict[str, Any] = {"done": wording.DONE.get(gedaan, "")}
    values |= tried(work, draft, gap) if bekijk else {}
    if draft.state in EDITED and not gap.state.is_closed:
        sections = min(max(delen, 1), MOST_SECTIONS)
        return editor_page(request, work, draft, gap, person, sections=sections, **values)
    return read_page(request, work, draft, gap, person, **values)


@router.post("/duo/teksten/{id}")
def save(request: Request, person: Worker, id: uuid.UUID, form: LongForm) -> Response:
    """Keep what was typed, and do what the button says."""
    work = work_of(request)
    draft, gap = draft_of(work, id, person)
    changes = changes_in(work, draft, gap, form)
    seen = form.get("versie", "")
    base = replace(draft, version=int(seen)) if seen.isdecimal() else draft
    typed = as_typed(base, changes)
    try:
        saved = work.drafts.save(base, changes, person)
    except DraftRefused as refused:
        objections = refused.objections
        return editor_page(request, work, typed, gap, person, 400, objections=objections, typed=changes)
    except DraftChanged as changed:
        return conflict_page(request, work, changed, typed, gap, person, changes)
    except ReviewRefused as refused:
        return editor_page(request, work, typed, gap, person, 403, wrong=refused.sentence, typed=changes)
    if form.get("doe") == "indienen":
        return _submitted(request, work, saved, gap, person)
    return RedirectResponse(_after(saved, form), 303)


@router.post("/duo/teksten/{id}/voorbeeld")
def preview(request: Request, person: Worker, id: uuid.UUID, form: LongForm) -> Response:
    """What is typed now, tried out: a piece of the page, for the script. Nothing is kept."""
    work = work_of(request)
    draft, gap = draft_of(work, id, person)
    if draft.state in EDITED:
        draft = as_typed(draft, changes_in(work, draft, gap, form))
    return page("duo/preview_part.html", **tried(work, draft, gap), duo=wording)


@router.get("/duo/teksten/{id}/versies")
def versions(request: Request, person: Worker, id: uuid.UUID, versie: int = 0) -> Response:
    """Every version that somebody saved, and how one differs from the one before it."""
    work = work_of(request)
    draft, gap = draft_of(work, id, person)
    kept = work.drafts.versions(draft.id)
    chosen = next((each for each in kept if each.version == versie), kept[-1])
    place = kept.index(chosen)
    before, now = kept[place - 1] if place else None, work.now()
    return duo_page(
        request,
        person,
        "duo/versions.html",
        draft=draft,
        gap=gap,
        title=draft.document.title or wording.UNTITLED,
        versions=[
            (
                each.version,
                each.aside,
                name_of(request, each.saved_by),
                moment_in_words(each.saved_at, now),
            )
            for each in reversed(kept)
        ],
        chosen=chosen.version,
        before=before.version if before else 0,
        comparison=compare(before.draft.document, chosen.draft.document) if before else None,
        fields=list(differing_fields(before.draft, chosen.draft)) if before else [],
    )


def _submitted(request: Request, work: Work, saved: Draft, gap: Gap, person: Person) -> Response:
    """Given to the other half; or, saved as it is, back with what has to change first."""
    try:
        work.drafts.submit(saved, person)
    except DraftRefused as refused:
        return editor_page(request, work, saved, gap, person, 400, objections=refused.objections)
    except DraftChanged as changed:
        return conflict_page(request, work, changed, saved, gap, person)
    return RedirectResponse(f"/duo/teksten/{saved.id}?gedaan=ingediend", 303)


def _after(saved: Draft, form: dict[str, str]) -> str:
    """Where one goes after saving: on with the same text, with room for one more section, or its preview."""
    address, pressed = f"/duo/teksten/{saved.id}", form.get("doe", "")
    shown = sum(name.startswith("deel-") for name in form)
    if pressed == "erbij":
        return f"{address}?delen={shown + 1}#deel-{shown + 1}"
    if pressed.startswith("weg-"):
        return f"{address}?gedaan=bewaard#delen"
    if pressed == "bekijken":
        return f"{address}?bekijk=1#voorbeeld"
    return f"{address}?gedaan=bewaard"


def changes_in(work: Work, draft: Draft, gap: Gap, form: dict[str, str]) -> Changes:
    """What somebody typed in the form of a text."""
    products = [value for value, _ in product_options(gap, draft, work.signals.rules.ownership())]
    return changes_of(form, draft, products)


def with_product(work: Work, gap: Gap) -> Gap:
    """The signal with the product that a new text for it is probably about: its own, else that of the text
    that came closest, else the only one of its duo. The form can choose another."""
    if gap.product:
        return gap
    text = work.drafts.library.document(key_of(gap.collection, gap.document)) if gap.document else None
    duo = work.signals.rules.ownership().duo(gap.owner.duo) if gap.owner.duo else None
    likely = (
        text.products if text and text.products else duo.products if duo and len(duo.products) == 1 else ()
    )
    return replace(gap, product=likely[0]) if likely else gap
