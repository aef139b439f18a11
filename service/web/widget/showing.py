"""The pages of the chat and their parts: a whole page for who has no script, a part for who has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.responses import Response

from service.domain.pinned import Readers
from service.settings import Settings
from service.storage.questions import Turn
from service.web import wording_desk
from service.web.desk import Desk
from service.web.house import municipality_of
from service.web.once import new_mark
from service.web.pages import page
from service.web.pinned import pinned_now
from service.web.reception import NotReady, desk_of
from service.web.rewording import rewords
from service.web.widget.embedding import framed, theme_address
from service.web.widget.turns import TurnView, callables, dialled, turn_view
from service.web.widget.visiting import Visit
from service.web.widget.words import Said, Words
from service.web.wording_rewording import WORDS as MODEL_WORDS

FRAGMENT = "x-fragment"  # the header by which our script asks for a part


@dataclass(frozen=True)
class After:
    """What stands below an answer. `judged` is "helps", "helps_not", or nothing as long as nobody said so.

    `missing`: no fault was chosen. `email` is what somebody typed that is no address; `left`: one was left.
    """

    judged: str = ""
    missing: bool = False
    remark: str = ""
    email: str = ""
    wrong_email: bool = False
    left: bool = False


UNTOUCHED, HELPED = After(), After("helps")


@dataclass(frozen=True)
class Offers:
    """What a visitor may do with an answer: say that it does not help, and leave an address."""

    judging: bool = False
    mail: bool = False


@dataclass(frozen=True)
class Shown:
    """What is on the page besides its frame. `latest` is the id of the turn that this request brought.

    `text` stands in the field, `wrong` is what is wrong with it. `shut`: there is nothing to ask here.
    """

    turns: Sequence[Turn] = ()
    latest: str = ""
    text: str = ""
    wrong: str = ""
    notice: str = ""
    trouble: Said | None = None
    code: str = ""
    shut: bool = False
    after: Mapping[str, After] = field(default_factory=dict)


def wants_part(request: Request) -> bool:
    return FRAGMENT in request.headers


def show(request: Request, visit: Visit, shown: Shown, status: int = 200, **headers: str) -> Response:
    """The page with the conversation on it; for our script the turns alone."""
    template = "widget/part.html" if wants_part(request) else "widget/page.html"
    settings = settings_of(request)
    response = page(
        template, status, {name.replace("_", "-"): value for name, value in headers.items()},
        views=[turn_view(turn, visit.words) for turn in shown.turns],
        shown=shown,
        after=helped_of(request, shown) | dict(shown.after),
        kept=kept_in_words(settings.retention_days, visit.words),
        maximum=settings.maximum_question_length,
        rewords=rewords(request),
        pinned=pinned_now(request, Readers.WEBSITE),
        desk=wording_desk,
        **frame_of(request, visit),
    )  # fmt: skip
    return framed(response, visit.site) if visit.site else response


def show_after(request: Request, visit: Visit, view: TurnView, after: After, status: int = 200) -> Response:
    """The part below an answer, for our script."""
    return page("widget/after_part.html", status, view=view, after=after, **frame_of(request, visit))


def helped_of(request: Request, shown: Shown) -> dict[str, After]:
    """What stands below the answers that helped, as was said before."""
    if not shown.turns:
        return {}
    helped = desk_of(request).helped.among([turn.question.id for turn in shown.turns])
    return {str(each): HELPED for each in helped}


def frame_of(request: Request, visit: Visit) -> dict[str, Any]:
    """What every page and part needs to be drawn."""
    municipality, settings = municipality_of(request), settings_of(request)
    return {
        "t": visit.words,
        "visit": visit,
        "mark": new_mark(),
        "municipality": municipality,
        "telephone": dialled(municipality.telephone),
        "theme": theme_address(visit.site),
        "offers": offers_of(request),
        "days_kept": settings.retention_days,
        "model": model_of(settings),
        "untouched": UNTOUCHED,
        "callables": callables,
        "model_words": MODEL_WORDS,
    }


def offers_of(request: Request) -> Offers:
    """Nothing while the models are still loading, or where no question is kept."""
    try:
        desk: Desk = desk_of(request)
    except NotReady:
        return Offers()
    judging = desk.loop is not None and desk.retention_days > 0
    return Offers(judging, judging and bool(settings_of(request).mail_host))


def kept_in_words(days: int, words: Words) -> str:
    """For how long a conversation is kept; empty when it is not."""
    if not days:
        return ""
    return words.one_day if days == 1 else words.days.format(count=days)


def model_of(settings: Settings) -> tuple[str, str] | None:
    """Who runs the model that may sum up an answer, and where; None without one (guard P8)."""
    if settings.composer != "llm":
        return None
    return settings.model_processor, settings.model_region


def settings_of(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings
