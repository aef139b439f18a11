"""`/beheer/mensen`: an admin adds, changes and removes; never the last admin."""

from __future__ import annotations

import re
import uuid

from service.domain.person import Role
from service.people.accounts import By, Profile
from service.people.one_time_keys import Purpose
from tests.service.web.conftest import Site, add_person

FORM = {
    "naam": "Noor Specht", "email": "noor@merelveen.example", "rol_editor": "ja", "rol_duo_member": "ja",
    "lid": "spec-1", "afdelingen": "Burgerzaken\r\nOpenbare Ruimte",
}  # fmt: skip


def test_a_new_account_gets_a_link_that_is_shown_once(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    page = site.client.post("/beheer/mensen/nieuw", data=FORM)
    link = re.search(r"http://localhost/aanmelden/wachtwoord\?sleutel=([\w-]{43})", page.text)
    assert link
    assert site.people.keys.look(Purpose.PASSWORD, link[1])
    account = site.people.accounts.find_identity("", "noor@merelveen.example")
    assert account
    assert account.person.roles == {Role.EDITOR, Role.DUO_MEMBER}
    assert (account.person.member, account.person.departments) == (
        "spec-1",
        ("Burgerzaken", "Openbare Ruimte"),
    )
    listed = site.client.get("/beheer/mensen").text
    assert "Noor Specht" in listed
    assert "Nog geen wachtwoord" in listed
    assert link[1] not in listed


def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    wrong = {"naam": "<b>Noor", "email": "geen adres", "lid": "weg", "afdelingen": "Sport"}
    page = site.client.post("/beheer/mensen/nieuw", data=wrong)
    assert page.status_code == 400
    for field in ("email", "rollen", "lid", "afdelingen"):
        assert f'id="{field}-fout" role="alert"' in page.text
        assert f"{field}-fout" in page.text.split(f'id="{field}-fout"', 1)[1] or field == "rollen"
    assert "&lt;b&gt;Noor" in page.text
    assert len(site.people.accounts.all()) == 1


def test_a_change_holds_at_once_and_a_taken_address_is_refused(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    agent = add_person(site.people, Role.AGENT)
    session = site.people.sessions.open(agent.id)
    saved = site.client.post(f"/beheer/mensen/{agent.id}", data=FORM)
    assert saved.headers["Location"] == f"/beheer/mensen/{agent.id}?bewaard=1"
    assert "is bewaard" in site.client.get(saved.headers["Location"]).text
    person = site.people.sessions.person(session)
    assert person
    assert person.roles == {Role.EDITOR, Role.DUO_MEMBER}
    other = add_person(site.people, Role.AGENT)
    assert "gebruikt dit e-mailadres al" in site.client.post(f"/beheer/mensen/{other.id}", data=FORM).text


def test_an_account_that_is_put_off_is_out_at_once(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    agent = add_person(site.people, Role.AGENT)
    session = site.people.sessions.open(agent.id)
    assert site.client.post(f"/beheer/mensen/{agent.id}/uitzetten").status_code == 303
    assert site.people.sessions.person(session) is None
    assert "Account aanzetten" in site.client.get(f"/beheer/mensen/{agent.id}").text
    assert site.client.post(f"/beheer/mensen/{agent.id}/aanzetten").status_code == 303


def test_the_last_admin_cannot_be_put_off_or_lose_the_role(site: Site) -> None:
    admin = site.sign_in(Role.ADMIN)
    for path, sent in ((f"/{admin.id}/uitzetten", {}), (f"/{admin.id}", FORM)):
        page = site.client.post(f"/beheer/mensen{path}", data=sent)
        assert page.status_code == 400
        assert "laatste beheerder" in page.text
    assert site.client.get("/beheer/mensen").status_code == 200


def test_the_second_step_can_be_taken_away(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    editor = add_person(site.people, Role.EDITOR)
    site.people.accounts.set_second_step(By("test"), editor.id, "SECRET")
    assert "Tweede stap weghalen" in site.client.get(f"/beheer/mensen/{editor.id}").text
    site.client.post(f"/beheer/mensen/{editor.id}/tweede-stap")
    account = site.people.accounts.find(editor.id)
    assert account
    assert account.code_secret is None


def test_what_a_provider_says_is_not_changed_here(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    profile = Profile("Noor", "noor@id.example", frozenset({Role.AGENT}))
    person = site.people.accounts.add(By("test"), profile, "https://id.example", "sub-1").person
    page = site.client.get(f"/beheer/mensen/{person.id}").text
    assert "rol_admin" not in page
    assert "Link voor een nieuw wachtwoord" not in page
    site.client.post(f"/beheer/mensen/{person.id}", data=FORM | {"rol_admin": "ja"})
    account = site.people.accounts.find(person.id)
    assert account
    assert account.person.roles == {Role.AGENT}
    assert account.person.display_name == "Noor"
    assert account.person.member == "spec-1"
    assert site.client.post(f"/beheer/mensen/{person.id}/wachtwoord").status_code == 404


def test_an_account_that_is_not_there_is_404(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    for id in (uuid.uuid4(), "x"):
        assert site.client.get(f"/beheer/mensen/{id}").status_code == 404
        assert site.client.post(f"/beheer/mensen/{id}/uitzetten").status_code == 404
