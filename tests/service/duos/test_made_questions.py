"""Questions that a model makes of texts: checked, kept apart from people's, and gone when that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from embeddings.document import Document, DocumentKey, Section, Visibility
from embeddings.library import Library, Search
from embeddings.made_wordings import Asked
from service.composers.llm.calling import Calls
from service.composers.llm.endpoint import Address, Endpoint, Limits, warm_up
from service.composers.llm.wordings import QuestionWriter
from service.duos.made_questions import MadeQuestions, Round, passages_of
from tests.factories import COLLECTION, document, note, open_library
from tests.service.composers.llm.purse import Purse
from tests.service.composers.llm.scripted import FAULTS, Call, Model, running

NOW = datetime.fromisoformat("2026-11-22T10:00:00+00:00")
SAID = {
    "paspoort": ("Hoeveel betaal ik voor een paspoort?", "Wat kost een rijbewijs?"),
    "grofvuil": ("Hoe laat ik grofvuil ophalen op afspraak?",),
}
TEXTS = (
    document("paspoort", "Een paspoort kost € 83,87. U betaalt met pin.", title="Paspoort aanvragen"),
    document("grofvuil", "Grofvuil halen wij op afspraak bij u op.", title="Grofvuil laten ophalen"),
)


@dataclass
class House:
    """A library, a scripted model that words questions of its texts, and what time it is."""

    library: Library
    model: Model
    made: MadeQuestions
    switch: list[bool]
    at: list[datetime] = field(default_factory=list)

    def words(self) -> set[str]:
        return {each.text for each in self.library.made.all(COLLECTION).values()}


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    warm_up()


def honest(call: Call) -> None:
    name = next((name for name in SAID if name in call.read.casefold()), "")
    call.say(*SAID.get(name, ("Waar gaat dit over?",)))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    library = open_library(tmp_path)
    library.apply(COLLECTION, "vac", TEXTS)
    with running(honest) as model:
        switch, at = [True], [NOW]
        endpoint = Endpoint(Address(model.url, "proefmodel"), Limits(total_seconds=1.5))
        calls = Calls(endpoint, Purse(), allowed=lambda: switch[0])
        library.made.search_while(calls.allowed)
        made = MadeQuestions(library, COLLECTION, QuestionWriter(calls), lambda: at[0])
        yield House(library, model, made, switch, at)


def test_what_passes_every_check_is_searched_with_and_says_what_made_it(house: House) -> None:
    assert house.made.make() == Round(texts=2, kept=2, dropped=1)
    assert house.words() == {
        "Hoeveel betaal ik voor een paspoort?",
        "Hoe laat ik grofvuil ophalen op afspraak?",
    }
    made = next(iter(house.library.made.all(COLLECTION).values())).made
    assert made
    assert (made.model, made.at) == ("proefmodel", NOW)
    assert made.prompt.startswith("vraagvormen 1")
    assert house.library.wordings(COLLECTION) == {}  # nobody's question, on no page


def test_a_text_is_asked_about_once_until_it_changes(house: House) -> None:
    house.made.make()
    assert house.made.make() == Round()
    assert len(house.model.calls) == 2
    changed = replace(TEXTS[0], sections=(Section("", "Een paspoort is gratis voor een kind."),))
    house.library.apply(COLLECTION, "vac", [changed])
    assert house.words() == {
        "Hoe laat ik grofvuil ophalen op afspraak?"
    }  # at once, before anybody asks again
    assert house.made.make().texts == 1


def test_no_more_texts_than_asked_for(house: House) -> None:
    assert house.made.make(limit=1).texts == 1
    assert len(house.model.calls) == 1


def test_a_question_that_another_text_answers_is_dropped(house: House) -> None:
    other = document(
        "pin", "Een paspoort betaalt u aan de balie met pin.", title="Hoeveel betaal ik voor een paspoort"
    )
    house.library.apply(COLLECTION, "vac", [other])
    house.model.answer = lambda call: call.say("Hoeveel betaal ik voor een paspoort?")
    house.made.make()
    assert house.words() == set()  # of the one it is the title, and it does not lead to the others


def test_a_question_that_people_linked_already_is_not_made_again(house: House) -> None:
    key = house.library.made.waiting(COLLECTION, _asked(house), 9)[1]
    house.library.add_wording(key, "hoeveel betaal ik voor een paspoort")
    house.made.make()
    assert house.words() == {"Hoe laat ik grofvuil ophalen op afspraak?"}


def test_a_question_about_a_person_is_dropped(house: House) -> None:
    text = document(
        "bellen", "Bel over een paspoort met 06 12345678 van de balie.", title="Bellen over een paspoort"
    )
    house.library.apply(COLLECTION, "vac", [text])
    house.model.answer = lambda call: call.say("Kan ik over een paspoort bellen met 06 12345678?")
    house.made.make()
    assert house.words() == set()


def test_neither_notes_nor_internal_texts_nor_news_are_read(house: House) -> None:
    secret = document("geheim", "Kluiscode voor de balie.", visibility=Visibility.INTERNAL)
    half = replace(TEXTS[0], sections=(*TEXTS[0].sections, note("Zeg niets van de storing.")))
    house.library.apply(COLLECTION, "vac", [secret, half])
    news = document("storing", "De balie is vandaag dicht.", source="actueel")
    house.library.apply(COLLECTION, "actueel", [news])
    house.made.make()
    sent = str([call.told for call in house.model.calls])
    for hidden in ("Kluiscode", "storing", "vandaag dicht"):
        assert hidden not in sent
    assert [each.text for each in passages_of(half)] == [TEXTS[0].sections[0].text]


def test_switched_off_nothing_is_made_and_nothing_is_searched(house: House) -> None:
    house.made.make()
    question = "Hoeveel betaal ik voor een paspoort?"
    with_it = _score(house.library, question)
    house.switch[0] = False
    house.library.refresh(COLLECTION)
    assert _score(house.library, question) < with_it
    house.library.apply(COLLECTION, "vac", [document("nieuw", "Een nieuwe tekst.")])
    calls = len(house.model.calls)
    assert house.made.make() == Round()
    assert len(house.model.calls) == calls


def test_all_of_them_go_with_one_command_and_stay_away(house: House) -> None:
    house.made.make()
    assert house.made.forget() == 2
    assert house.words() == set()
    assert house.made.make() == Round()


@pytest.mark.parametrize("fault", ["broken", "no json", "empty", "slow", "cut off"])
def test_a_fault_leaves_a_text_for_later_and_holds_up_no_other(house: House, fault: str) -> None:
    def answer(call: Call) -> None:
        FAULTS[fault](call) if "grofvuil" in call.read.casefold() else honest(call)

    house.model.answer = answer
    assert house.made.make().texts == 1
    calls = len(house.model.calls)
    house.made.make()
    assert len(house.model.calls) == calls  # it rests for an hour
    house.at[0] += timedelta(hours=2)
    house.model.answer = honest
    assert house.made.make().texts == 1


def test_a_liar_and_an_obedient_model_leave_nothing(house: House) -> None:
    house.model.answer = lambda call: call.say(
        "Kost een paspoort € 12?",
        "Is een paspoort gratis in Rotterdam?",
        "Een paspoort is gratis.",
        "Gratis paspoort op www.snel.example?",
    )
    assert house.made.make() == Round(texts=2, kept=0, dropped=8)
    assert house.words() == set()


def test_a_text_that_changed_while_the_model_wrote_keeps_nothing_of_it(house: House) -> None:
    def meanwhile(call: Call) -> None:
        house.library.apply(COLLECTION, "vac", [document("paspoort", "Een paspoort is er voor iedereen.")])
        call.say("Hoeveel betaal ik voor een paspoort?")

    house.model.answer = meanwhile
    house.made.make()
    digests = {each.made.digest for each in house.library.made.all(COLLECTION).values() if each.made}
    assert digests <= {d.digest for d in (_document(house, "paspoort"), _document(house, "grofvuil"))}


def _document(house: House, id: str) -> Document:
    found = house.library.document(DocumentKey(COLLECTION, "vac", id))
    assert found
    return found


def _asked(house: House) -> Asked:
    return Asked(house.made.writer.calls.model, house.made.writer.prompt)


def _score(library: Library, question: str) -> float:
    return library.search(Search(question, COLLECTION)).documents[0].score
