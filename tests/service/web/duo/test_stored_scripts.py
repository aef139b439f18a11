"""Whatever somebody stores in a field of the duos' pages is shown as text, on every page (guard S26)."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import pytest

from service.domain.answer import Certainty
from service.domain.gap import Fault, Origin, Shown
from service.people.accounts import By, Profile
from tests.factories import document
from tests.service.web.duo.conftest import Office
from tests.service.web.duo.municipality import PASSPORT_PRODUCT, PROFILES, asking
from tests.service.web.duo.test_text_pages import begun, draft_at, saved

VECTORS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "'><body onload=alert(1)>",
    "<math><mi xlink:href='javascript:alert(1)'>",
    "{{ 7 * 7 }}{% raw %}",
    "<style>*{display:none}</style>",
    "<a href=javascript:alert(1)>klik</a>",
    "]]><!--<script>alert(1)</script>-->",
    "<template><script>alert(1)</script></template>",
)
# what our own pages have of what could run something
_OURS = {"script": ("src", "/static/"), "img": ("src", "/static/"), "svg": ("viewbox", "0 0 34 10")}
_NEVER = {"math", "mi", "style", "template", "iframe", "object", "embed"}


class _Planted(HTMLParser):
    """Gathers the elements of a page that are not ours, or that run something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        runs = any(name.startswith("on") or value.startswith("javascript:") for name, value in known.items())
        name, begin = _OURS.get(tag, ("", ""))
        if runs or tag in _NEVER or (name and not known.get(name, "").startswith(begin)):
            self.found.append(self.get_starttag_text() or tag)


def planted(page: str) -> list[str]:
    """The elements of a page that one of these vectors put there."""
    parser = _Planted()
    parser.feed(page)
    return parser.found


@pytest.mark.parametrize("vector", VECTORS)
def test_it_is_text_on_every_page(office: Office, vector: str) -> None:
    town = office.town
    word = f"paspoort {vector}"
    text = document("gif", f"Een {word}.", title=f"Over {word}", url=f"javascript:{vector}",
                    products=(PASSPORT_PRODUCT,))  # fmt: skip
    town.library.apply(text.collection, text.source, [text])
    someone = town.persons["anna"]
    known = PROFILES["anna"]
    profile = Profile(f"Anna {vector}", known.email, known.roles, known.member)
    town.people.accounts.change(By("test"), someone.id, profile)
    shown = (Shown("vac:gif", f"Over {word}", vector, f"Een {word}.", Certainty.LOW),)
    asked = [
        asking(f"{word} {number}", remark=vector, origin=Origin.REJECTED, fault=Fault.WRONG, shown=shown)
        for number in range(2)
    ]
    gap = town.signal(word, asked)
    at = f"/duo/signalen/{gap.number}"
    for action, name in (("notitie", "notitie"), ("titel", "vraag")):
        version = str(town.desk.signals.gaps.find(gap.number).version)  # type: ignore[union-attr]
        answer = office.post("anna", f"{at}/{action}", versie=version, **{name: word})
        assert answer.status_code == 303
    address = begun(office, gap)
    fields = {
        "titel": word, "kop-1": vector, "deel-1": f"Zin met {word}.", "notitie": vector, "feit": vector,
        "controle-1": f"eerste {word}", "controle-2": f"tweede {word}", "vragen": f"derde {word}",
        "product": vector, "doelgroep": vector, "soort-1": vector,
    }  # fmt: skip
    saved(office, address, **fields)
    late = office.post("bert", address, versie="1", **fields, **{"deel-2": vector})
    pages = [
        late.text,
        office.post("anna", f"{at}/overdragen", versie="1", aan=vector, reden=vector).text,
        office.post("anna", f"{at}/samenvoegen", versie="1", nummer=vector).text,
        office.post("anna", f"{address}/voorbeeld", **fields).text,
        office.post("anna", f"{at}/koppelen", tekst="vac:gif", vraag=vector, feit=vector).text,
        office.post("editor", "/duo/noodstop", tekst="vac:gif", reden="").text,
    ]
    office.post("anna", address, versie=str(draft_at(office, address).version), doe="indienen", **fields)
    office.post("bert", f"{address}/terug", opmerking=vector)
    addresses = [
        ("anna", "/duo"), ("anna", f"/duo?toon={vector}&duo={vector}&gedaan={vector}"), ("anna", at),
        ("anna", f"{at}/koppelen"), ("anna", f"{at}/koppelen?tekst=vac:gif"),
        ("anna", f"{at}/koppelen?zoek={vector}"), ("anna", f"{address}?bekijk=1"),
        ("anna", f"{address}/versies"), ("bert", f"{address}/versies?versie=2"),
        ("editor", f"/duo/noodstop?zoek={vector}"), ("editor", "/duo/noodstop?tekst=vac:gif"),
    ]  # fmt: skip
    pages += [office.get(name, path).text for name, path in addresses]
    assert [found for page in pages for found in planted(page)] == []
    assert any(vector in html.unescape(page) for page in pages)


def test_a_planted_tag_would_be_seen() -> None:
    assert planted('<p>"><img src=x onerror=alert(1)></p>') == ["<img src=x onerror=alert(1)>"]
    assert planted('<svg viewBox="0 0 34 10" width="34"></svg><a href="/duo">x</a>') == []
