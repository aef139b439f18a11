"""Fetching over a real local server: pages, tokens, and every limit of guard S24."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import stamina

from ingest.addresses import FetchRefused
from ingest.fetching import Fetcher, Limits
from tests.ingest.deliveries import documents, problems, product, vac

JSON = "application/json; charset=utf-8"


@dataclass
class Site:
    """A server that answers what a test told it, and remembers what it was asked."""

    server: ThreadingHTTPServer
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    drip: float = 0.0
    busy: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, body: Any, kind: str = JSON, status: int = 200, **headers: str) -> str:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {name: value for name, value in named.items() if value}, content)
        return self.url + path

    def answer(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.asked.append((path, headers))
        status, named, content = self.answers.get(path, (404, {}, b""))
        if self.busy:
            self.busy, status = self.busy - 1, 503
        return status, named, content

    def fetcher(self, **limits: Any) -> Fetcher:
        return Fetcher(self.url, "Token geheim", intranet=True, limits=Limits(**{"attempts": 2} | limits))


def handler_of(answered: Callable[[], Site]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site = answered()
            status, headers, content = site.answer(self.path, dict(self.headers))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.write(content, site.drip)

        def write(self, content: bytes, drip: float) -> None:
            if not drip:
                self.wfile.write(content)
            for byte in content if drip else b"":
                time.sleep(drip)
                self.wfile.write(bytes([byte]))

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    here: Site = Site(ThreadingHTTPServer(("127.0.0.1", 0), handler_of(lambda: here)))
    thread = threading.Thread(target=here.server.serve_forever, args=(0.01,))
    thread.start()
    with stamina.set_testing(True, attempts=2, cap=True):
        yield here
    here.server.shutdown()
    here.server.server_close()
    thread.join()


def test_the_token_goes_along(site: Site) -> None:
    url = site.put("/a", [1])
    assert site.fetcher().fetch(url) == b"[1]"
    assert site.asked[0][1]["Authorization"] == "Token geheim"
    assert "geheim" not in repr(site.fetcher())
    assert site.asked[0][1]["Host"] == site.url.removeprefix("http://")


def test_without_the_intranet_setting_nothing_is_fetched_here(site: Site) -> None:
    url = site.put("/a", [1])
    with pytest.raises(FetchRefused, match="only https"):
        Fetcher(site.url).fetch(url)
    with pytest.raises(FetchRefused, match=r"leads to 127\.0\.0\.1"):
        Fetcher("https://localhost", resolve=lambda host, port: ["127.0.0.1"]).fetch("https://localhost/a")
    assert site.asked == []


def test_a_second_answer_of_dns_changes_nothing(site: Site) -> None:
    url = site.put("/a", [1]).replace("127.0.0.1", "api.example")
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    fetcher = Fetcher(url, intranet=True, resolve=lambda host, port: next(answers))
    assert fetcher.fetch(url) == b"[1]"
    assert site.asked[0][1]["Host"].startswith("api.example:")
    with pytest.raises(FetchRefused, match=r"leads to 169\.254\.169\.254"):
        fetcher.fetch(url)


def test_a_redirect_on_the_same_host_is_followed_at_most_three_times(site: Site) -> None:
    site.put("/end", [1])
    for step, after in (("/3", "/end"), ("/2", "/3"), ("/1", "/2"), ("/0", "/1")):
        site.put(step, b"", status=302, Location=after)
    assert site.fetcher().fetch(site.url + "/1") == b"[1]"
    with pytest.raises(FetchRefused, match="more than 3 redirects"):
        site.fetcher().fetch(site.url + "/0")


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/", "https://other.example/", "file:///etc/passwd"]
)
def test_a_redirect_elsewhere_is_refused(site: Site, target: str) -> None:
    with pytest.raises(FetchRefused):
        site.fetcher().fetch(site.put("/a", b"", status=301, Location=target))


def test_a_redirect_of_a_public_site_to_an_internal_address_is_refused() -> None:
    fetcher = Fetcher("https://api.example", resolve=lambda host, port: ["10.0.0.8"])
    with pytest.raises(FetchRefused, match="not a public address"):
        fetcher.fetch("https://api.example/a")


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream", ""])
def test_another_content_type_is_refused(site: Site, kind: str) -> None:
    with pytest.raises(FetchRefused, match="not JSON"):
        site.fetcher().fetch(site.put("/a", b"[1]", kind))


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 500])
def test_another_status_is_refused_with_its_number(site: Site, status: int) -> None:
    with pytest.raises(FetchRefused, match=str(status)):
        site.fetcher().fetch(site.put("/a", b"", status=status))
    assert len(site.asked) == 1


def test_a_busy_server_is_asked_again(site: Site) -> None:
    url = site.put("/a", [1])
    site.busy = 1
    assert site.fetcher().fetch(url) == b"[1]"
    site.busy = 2
    with pytest.raises(FetchRefused, match="after 2 tries: the server answers 503"):
        site.fetcher().fetch(url)


def test_an_answer_that_is_too_large_is_cut_off(site: Site) -> None:
    url = site.put("/a", b"[" + b" " * 5_000 + b"]")
    with pytest.raises(FetchRefused, match="larger than 1,000 bytes"):
        site.fetcher(most_bytes=1_000).fetch(url)


def test_a_compressed_answer_counts_at_full_size(site: Site) -> None:
    import gzip

    url = site.put("/a", gzip.compress(b" " * 1_000_000), Content_Encoding="gzip")
    with pytest.raises(FetchRefused, match="larger than"):
        site.fetcher(most_bytes=100_000).fetch(url)


def test_a_server_that_drips_is_left_in_time(site: Site) -> None:
    url = site.put("/a", [1] * 100)
    site.drip = 0.05
    begin = time.monotonic()
    with pytest.raises(FetchRefused, match="not complete within"):
        site.fetcher(total_seconds=0.3, attempts=1).fetch(url)
    assert time.monotonic() - begin < 2


def test_a_server_that_is_not_there_is_named_without_the_token() -> None:
    with stamina.set_testing(True, attempts=1), pytest.raises(FetchRefused, match="no answer") as refused:
        Fetcher("http://127.0.0.1:1", "Token geheim", intranet=True).fetch("http://127.0.0.1:1/")
    assert "geheim" not in str(refused.value)


def test_pages_are_read_to_the_end(site: Site) -> None:
    start = site.put("/p?page=1", {"results": [product("p1")], "next": f"{site.url}/p?page=2"})
    site.put("/p?page=2", {"results": [product("p2")], "next": "/p?page=3"})
    site.put("/p?page=3", {"results": [product("p3")], "next": None})
    found = documents("sdg", start, fetcher_for=lambda place: site.fetcher())
    assert [document.id for document in found] == ["p1", "p2", "p3"]


def test_a_bare_list_is_one_page(site: Site) -> None:
    start = site.put("/objects", [vac("v1"), vac("v2")])
    assert len(documents("vac", start, fetcher_for=lambda place: site.fetcher())) == 2


@pytest.mark.parametrize("after", ["https://other.example/p", "http://169.254.169.254/p", "/missing"])
def test_a_next_page_that_cannot_be_read_withdraws_nothing(site: Site, after: str) -> None:
    start = site.put("/p", {"results": [vac("v1")], "next": after})
    (problem,) = problems("vac", start, fetcher_for=lambda place: site.fetcher())
    assert problem.severity == "unreadable"
    assert problem.incomplete


def test_pages_that_go_round_end(site: Site) -> None:
    start = site.put("/p", {"results": [vac("v1")], "next": "/p"})
    (problem,) = problems("vac", start, fetcher_for=lambda place: site.fetcher())
    assert "do not end" in problem.message


def test_a_next_page_given_as_http_stays_on_https() -> None:
    asked: list[int] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(port)
        return []

    with pytest.raises(FetchRefused, match="no address"):
        Fetcher("https://api.example/p", resolve=resolve).fetch("http://api.example/p?page=2")
    assert asked == [443]
