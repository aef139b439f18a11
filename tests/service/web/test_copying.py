"""What an agent pastes: the words, their source, and how they were made; nothing internal (guards A2, A4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from service.domain.answer import Answer, Certainty, Rewording, Sentence, Source, Status
from service.domain.question import AGENT
from service.web.copying import Copier
from tests.service.web.fakes import CARD, MODIFIED, STAFF_NOTE, _candidates, _cited, passport

COPIER = Copier("gemeente Merelveen", "Henk Bos", date(2026, 11, 22))


def source(number: int, **changes: object) -> Source:
    values: dict[str, object] = {
        "number": number, "document": f"vac:{number}", "title": f"Tekst {number}", "heading": "",
        "text": "Een zin.", "url": "https://www.merelveen.example/tekst", "modified_at": MODIFIED,
        "owner": "Burgerzaken, duo Reisdocumenten",
    }  # fmt: skip
    return Source(**(values | changes))  # type: ignore[arg-type]


def answer(sentences: tuple[Sentence, ...], *sources: Source) -> Answer:
    return Answer(Status.ANSWERED, Certainty.HIGH, 0.9, sentences, sources)


def test_an_answer_is_copied_with_lists_tables_source_date_and_how_it_was_made() -> None:
    copied = COPIER.answer(_cited(_candidates(AGENT)))
    assert copied
    assert copied.whole == (
        "Een paspoort kost € 83,87. U betaalt met pin. Neem dit mee:\n\n"
        "• uw oude paspoort\n• een pasfoto van nu\n\n"
        "• Document: Paspoort, Leeftijd: 18 jaar of ouder, Prijs: € 83,87\n\n"
        "Bron: Wat kost een paspoort?, Kosten en betalen\nhttps://www.merelveen.example/paspoort\n"
        "Bijgewerkt op 3 juli 2026.\n\n"
        "Citaat uit de teksten van gemeente Merelveen. Verstuurd op 22 november 2026. "
        "Niet geschreven met AI."
    )


def test_changed_words_carry_the_name_of_who_changed_them_and_the_day() -> None:
    assert COPIER.edited == (
        "Bewerkt door Henk Bos op 22 november 2026, naar een citaat uit de teksten van gemeente Merelveen."
    )
    assert "Bewerkt door een medewerker op" in replace(COPIER, name="").edited


def test_what_a_model_reworded_says_so_and_names_the_model_and_the_day() -> None:
    made = Rewording("proefmodel", "1", MODIFIED, "nl", (Sentence("Een paspoort kost € 83,87.", (1,)),))
    assert COPIER.reworded(_cited(_candidates(AGENT)), made) == (
        "Een paspoort kost € 83,87.\n\n"
        "Bron: Wat kost een paspoort?, Kosten en betalen\nhttps://www.merelveen.example/paspoort\n"
        "Bijgewerkt op 3 juli 2026.\n\n"
        "Samengevat met AI (proefmodel) op 3 juli 2026, uit de teksten van gemeente Merelveen. "
        "Controleer het bij de bron."
    )
    secret = answer((Sentence("Geheim.", (1,)),), source(1, internal=True))
    assert COPIER.reworded(secret, made) == ""
    quoted = replace(made, sentences=(), kept="budget")
    assert COPIER.reworded(_cited(_candidates(AGENT)), quoted) == ""


def test_internal_sentences_and_sources_stay_in_the_house() -> None:
    both = (Sentence("Dit mag.", (1, 2)), Sentence("Dit niet.", (2,)))
    copied = COPIER.answer(answer(both, source(1), source(2, internal=True, title="Geheim")))
    assert copied
    assert "Dit mag." in copied.words
    assert "Dit niet." not in copied.words
    assert "Geheim" not in copied.words


def test_an_answer_that_is_internal_alone_is_not_copied() -> None:
    assert COPIER.answer(answer((Sentence("Geheim.", (1,)),), source(1, internal=True))) is None
    assert COPIER.answer(Answer(Status.NO_SOURCE)) is None
    assert COPIER.text(STAFF_NOTE) == ""


def test_the_names_of_departments_and_duos_are_no_callers_business() -> None:
    copied = COPIER.answer(answer((Sentence("Een zin.", (1,)),), source(1)))
    assert copied
    assert "duo" not in copied.whole
    assert "Burgerzaken" not in copied.whole


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "data:text/html,x"])
def test_only_a_web_page_is_an_address(url: str) -> None:
    copied = COPIER.answer(answer((Sentence("Een zin.", (1,)),), source(1, url=url)))
    assert copied
    assert copied.words == "Een zin.\n\nBron: Tekst 1\nBijgewerkt op 3 juli 2026."


def test_of_a_text_the_marked_sentences_are_copied_else_its_beginning() -> None:
    assert COPIER.text(passport()).startswith("Een paspoort kost € 83,87.\n\nBron: Wat kost een paspoort?")
    assert COPIER.text(passport(text=CARD, marked=())).startswith(f"{CARD}\n\nBron:")


def test_a_marked_row_is_copied_with_what_its_cells_are_about() -> None:
    marked = ("Paspoort\tjonger dan 18 jaar\t€ 63,42",)
    assert COPIER.text(passport(marked=marked)).startswith(
        "• Document: Paspoort, Leeftijd: jonger dan 18 jaar, Prijs: € 63,42\n\nBron:"
    )
