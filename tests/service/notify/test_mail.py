"""Mail through a real server on this machine: closed lines, one receiver, no tricks, known repeats."""

from __future__ import annotations

import shutil
import smtplib
import ssl
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from service.notify.mail import MailServer, Security, is_address
from service.notify.notices import Receiver
from service.notify.sending import NotSent, Refused, Unreachable
from service.storage.outbox import Kind, Leased
from tests.service.notify.scene import (
    ANNA,
    MAIL_ONLY,
    SENDER,
    Postbox,
    body_of,
    free_port,
    gap,
    leased,
    mail_server,
    sender_to,
)

NAME, PASSWORD = "antwoordduo", "een lang wachtwoord"


def letter(to: Receiver = ANNA, **fields: Any) -> Leased:
    return leased(Kind.MAIL, MAIL_ONLY.opened(gap(**fields), [to])[0].payload)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox, port: int) -> Iterator[Postbox]:
    with mail_server(postbox, port):
        yield postbox


def test_a_mail_arrives_as_text_and_as_html(server: Postbox, port: int) -> None:
    notice = letter(Receiver("m", "Zoë Brouwer", "zoe@merelveen.example"))
    sender_to(port).send(notice)
    [mail] = server.mails
    assert mail["From"] == f"Gemeente Merelveen <{SENDER}>"
    assert mail["To"] == "Zoë Brouwer <zoe@merelveen.example>"
    assert mail["Subject"] == "Nieuw signaal 12: Paspoort aanvragen"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == notice.created_at
    assert "woensdag 15 juli" in body_of(mail)
    assert '<html lang="nl">' in body_of(mail, "html")
    assert server.receivers == ["zoe@merelveen.example"]


def test_a_repeat_carries_the_same_message_id(server: Postbox, port: int) -> None:
    notice = letter()
    assert sender_to(port).send(notice) == sender_to(port).send(notice)
    assert server.ids == [f"<{notice.id}@merelveen.example>"] * 2
    assert server.mails[0]["Date"] == server.mails[1]["Date"]
    sender_to(port).send(letter())
    assert server.ids[2] != server.ids[0]


@pytest.mark.parametrize(
    "nasty",
    ["Anna\r\nBcc: iedereen@elders.example", "Anna\nBcc: x@elders.example", 'A" <x@elders.example>, "B'],
)
def test_a_name_cannot_add_a_header_or_a_receiver(server: Postbox, port: int, nasty: str) -> None:
    sender_to(port).send(letter(Receiver("m", nasty, "anna@merelveen.example"), title=nasty))
    [mail] = server.mails
    assert server.receivers == ["anna@merelveen.example"]
    assert mail["Bcc"] is None
    assert len(mail["To"].addresses) == 1


@pytest.mark.parametrize(
    "address",
    [
        "anna@merelveen.example\r\nBcc: x@elders.example",
        "anna@merelveen.example, x@elders.example",
        "Anna <anna@merelveen.example>",
        "anna",
        "anna@",
        "@merelveen.example",
        "anna@localhost",
        "anna b@merelveen.example",
        "anna@merelveen.example (Anna)",
        " anna@merelveen.example",
        "anna@merelveen.example>\r\nDATA",
        "änna@merelveen.example",
        "a" * 250 + "@b.nl",
        "",
    ],
)
def test_what_is_no_address_is_refused_before_it_goes_out(server: Postbox, port: int, address: str) -> None:
    assert not is_address(address)
    payload = dict(letter().payload, to={"name": "Anna", "address": address})
    with pytest.raises(Refused) as refused:
        sender_to(port).send(leased(Kind.MAIL, payload))
    assert server.mails == []
    assert address not in refused.value.why or not address


@pytest.mark.parametrize("address", ["anna@merelveen.example", "a.b+c@sub.merelveen.example"])
def test_an_ordinary_address_is_one(address: str) -> None:
    assert is_address(address)


def test_nobody_there_is_unreachable(port: int) -> None:
    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        sender_to(port).send(letter())


@pytest.mark.parametrize(("answer", "kind"), [("451 later", NotSent), ("554 nooit", Refused)])
def test_what_the_server_says_decides(server: Postbox, port: int, answer: str, kind: type[NotSent]) -> None:
    server.answers = [answer]
    with pytest.raises(NotSent) as reason:
        sender_to(port).send(letter())
    assert type(reason.value) is kind
    assert reason.value.why == f"SMTP {answer[:3]} (message)"


@pytest.mark.parametrize(("code", "kind"), [("450", NotSent), ("550", Refused)])
def test_a_receiver_that_is_refused_is_not_named(
    server: Postbox, port: int, code: str, kind: type[NotSent]
) -> None:
    server.refused = {ANNA.address: f"{code} <{ANNA.address}> unknown"}
    with pytest.raises(NotSent) as reason:
        sender_to(port).send(letter())
    assert type(reason.value) is kind
    assert reason.value.why == f"SMTP {code} (receiver)"


def test_a_mail_that_was_taken_has_arrived_whatever_the_goodbye(
    server: Postbox, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grumble(self: smtplib.SMTP) -> None:
        self.close()
        raise smtplib.SMTPResponseException(421, b"bye")

    monkeypatch.setattr(smtplib.SMTP, "quit", grumble)
    sender_to(port).send(letter())
    assert len(server.mails) == 1


def test_a_line_that_cannot_be_closed_carries_no_mail(server: Postbox, port: int) -> None:
    with pytest.raises(Unreachable, match="SMTPNotSupportedError"):
        sender_to(port, security=Security.STARTTLS).send(letter())
    assert server.mails == []


# -- closed lines ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate of this test")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=mail.example -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run(
        ["openssl", *command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    return certificate, key


@pytest.fixture
def ours(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """What the mail server shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture
def trusting(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """What a sender that knows the authority of that server trusts."""
    return ssl.create_default_context(cafile=str(certificate[0]))


def check_login(
    _server: object, _session: object, _envelope: object, _mechanism: str, login: object
) -> AuthResult:
    right = isinstance(login, LoginPassword) and login == LoginPassword(NAME.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


def test_starttls_and_a_login(
    postbox: Postbox, port: int, ours: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    options = {"tls_context": ours, "require_starttls": True, "auth_required": True}
    with mail_server(postbox, port, authenticator=check_login, **options):
        sender_to(port, security=Security.STARTTLS, context=trusting, username=NAME, password=PASSWORD).send(
            letter()
        )
        assert len(postbox.mails) == 1
        with pytest.raises(Unreachable, match="SMTPAuthenticationError 535"):
            sender_to(
                port, security=Security.STARTTLS, context=trusting, username=NAME, password="fout"
            ).send(letter())
    assert len(postbox.mails) == 1


def test_a_server_that_nobody_vouches_for_gets_nothing(
    postbox: Postbox, port: int, ours: ssl.SSLContext
) -> None:
    with (
        mail_server(postbox, port, tls_context=ours),
        pytest.raises(Unreachable, match="SSLCertVerificationError"),
    ):
        sender_to(port, security=Security.STARTTLS, username=NAME, password=PASSWORD).send(letter())
    assert postbox.mails == []


def test_tls_from_the_first_byte(
    postbox: Postbox, port: int, ours: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    with mail_server(postbox, port, ssl_context=ours):
        sender_to(port, security=Security.TLS, context=trusting).send(letter())
        with pytest.raises(Unreachable):
            sender_to(port, security=Security.TLS).send(letter())
    assert len(postbox.mails) == 1


def test_a_password_is_not_shown_with_the_server(port: int) -> None:
    assert PASSWORD not in repr(MailServer("mail.example", port, SENDER, password=PASSWORD))


def test_the_id_of_a_mail_is_that_of_the_notice(server: Postbox, port: int) -> None:
    id = uuid.uuid4()
    sender_to(port).send(leased(Kind.MAIL, letter().payload, id))
    assert str(id) in server.ids[0]
