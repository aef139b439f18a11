"""`/beheer/sites`: the websites that have the chat, who may show it, and in which look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.domain.origin import is_origin
from service.domain.person import Person
from service.duos.choosing import Chosen
from service.settings import Settings
from service.storage.choices import Choice, ChosenMeanwhile
from service.web import wording_admin, wording_sites
from service.web.admin.shared import (
    LongForm,
    Manager,
    admin_page,
    changed_by,
    chooser_of,
    managed,
    meanwhile_of,
    version_in,
)
from service.web.house import municipality_of
from service.web.plain_text import plain
from service.web.problems import Problem
from service.web.widget.loader import install_lines
from service.web.widget.sites import (
    LANGUAGES,
    LONGEST_NAME,
    MOST_ORIGINS,
    PREFIX,
    Site,
    as_json,
    is_key,
    read_sites,
    site_of,
)
from service.web.widget.themes import OUR_THEME, OWN, THEMES, TOKENS, colours_of, read_colours, weak_pairs

LIST, NEW = "/beheer/sites", "nieuw"
THEME_NAMES = {each.key: each.name for each in THEMES.values()} | {OWN: wording_sites.SITE_OWN}

router = APIRouter(prefix=LIST, include_in_schema=False)


@dataclass(frozen=True)
class Filled:
    """The form as somebody filled it in: the site that it stands for, and what was typed where."""

    site: Site
    origins: str = ""
    colours: str = ""


@router.get("")
def all_sites(request: Request, person: Manager, gedaan: str = "") -> Response:
    """Every website, with where it may show the chat."""
    done = wording_sites.SITE_GONE if gedaan else ""
    return _shown(
        request, person, "admin/sites.html",
        sites=read_sites(managed(request).choices).all, themes=THEME_NAMES, done=done,
    )  # fmt: skip


@router.get("/{key}")
def show(request: Request, person: Manager, key: str, bewaard: str = "") -> Response:
    """The form of one website, or the empty one, with the lines for its pages."""
    if key == NEW:
        return _form(request, person, Filled(Site("", "")), Choice(""), new=True)
    site, kept = _kept(request, key)
    done = wording_admin.SAVED if bewaard else ""
    return _form(request, person, _filled_of(site), kept, done=done)


@router.post("/{key}")
def save(request: Request, person: Manager, key: str, form: LongForm) -> Response:
    """The website, saved; within two seconds every process follows."""
    new, seen = key == NEW, version_in(form)
    filled = filled_in(form, plain(form.get("sleutel", "")) if new else key)
    site, wrong = filled.site, faults_of(filled)
    kept = managed(request).choices.get(PREFIX + site.key)
    if new:
        # who took a key away leaves it free; its version goes on
        taken = site_of(site.key, kept.value) is not None
        wrong |= _fault_of_key(site.key, taken)
        seen = kept.version
    elif site_of(key, kept.value) is None:
        raise Problem(404)
    if wrong:
        return _form(request, person, filled, Choice("", version=seen), 400, new=new, wrong=wrong)
    try:
        chooser_of(request, person).save("site.changed", Chosen(PREFIX + site.key, as_json(site), seen))
    except ChosenMeanwhile as first:
        theirs = _filled_of(site_of(key, first.now.value) or Site(key, ""))
        both = meanwhile_of(
            first.now, managed(request).now(), dict(_in_words(theirs)), dict(_in_words(filled))
        )
        return _form(request, person, filled, first.now, 409, meanwhile=both)
    request.app.state.sites.forget()
    return RedirectResponse(f"{LIST}/{site.key}?bewaard=1", 303)


@router.post("/{key}/weg")
def take_away(request: Request, person: Manager, key: str, form: LongForm) -> Response:
    """The website is none of ours any more."""
    _kept(request, key)
    try:
        chooser_of(request, person).save("site.removed", Chosen(PREFIX + key, None, version_in(form)))
    except ChosenMeanwhile:
        return RedirectResponse(f"{LIST}/{key}", 303)
    request.app.state.sites.forget()
    return RedirectResponse(f"{LIST}?gedaan=weg", 303)


def filled_in(form: Mapping[str, str], key: str) -> Filled:
    """What the form says. An address may end in a slash: people copy it from their browser."""
    typed, colours = plain(form.get("adressen", "")), plain(form.get("kleuren", ""))
    lines = (line.strip().lower().removesuffix("/") for line in typed.split("\n"))
    origins = dict.fromkeys(line for line in lines if line)
    language, theme = form.get("taal", ""), form.get("uiterlijk", "")
    site = Site(
        key,
        " ".join(plain(form.get("naam", "")).split()),
        tuple(origins),
        theme if theme in THEME_NAMES else OUR_THEME,
        language if language in LANGUAGES else LANGUAGES[0],
        form.get("aan") == "ja",
        read_colours(colours)[0],
    )
    return Filled(site, typed, colours)


def faults_of(filled: Filled) -> dict[str, str]:
    """What cannot be right, as sentences by the name of the field."""
    site, wrong = filled.site, {}
    if not site.name or len(site.name) > LONGEST_NAME:
        wrong["naam"] = wording_sites.WRONG_NAME
    strange = next((each for each in site.origins if not is_origin(each)), None)
    if strange is not None:
        wrong["adressen"] = wording_sites.WRONG_ORIGIN.format(text=strange[:80])
    elif len(site.origins) > MOST_ORIGINS:
        wrong["adressen"] = wording_sites.WRONG_ORIGINS.format(most=MOST_ORIGINS)
    if site.theme == OWN and (fault := _fault_of_colours(filled)):
        wrong["kleuren"] = fault
    return wrong


def _fault_of_key(key: str, taken: bool) -> dict[str, str]:
    if not is_key(key) or key == NEW:
        return {"sleutel": wording_sites.WRONG_KEY}
    return {"sleutel": wording_sites.WRONG_KEY_TAKEN} if taken else {}


def _fault_of_colours(filled: Filled) -> str:
    own, strange = read_colours(filled.colours)
    if strange:
        return wording_sites.WRONG_COLOUR.format(tokens=", ".join(strange))
    names = wording_sites.TOKEN_NAMES
    sentences = (
        wording_sites.WRONG_CONTRAST.format(
            what=names[one], on=names[other], found=_ratio(found), least=_ratio(least)
        )
        for one, other, found, least in weak_pairs(colours_of(OWN, own))
    )
    return " ".join(each[0].upper() + each[1:] for each in sentences)


def _ratio(value: float) -> str:
    # rounded down: 4.49 is not 4.5
    return f"{int(value * 10) / 10:.1f}".replace(".", ",")


def _kept(request: Request, key: str) -> tuple[Site, Choice]:
    """A site with the choice that holds it. Raises Problem 404."""
    kept = managed(request).choices.get(PREFIX + key)
    site = site_of(key, kept.value)
    if site is None:
        raise Problem(404)
    return site, kept


def _filled_of(site: Site) -> Filled:
    colours = "\n".join(f"{token}: {colour};" for token, colour in site.colours.items())
    return Filled(site, "\n".join(site.origins), colours)


def _in_words(filled: Filled) -> Iterator[tuple[str, str]]:
    site = filled.site
    yield wording_sites.SITE_NAME, site.name
    yield wording_sites.SITE_ORIGINS, "\n".join(site.origins)
    yield wording_sites.SITE_LANGUAGE, dict(wording_sites.SITE_LANGUAGES)[site.language]
    yield wording_sites.SITE_THEME, THEME_NAMES[site.theme]
    yield wording_sites.SITE_COLOURS, filled.colours
    yield wording_sites.SITE_IS_ON, wording_admin.YES if site.on else wording_admin.NO


def _form(
    request: Request,
    person: Person,
    filled: Filled,
    kept: Choice,
    status: int = 200,
    new: bool = False,
    **values: Any,
) -> Response:
    settings: Settings = request.app.state.settings
    known = replace(filled.site, name=filled.site.name or wording_sites.SITE_NEW)
    return _shown(
        request, person, "admin/site.html", status,
        filled=filled, site=known, new=new, version=kept.version, themes=THEME_NAMES.items(), tokens=TOKENS,
        address=f"{LIST}/{NEW if new else filled.site.key}", root=settings.public_url,
        lines=install_lines(settings.public_url, filled.site, municipality_of(request).telephone),
        changed="" if new else changed_by(kept, managed(request).now()), **values,
    )  # fmt: skip


def _shown(request: Request, person: Person, name: str, status: int = 200, **values: Any) -> Response:
    return admin_page(request, person, name, status, text=wording_sites, **values)
