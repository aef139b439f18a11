"""A signed POST, once, over https, to the address that was chosen and to no other."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import socket
import threading
import time
import uuid
from collections.abc import Iterator

import pytest

from service.notify.asking import MOST_BYTES, UnsafeAddress, ask
from service.notify.notices import Channels, Notices
from service.notify.sending import NotSent, Refused, Unreachable
from service.notify.webhook import SIGNATURE, Hook, WebhookSender, signature
from service.storage.outbox import Kind, Leased
from tests.service.notify.scene import NOON, SITE, Asked, Clock, Site, free_port, gap, leased, serving

SECRET = "een geheim van meer dan tweeëndertig tekens"


class Receiving(Site):
    """Answers with what the test sets."""

    status = 204
    content = b""
    headers: dict[str, str]

    def answer(self, request: Asked) -> tuple[int, dict[str, str], bytes]:
        return self.status, getattr(self, "headers", {}), self.content


@pytest.fixture
def site() -> Iterator[Receiving]:
    site = Receiving()
    with serving(site):
        yield site


def notice() -> Leased:
    [made] = Notices(SITE, Channels(webhook=True)).opened(gap(), [])
    return leased(Kind.WEBHOOK, made.payload)


def sender(url: str, clock: Clock | None = None) -> WebhookSender:
    return WebhookSender(Hook(url, SECRET), clock or Clock())


def test_what_happened_is_posted_as_json(site: Receiving) -> None:
    one = notice()
    sender(f"{site.url}/haak?bron=1").send(one)
    [asked] = site.asked
    assert (asked.method, asked.path) == ("POST", "/haak?bron=1")
    assert asked.headers["Content-Type"] == "application/json"
    body = asked.json()
    assert (body["id"], body["event"], body["at"]) == (str(one.id), "opened", NOON.isoformat())
    assert body["facts"]["link"] == f"{SITE}/duo/signalen/12"


def test_the_signature_can_be_checked_by_who_knows_the_secret(site: Receiving) -> None:
    sender(site.url).send(notice())
    [asked] = site.asked
    at, signed = (part.split("=")[1] for part in asked.headers[SIGNATURE].split(","))
    expected = hmac.new(SECRET.encode(), at.encode() + b"." + asked.body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(signed, expected)
    assert int(at) == int(NOON.timestamp())
    assert signature(SECRET, int(at) + 1, asked.body) != asked.headers[SIGNATURE]


def test_a_repeat_has_the_same_key_and_body_and_a_signature_of_its_own_time(site: Receiving) -> None:
    clock, one = Clock(), notice()
    hook = sender(site.url, clock)
    hook.send(one)
    clock.turn(hours=1)
    hook.send(one)
    first, second = site.asked
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"] == str(one.id)
    assert first.body == second.body
    assert first.headers[SIGNATURE] != second.headers[SIGNATURE]
    hook.send(leased(Kind.WEBHOOK, one.payload, uuid.uuid4()))
    assert site.asked[2].headers["Idempotency-Key"] != str(one.id)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (500, NotSent),
        (503, NotSent),
        (429, NotSent),
        (408, NotSent),
        (400, Refused),
        (401, Refused),
        (404, Refused),
    ],
)
def test_the_status_says_whether_there_is_sense_in_another_try(
    site: Receiving, status: int, kind: type[NotSent]
) -> None:
    site.status = status
    with pytest.raises(NotSent) as reason:
        sender(site.url).send(notice())
    assert type(reason.value) is kind
    assert reason.value.why == f"HTTP {status}"


def test_a_redirect_is_not_followed(site: Receiving) -> None:
    site.status, site.headers = 307, {"Location": f"{site.url}/elders"}
    with pytest.raises(Refused, match="HTTP 307"):
        sender(site.url).send(notice())
    assert len(site.asked) == 1


def test_nobody_there_is_unreachable() -> None:
    with pytest.raises(Unreachable, match="ConnectError"):
        sender(f"http://127.0.0.1:{free_port()}/").send(notice())


def test_who_answers_a_letter_at_a_time_is_left_after_the_time_for_it_all() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=trickle, args=(server,))
        thread.start()
        began = time.monotonic()
        with pytest.raises(Unreachable, match="in time"):
            ask("GET", f"http://127.0.0.1:{server.getsockname()[1]}/", {}, total_seconds=0.5)
        assert time.monotonic() - began < 5
        thread.join()


def trickle(server: socket.socket) -> None:
    line, _ = server.accept()
    with line, contextlib.suppress(OSError):
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            line.sendall(b"X-A: b\r\n")
            time.sleep(0.05)


def test_an_endless_answer_is_not_read_to_its_end(site: Receiving) -> None:
    site.status, site.content = 200, b"x" * (MOST_BYTES + 1)
    with pytest.raises(NotSent, match="too long"):
        sender(site.url).send(notice())


@pytest.mark.parametrize(
    "url",
    [
        "http://haak.example/",
        "http://10.0.0.1/",
        "http://127.0.0.1.elders.example/",
        "http://localhost.elders.example/",
        "https://naam:wachtwoord@haak.example/",
        "https://haak.example/#deel",
        "ftp://haak.example/",
        "file:///etc/hosts",
        "https://",
        "haak.example",
        "",
    ],
)
def test_an_unsafe_address_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(UnsafeAddress):
        Hook(url, SECRET)


@pytest.mark.parametrize(
    "url", ["https://haak.example/x?y=1", "http://localhost:8080/", "http://[::1]:8080/"]
)
def test_https_or_this_machine_is_safe(url: str) -> None:
    assert Hook(url, SECRET).url == url


def test_a_secret_is_not_shown_with_the_hook() -> None:
    assert SECRET not in repr(Hook("https://haak.example/", SECRET))
