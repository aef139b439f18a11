"""The pages of a text: to write on, to read and review, and side by side when two people wrote at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from embeddings.document import Document, Visibility
from service.domain.draft import Draft, DraftState
from service.domain.gap import Gap
from service.domain.person import Person, Role
from service.duos.draft_rules import Objection
from service.duos.draft_texts import Changes, is_link, published_as
from service.duos.drafting import DraftChanged
from service.web import wording_assisted as ai
from service.web import wording_duo as wording
from service.web.answers import Refused, Unreachable, spoken
from service.web.duo.assisted import assisted_view
from service.web.duo.differences import Comparison, compare, difference
from service.web.duo.editor import differing_fields, editor_of, product_name, product_options
from service.web.duo.lists import owner_in_words
from service.web.duo.moments import moment_in_words
from service.web.duo.previews import count_in_words, previews_of, questions_of
from service.web.duo.signals import proof_of
from service.web.duo.work import Work, by_field, duo_page, four_eyes_note, name_of, replaced_by
from service.web.text_blocks import Block, text_blocks

NOT_TRIED: dict[str, Any] = {"previewed": (), "preview_count": "", "preview_failed": False}
OPEN_PROOF = (DraftState.PUBLISHED, DraftState.WITHDRAWN)


def editor_page(
    request: Request,
    work: Work,
    draft: Draft,
    gap: Gap,
    person: Person,
    status: int = 200,
    sections: int = 1,
    objections: Sequence[Objection] = (),
    wrong: str = "",
    typed: Changes | None = None,
    **values: Any,
) -> HTMLResponse:
    """The form of a text. `objections` say what is not right yet, each beside its field; `typed` is what was
    typed and not saved."""
    shared = NOT_TRIED | {"done": "", "conflict": None, "plain": None, "plain_by": ""} | values
    if typed and typed.plain and not shared["plain_by"]:
        shared["plain_by"] = f"{typed.plain.model} · {typed.plain.prompt}"
    return duo_page(
        request,
        person,
        "duo/editor.html",
        status,
        **_about(request, work, draft, gap),
        editor=editor_of(draft, sections),
        products=product_options(gap, draft, work.signals.rules.ownership()),
        audiences=[(audience.value, name) for audience, name in wording.AUDIENCES.items()],
        objections=by_field(objections),
        wrong=wrong,
        comparison=comparison_of(work, draft),
        assisted=assisted_view(request, work, draft, person.id),
        ticked=bool(typed and typed.checked),
        may_simplify=bool(work.assisting and work.assisting.may_simplify),
        **shared,
    )


def read_page(
    request: Request,
    work: Work,
    draft: Draft,
    gap: Gap,
    person: Person,
    status: int = 200,
    wrong: str = "",
    typed: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """A text as it lies with the other half, or as it was placed, with its proof."""
    submitted = draft.state is DraftState.SUBMITTED and draft.reviewed_at is None
    refusal = work.drafts.may_approve(draft, person) if submitted else ""
    proofs = work.signals.gaps.proofs(gap.id) if draft.state in OPEN_PROOF else []
    shared = NOT_TRIED | {"done": ""} | values
    return duo_page(
        request,
        person,
        "duo/text.html",
        status,
        **_about(request, work, draft, gap),
        submitted=submitted,
        may_approve=submitted and not refusal,
        refusal=refusal,
        own=draft.author == person.id,
        facts=_facts(request, work, draft, gap) if submitted else (),
        may_lift=submitted and person.has(Role.COORDINATOR),
        sections=sections_of(draft.document),
        audience=wording.AUDIENCES[draft.document.audience],
        comparison=comparison_of(work, draft),
        proof=proof_of(proofs[0], work.now()) if proofs else None,
        assisted=assisted_view(request, work, draft),
        answered_for=() if submitted else _answered_for(request, work, draft),
        wrong=wrong,
        typed=typed or {},
        **shared,
    )


def conflict_page(
    request: Request,
    work: Work,
    changed: DraftChanged,
    mine: Draft,
    gap: Gap,
    person: Person,
    typed: Changes | None = None,
) -> HTMLResponse:
    """What the other saved beside what was typed here; saving again keeps the form as it stands."""
    now = changed.now
    conflict = {
        "name": name_of(request, now.author),
        "comparison": compare(now.document, mine.document),
        "fields": [(name, difference(theirs, own)) for name, theirs, own in differing_fields(now, mine)],
        "taken": now.state is DraftState.SUBMITTED,
    }
    # saving this form again is saving on top of what is there now
    shown = replace(mine, version=now.version)
    return editor_page(request, work, shown, gap, person, 409, conflict=conflict, typed=typed)


def tried(work: Work, draft: Draft, gap: Gap) -> dict[str, Any]:
    """The signal's questions and the check questions as the draft would answer them; none as long as it is
    empty."""
    if not draft.document.title or not any(part.text for part in draft.document.sections):
        return NOT_TRIED
    questions = questions_of(gap, work.signals.gaps.askings(gap.id))
    try:
        with spoken():
            previewed = previews_of(draft, questions, work.drafts.preview)
    except (Unreachable, Refused):
        return NOT_TRIED | {"preview_failed": True}
    return {"previewed": previewed, "preview_count": count_in_words(previewed), "preview_failed": False}


def comparison_of(work: Work, draft: Draft) -> Comparison | None:
    """How a mended text differs from the published one; None for a new text, or where that one is gone."""
    mended = None if is_link(draft) else work.drafts.mended(draft)
    return compare(mended.now, draft.document) if mended and mended.now else None


def sections_of(document: Document) -> tuple[tuple[str, tuple[Block, ...], bool], ...]:
    """The sections to read: heading, text, and whether it is for staff only."""
    return tuple(
        (part.heading, text_blocks(part.text), part.visibility is Visibility.INTERNAL)
        for part in document.sections
    )


def _about(request: Request, work: Work, draft: Draft, gap: Gap) -> dict[str, Any]:
    """What every page of a text says of it."""
    mended = work.drafts.mended(draft)
    newer = replaced_by(work, draft)
    return {
        "draft": draft,
        "gap": gap,
        "link": is_link(draft),
        "published": published_as(draft),
        "title": draft.document.title or wording.UNTITLED,
        "state": wording.REPLACED if newer else wording.DRAFT_STATES[draft.state],
        "replaced": wording.REPLACED_BY.format(title=newer.document.title) if newer else "",
        "written": wording.WRITTEN_BY.format(
            name=name_of(request, draft.author), moment=moment_in_words(draft.updated_at, work.now())
        ),
        "returned": _returned(request, draft),
        "warning": mended.warning if mended else "",
        "advice": work.drafts.advice(draft) if draft.document.sections else [],
        "four_eyes": four_eyes_note(work),
    }


def _facts(request: Request, work: Work, draft: Draft, gap: Gap) -> tuple[tuple[str, str], ...]:
    """What a reviewer has to know beside the buttons: who wrote it and when, and whose signal it answers."""
    now, products = work.now(), draft.document.products
    asked = product_name(gap.product) if gap.product else wording.PRODUCT_NONE
    written = product_name(products[0]) if products else wording.PRODUCT_NONE
    author, moment = name_of(request, draft.author), moment_in_words(draft.updated_at, now)
    found = [
        (wording.FACT_AUTHOR, wording.FACT_WRITTEN.format(name=author, moment=moment)),
        (wording.FACT_SIGNAL_OWNER, owner_in_words(gap.owner, work.signals.rules.ownership())),
        (wording.FACT_PRODUCT, asked),
    ]
    return (*found, (wording.FACT_TEXT_PRODUCT, written)) if written != asked else tuple(found)


def _answered_for(request: Request, work: Work, draft: Draft) -> tuple[tuple[str, str], ...]:
    """Who answers for a text that was placed, and since when (guard A4)."""
    if draft.reviewed_at is None:
        return ()
    moment = moment_in_words(draft.reviewed_at, work.now())
    return (
        (ai.ANSWERS_FOR, name_of(request, draft.author)),
        (ai.APPROVED_BY, wording.FACT_WRITTEN.format(name=name_of(request, draft.reviewer), moment=moment)),
    )


def _returned(request: Request, draft: Draft) -> str:
    if draft.state is not DraftState.RETURNED or not draft.remark:
        return ""
    return wording.RETURNED_BY.format(name=name_of(request, draft.reviewer))
