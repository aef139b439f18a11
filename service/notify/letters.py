"""A notice as people read it: the sentences with the facts filled in, as plain text and as simple HTML."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from embeddings.plain_text import fold_spaces, strip_controls
from service.domain.local_time import AMSTERDAM
from service.notify import wording
from service.notify.notices import Event

_LONGEST_TITLE = 120  # it stands in a subject

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals["words"] = wording


@dataclass(frozen=True)
class House:
    """Who writes: the name under a mail, and the number that a visitor can call."""

    municipality: str
    telephone: str


@dataclass(frozen=True)
class Mail:
    """What a mail says."""

    subject: str
    text: str
    html: str


def mail_of(payload: Mapping[str, Any], house: House) -> Mail:
    """The mail that a payload stands for."""
    letter = wording.LETTERS[Event(payload["event"])]
    facts = words_of(payload["facts"])
    name = one_line(payload["to"]["name"])
    values = {
        "greeting": wording.GREETING.format(name=name) if name else wording.GREETING_NOBODY,
        "paragraphs": filled(letter.paragraphs, facts),
        "action": letter.action.format_map(facts),
        "link": facts["link"],
        "for_visitor": letter.for_visitor,
        "call_us": wording.CALL_US.format(telephone=house.telephone),
        "municipality": house.municipality,
    }
    subject = one_line(letter.subject.format_map(facts))
    text, html = (
        _TEMPLATES.get_template(name).render(values, subject=subject) for name in ("mail.txt", "mail.html")
    )
    return Mail(subject, text, html)


def words_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts as one reads them: a date in words, a number of times, one line each."""
    asked = int(facts.get("asked", 0))
    title = one_line(str(facts.get("title", "")))[:_LONGEST_TITLE]
    words = {name: one_line(str(value)) for name, value in facts.items() if not isinstance(value, list)}
    words |= {
        "title": title,
        "topic": title or wording.TOPIC_UNKNOWN,
        "link": _web_address(str(facts.get("link", ""))),
        "times": wording.ONCE if asked == 1 else wording.TIMES.format(count=asked) if asked else "",
        "due": _day(facts.get("due", "")),
        "month": _month(facts.get("month", "")),
        "answer": clean(str(facts.get("answer", ""))),
        "lines": "\n".join(one_line(line) for line in facts.get("lines", ())),
    }
    words["department"] = words.get("department") or wording.NO_DEPARTMENT
    return {"duo": "", "question": "", "reason": "", **words}


def filled(sentences: tuple[str, ...], facts: Mapping[str, str]) -> list[str]:
    """The sentences of which every fact is known."""
    return [each.format_map(facts) for each in sentences if all(facts[name] for name in _fields(each))]


def one_line(text: str) -> str:
    """A text without line ends and signs that nobody sees, so that it can stand in a subject."""
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """A text without signs that nobody sees."""
    return fold_spaces(strip_controls(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _fields(sentence: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name]


def _web_address(link: str) -> str:
    """The link when it is a web address: what else a browser would run or open does not go into a mail."""
    return one_line(link) if urlsplit(link).scheme in ("http", "https") else ""


def _day(moment: str) -> str:
    if not moment:
        return ""
    day = datetime.fromisoformat(moment).astimezone(AMSTERDAM)
    return f"{wording.DAYS[day.weekday()]} {day.day} {wording.MONTHS[day.month - 1]}"


def _month(day: str) -> str:
    if not day:
        return ""
    first = date.fromisoformat(day)
    return f"{wording.MONTHS[first.month - 1]} {first.year}"
