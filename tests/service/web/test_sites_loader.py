"""The script on somebody else's page: small, by itself, under an address that never changes (guard S13)."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

import pytest

from service.web import wording_sites
from service.web.static_files import StaticFile
from service.web.widget.loader import FIXED, FLOATING, INTEGRITY, LOADER, LOADERS, RELEASED, install_lines
from service.web.widget.sites import Site
from tests.service.web.conftest import Site as RunningSite

SOURCE = LOADER.content.decode()


def test_the_loader_is_light() -> None:
    assert len(gzip.compress(LOADER.content, 9)) <= 5 * 1024


def test_the_loader_has_its_words_in_both_languages() -> None:
    for words in wording_sites.LOADER.values():
        assert all(word in SOURCE for word in words.values())
    assert wording_sites.LOADER["nl"].keys() == wording_sites.LOADER["en"].keys()


def test_the_loader_asks_for_nothing_keeps_nothing_and_writes_no_markup() -> None:
    asks = r"fetch\(|XMLHttpRequest|sendBeacon|WebSocket|import\("
    keeps = r"localStorage|sessionStorage|cookie|innerHTML|eval\("
    assert re.findall(f"{asks}|{keeps}", SOURCE) == []
    assert "https://" not in SOURCE
    assert "http://" not in SOURCE
    sandbox = re.search(r'sandbox: "([^"]+)"', SOURCE)
    assert sandbox
    assert "top-navigation" not in sandbox[1]
    assert "postMessage({ antwoordduo: word }, origin)" in SOURCE  # never to "*"
    assert '"*"' not in SOURCE


def test_the_floating_address_is_looked_at_again_and_the_fixed_one_never(site: RunningSite) -> None:
    floating, fixed = site.client.get(FLOATING), site.client.get(FIXED)
    assert floating.text == fixed.text == SOURCE
    assert floating.headers["Cache-Control"] == "public, max-age=300"
    assert "immutable" in fixed.headers["Cache-Control"]
    for response in (floating, fixed):
        assert response.headers["Content-Type"].startswith("text/javascript")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in response.headers
    again = site.client.get(FLOATING, headers={"If-None-Match": floating.headers["ETag"]})
    assert again.status_code == 304
    assert site.client.get("/widget/0123456789abcdef/widget.js").status_code == 404


def test_the_present_loader_is_kept_among_the_earlier_ones() -> None:
    kept = RELEASED / f"{LOADER.version}.js"
    assert kept.exists(), "the loader changed: run `make loader`, websites fix its address in their pages"
    assert kept.read_bytes() == LOADER.content


def test_of_an_earlier_loader_not_a_byte_changes() -> None:
    digests = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in RELEASED.iterdir()}
    assert digests
    assert all(name == digest for name, digest in digests.items())
    # the first one: a website that fixed it long ago still finds it
    assert "fc1f6235fada375f" in digests


def test_an_earlier_loader_is_served_for_ever(site: RunningSite, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = StaticFile(b"// of an earlier version", "text/javascript")
    monkeypatch.setitem(LOADERS, earlier.version, earlier)
    served = site.client.get(f"/widget/{earlier.version}/widget.js")
    assert served.content == earlier.content
    assert served.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert served.headers["Access-Control-Allow-Origin"] == "*"
    assert served.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert all(site.client.get(f"/widget/{each}/widget.js").status_code == 200 for each in LOADERS)


def test_the_lines_to_install_name_the_right_digest() -> None:
    lines = install_lines(
        "https://chat.merelveen.nl", Site("merelveen", "M", language="en"), '14 0999"><script>'
    )
    digest = base64.b64encode(hashlib.sha384(LOADER.content).digest()).decode()
    assert f"sha384-{digest}" == INTEGRITY
    assert f'integrity="{INTEGRITY}" crossorigin="anonymous"' in lines.fixed
    assert 'src="https://chat.merelveen.nl/widget.js"' in lines.floating
    for line in (lines.floating, lines.fixed):
        assert 'data-site="merelveen" data-taal="en"' in line
        assert line.count("<script") == 1
