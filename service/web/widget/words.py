"""The shape of what a visitor reads: each language fills in all of it, or it does not type-check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.answer import Status
from service.domain.gap import Fault


@dataclass(frozen=True)
class Said:
    """A heading with what one can do now. A hint without a heading leaves the one of its outcome."""

    heading: str
    advice: str


@dataclass(frozen=True)
class HelpLine:
    """A number that somebody can call now."""

    name: str
    number: str


@dataclass(frozen=True)
class Words:
    """Everything that the chat says by itself, in one language."""

    language: str
    other_language: str
    other_language_name: str

    # the top of the page
    name: str
    assistant: str
    you: str
    ai_line: str
    skip_link: str
    person: str
    call: str
    hours: str
    contact_link: str
    log: str

    # before the first question
    welcome: str
    privacy_heading: str
    privacy_personal: str
    privacy_purpose: str
    privacy_kept: str
    privacy_not_kept: str
    privacy_longer: str
    privacy_yours: str
    privacy_model: str
    privacy_link: str
    one_day: str
    days: str
    examples_heading: str
    examples: tuple[str, ...]

    # the field
    question: str
    question_hint: str
    send: str
    busy: str
    empty: str
    long: str
    refused: str

    # this conversation
    menu: str
    save_page: str
    save_data: str
    erase: str
    erase_question: str
    erase_explained: str
    erase_yes: str
    erase_no: str
    erased: str
    new: str
    new_explained: str
    gone: str
    full: str
    file_title: str
    file_made: str

    # an answer
    outcomes: Mapping[Status, Said]
    hints: Mapping[str, Said]
    lines: Mapping[str, tuple[HelpLine, ...]]
    danger: tuple[HelpLine, ...]
    removed: str
    removed_kept: str
    removed_used: str
    kinds: Mapping[str, str]
    source: str
    updated: str
    read_source: str
    open_page: str
    quoted: str
    open_heading: str
    texts_heading: str
    none_meant: str
    read_text: str
    in_language: Mapping[str, str]
    in_other_language: str
    degraded: str
    table: str
    months: tuple[str, ...]
    tell_answer: str
    tell_outcome: str
    tell_texts: Mapping[int, str]

    # what the visitor says of it
    helps_question: str
    helps: str
    helps_not: str
    what: str
    faults: Mapping[Fault, str]
    what_missing: str
    remark: str
    remark_hint: str
    send_remark: str
    thanks: str
    said_helps: str
    thanks_not: str
    address: str
    address_explained: str
    address_label: str
    address_bad: str
    address_send: str
    address_left: str

    # when it goes wrong
    retry: str
    back: str
    code: str
    troubles: Mapping[str, Said]
