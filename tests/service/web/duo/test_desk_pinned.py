"""News that is pinned: shown to whom it is for, found by whom it is for, and over by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from embeddings.document import Visibility
from embeddings.library import Search
from embeddings.store.database import writing
from service.domain.pinned import Readers
from service.domain.question import AGENT, VISITOR
from service.duos.pinned import NewsDesk
from service.storage.pinned import PinnedMeanwhile, Pins
from service.web.pinned import pinned_now, until_in_words, written_in
from tests.service.web.desk_town import DeskOffice, desk_office
from tests.service.web.duo.municipality import NOW, Municipality

STORM = {
    "titel": "Storm: de milieustraat is dicht",
    "tekst": "De milieustraat is dicht door de storm.\n\nBreng uw afval later.",
    "link": "https://www.merelveen.example/storm",
    "voor": "both",
    "duur": "uur",
}


@pytest.fixture
def office(town: Municipality) -> Iterator[DeskOffice]:
    with desk_office(town) as site:
        yield site


def today(office: DeskOffice) -> None:
    """Put the clock of the pages where the library's is: that one cannot be turned."""
    office.town.at = datetime.now(UTC)


def shown(office: DeskOffice, readers: Readers) -> list[str]:
    class Asking:
        app = office.site.app

    cast(Any, office.site.app).state.pinned.forget()
    return [each.title for each in pinned_now(Asking(), readers)]  # type: ignore[arg-type]


def pinned(office: DeskOffice, **changes: str) -> str:
    """Pin news; the address of its form."""
    answer = office.post("coordinator", "/actueel", **(STORM | changes))
    assert answer.status_code == 303, answer.text
    [row, *_] = Pins(office.town.engine, office.desk.collection).coming(office.town.at)
    return f"/actueel/{row.id}"


def found(office: DeskOffice, *visibilities: Visibility) -> list[str]:
    library, collection = office.town.library, office.desk.collection
    library.refresh(collection)
    hits = library.search(Search("milieustraat storm dicht", collection, visibilities, None, "nl"), 10)
    return [each.key.source for each in hits.documents if each.key.source == "actueel"]


def test_it_is_pinned_changed_and_ended_and_the_audit_says_so(office: DeskOffice) -> None:
    address = pinned(office)
    page = office.get("coordinator", "/actueel?gedaan=nieuw").text
    assert STORM["titel"] in page
    assert "Geplaatst door Els Kok" in page
    assert "Het bericht is geplaatst." in page
    changed = STORM | {"titel": "Storm voorbij", "versie": "1", "duur": "week"}
    assert office.post("coordinator", address, **changed).status_code == 303
    assert shown(office, Readers.AGENTS) == ["Storm voorbij"]
    assert "Gewijzigd door Els Kok" in office.get("coordinator", address).text
    assert office.post("coordinator", f"{address}/stop").status_code == 303
    assert shown(office, Readers.AGENTS) == []
    assert office.audit[:3] == ["pinned.ended", "pinned.changed", "pinned.added"]
    assert found(office, Visibility.PUBLIC, Visibility.INTERNAL) == []
    assert "Stond er eerder" in office.get("coordinator", "/actueel").text


@pytest.mark.parametrize(
    ("readers", "agents", "website"), [("both", 1, 1), ("agents", 1, 0), ("website", 0, 1)]
)
def test_it_is_shown_to_those_it_is_for(office: DeskOffice, readers: str, agents: int, website: int) -> None:
    pinned(office, voor=readers)
    assert (len(shown(office, Readers.AGENTS)), len(shown(office, Readers.WEBSITE))) == (agents, website)


def test_a_sidebar_that_stays_open_hears_of_it(office: DeskOffice) -> None:
    assert "Storm" not in office.get("agent", "/zijbalk/actueel").text
    pinned(office, voor="agents")
    assert "Storm" in office.get("agent", "/zijbalk/actueel").text
    assert "Storm" not in office.get("", "/zijbalk/actueel").text


def test_what_is_for_agents_is_found_by_staff_alone(office: DeskOffice) -> None:
    today(office)
    pinned(office, voor="agents")
    assert found(office, Visibility.PUBLIC) == []
    assert found(office, Visibility.PUBLIC, Visibility.INTERNAL) == ["actueel"]


def test_it_ends_by_itself(office: DeskOffice) -> None:
    pinned(office, duur="tot", tot="2026-11-25T12:00")
    office.town.at = datetime(2026, 11, 25, 10, 59, 59, tzinfo=UTC)
    assert len(shown(office, Readers.AGENTS)) == 1
    office.town.at = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
    assert shown(office, Readers.AGENTS) == []
    desk = NewsDesk(Pins(office.town.engine, office.desk.collection), office.town.library,
                    office.town.people.audit, lambda: office.town.at)  # fmt: skip
    assert desk.bring_in_step() == 1
    assert desk.bring_in_step() == 0


def test_a_text_that_was_not_published_is_published_later(office: DeskOffice) -> None:
    today(office)
    pinned(office)
    library, collection = office.town.library, office.desk.collection
    [id] = library.published(collection, "actueel")
    library.apply(collection, "actueel", withdraw={id: None})
    news = NewsDesk(
        Pins(library.engine, collection), library, office.town.people.audit, lambda: office.town.at
    )
    assert news.bring_in_step() == 1
    assert found(office, Visibility.PUBLIC) == ["actueel"]


def test_news_that_begins_later_waits(office: DeskOffice) -> None:
    pinned(office, vanaf="2026-11-26T08:00", duur="vandaag")
    assert shown(office, Readers.AGENTS) == []
    assert "Begint donderdag 26 november 8.00." in office.get("coordinator", "/actueel").text
    office.town.at = NOW + timedelta(days=1)
    assert len(shown(office, Readers.AGENTS)) == 1


def test_the_second_of_two_is_told(office: DeskOffice) -> None:
    address = pinned(office)
    first = STORM | {"versie": "1", "titel": "Eerst"}
    assert office.post("coordinator", address, **first).status_code == 303
    answer = office.post("coordinator", address, **(first | {"titel": "Daarna"}))
    assert answer.status_code == 409
    assert "Els Kok heeft dit bericht net gewijzigd." in answer.text
    pins = Pins(office.town.engine, office.desk.collection)
    [kept] = pins.coming(NOW)
    assert kept.title == "Eerst"
    with writing(pins.engine).begin() as connection, pytest.raises(PinnedMeanwhile):
        pins.put(connection, type(kept)(**(vars(kept) | {"version": 1})))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"titel": " "}, "Vul een titel in."),
        ({"titel": "x" * 121}, "Maak de titel korter"),
        ({"tekst": ""}, "Vul een tekst in."),
        ({"tekst": "x" * 1001}, "Maak de tekst korter"),
        ({"link": "javascript:alert(1)"}, "Dit is geen webadres."),
        ({"voor": "iedereen"}, "Kies voor wie dit is."),
        ({"duur": ""}, "Kies hoe lang"),
        ({"duur": "tot"}, "Vul een dag en een tijd in."),
        ({"duur": "tot", "tot": "2026-11-25T09:00"}, "Kies een moment dat nog komt"),
        ({"duur": "tot", "tot": "2028-01-01T09:00"}, "Kies een moment binnen een jaar."),
        ({"vanaf": "morgen"}, "of laat dit leeg"),
        ({"vanaf": "2026-11-01T09:00"}, "Kies een moment dat nog komt"),
    ],
)
def test_a_form_that_cannot_be_right_says_why(
    office: DeskOffice, change: dict[str, str], sentence: str
) -> None:
    answer = office.post("coordinator", "/actueel", **(STORM | change))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert answer.text.count('role="alert"') == 1
    assert Pins(office.town.engine, office.desk.collection).coming(NOW) == ()


def test_how_long_follows_the_clock_on_the_wall() -> None:
    evening = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # the night after it the clock goes back
    for how_long, ends in (
        ("uur", datetime(2026, 10, 24, 21, 0, tzinfo=UTC)),
        ("vandaag", datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
        ("week", datetime(2026, 10, 31, 21, 0, tzinfo=UTC)),
    ):
        written, wrong = written_in(STORM | {"duur": how_long}, evening)
        assert wrong == {}
        assert written is not None
        assert written.ends_at == ends


def test_until_in_words() -> None:
    now = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert until_in_words(datetime(2026, 11, 25, 16, 0, tzinfo=UTC), now) == "Geldt tot 17.00 uur."
    assert until_in_words(datetime(2026, 11, 25, 23, 0, tzinfo=UTC), now) == "Geldt vandaag."
    later = until_in_words(datetime(2026, 11, 27, 8, 0, tzinfo=UTC), now)
    assert later == "Geldt tot vrijdag 27 november, 9.00 uur."
    whole = until_in_words(datetime(2026, 11, 27, 23, 0, tzinfo=UTC), now)
    assert whole == "Geldt tot en met vrijdag 27 november."


def test_an_answer_names_the_news_first(office: DeskOffice) -> None:
    today(office)
    pinned(office, titel="Grofvuil halen wij deze week niet op", tekst="Grofvuil blijft deze week staan.")
    for asker in (AGENT, VISITOR):
        found = office.desk.suggest("Wanneer halen jullie grofvuil op?", asker, "nl", 3).candidates
        assert found[0].document.startswith("actueel:")


def test_what_was_proven_does_not_fall_because_of_news(office: DeskOffice) -> None:
    from service.duos.proof import without_passing

    answering = office.town.desk.answers._answers
    today(office)
    pinned(office, titel="Wat kost een paspoort?", tekst="Wat kost een paspoort? Vandaag niets.")
    calm = without_passing(answering, office.town.library)  # type: ignore[arg-type]
    sources = [each.document for each in calm.suggest("Wat kost een paspoort?", AGENT, "nl", 3).candidates]
    assert sources[0] == "vac:paspoort"
    assert not any(each.startswith("actueel:") for each in sources)
