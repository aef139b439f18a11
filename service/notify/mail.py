"""Mail over SMTP: a repeat of the same notice carries the same Message-ID."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

from service.notify.letters import House, mail_of, one_line
from service.notify.sending import NotSent, Refused, Unreachable
from service.storage.outbox import Leased

TIMEOUT_SECONDS = 10.0
_PERMANENT = 500  # SMTP: from here on a code means never, below it means later


class Security(StrEnum):
    """How the line to the mail server is closed to others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """Where mail goes out, and under which address. `context` says whom a closed line trusts: by default
    the authorities of this machine.
    """

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    username: str = ""
    password: str = field(default="", repr=False)
    context: ssl.SSLContext | None = field(default=None, repr=False, compare=False)


class MailSender:
    """Sends a notice as a mail of the municipality. `house` says who that is, at the moment of sending."""

    def __init__(self, server: MailServer, house: Callable[[], House]) -> None:
        self._server = server
        self._house = house
        # reading the authorities takes a while: once, and only when the line is closed
        closed = server.security is not Security.NONE
        self._context = server.context or ssl.create_default_context() if closed else None
        self._domain = Address(addr_spec=server.sender).domain

    def send(self, notice: Leased) -> str:
        message = self._message(notice)
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(_why(error)) from error
        try:
            server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise _verdict(error) from error
        finally:
            # it has arrived, or we know why not: how the two say goodbye changes neither
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        return str(message["Message-ID"])

    def _message(self, notice: Leased) -> EmailMessage:
        house = self._house()
        mail = mail_of(notice.payload, house)
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(one_line(house.municipality), addr_spec=self._server.sender)
        message["To"] = _receiver(notice.payload["to"])
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(notice.created_at)
        message["Message-ID"] = f"<{notice.id}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        return message

    def _connected(self) -> smtplib.SMTP:
        server, domain = self._server, self._domain
        if server.security is Security.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, domain, timeout=TIMEOUT_SECONDS, context=self._context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, domain, timeout=TIMEOUT_SECONDS)
        try:
            if server.security is Security.STARTTLS:
                connection.starttls(context=self._context)
            if server.username:
                connection.login(server.username, server.password)
        except BaseException:
            connection.close()
            raise
        return connection


def is_address(text: str) -> bool:
    """Whether a mail can be sent to this: one address, without a name, in plain letters."""
    try:
        address = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        return False
    whole = address.addr_spec == text  # no comment in brackets, no spaces around it
    return whole and text.isascii() and text.isprintable() and "." in address.domain and len(text) <= 254


def _receiver(to: dict[str, Any]) -> Address:
    """An address header: a line end in a name or address cannot begin another header."""
    if not is_address(to["address"]):
        raise Refused("the address is not one")
    return Address(one_line(to["name"]), addr_spec=to["address"])


def _verdict(error: Exception) -> NotSent:
    """What a fault of the mail server means for this mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return _by_code(max(codes), "receiver")
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Unreachable(f"SMTP {error.smtp_code} (sender)")
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_code(error.smtp_code, "message")
    return Unreachable(_why(error))


def _by_code(code: int, what: str) -> NotSent:
    return (Refused if code >= _PERMANENT else NotSent)(f"SMTP {code} ({what})")


def _why(error: Exception) -> str:
    """The kind of fault; the server's own words may repeat an address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
