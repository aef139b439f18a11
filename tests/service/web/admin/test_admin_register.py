"""The page with the entry for the register of algorithms, and the files to take along."""

from __future__ import annotations

import html
import json

from service.web import wording_register as wording
from tests.service.web.admin.conftest import AdminOffice

PAGE = "/beheer/algoritmeregister"


def test_it_shows_what_is_filled_in_and_what_is_not(office: AdminOffice) -> None:
    page = html.unescape(office.get("coordinator", PAGE).text)
    filled, still_open = page.index(wording.FILLED_HEADING), page.index(wording.OPEN_HEADING)
    assert still_open < page.index("<code>publication_category</code>") < filled
    assert filled < page.index("<code>methods_and_models</code>")
    assert wording.MODEL_OFF in page
    assert f'href="{PAGE}"' in office.get("coordinator", "/beheer").text


def test_the_files_are_taken_along_under_their_own_names(office: AdminOffice) -> None:
    as_json = office.get("coordinator", f"{PAGE}/registratie.json")
    assert as_json.headers["content-disposition"] == 'attachment; filename="algoritmeregister.json"'
    assert json.loads(as_json.text)["standard_version"] == "1.0.0"
    table = office.get("coordinator", f"{PAGE}/registratie.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.startswith("name,description_short,organization,")


def test_who_manages_nothing_does_not_see_it(office: AdminOffice) -> None:
    for path in (PAGE, f"{PAGE}/registratie.json", f"{PAGE}/registratie.csv"):
        assert office.get("agent", path).status_code == 403
