"""The one script that a website puts in its pages: it draws the button, and opens the chat in a frame."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web import wording_sites as wording
from service.web.problems import Problem
from service.web.static_files import FOREVER, StaticFile
from service.web.widget.sites import Site

FLOATING = "/widget.js"
RELEASED = Path(__file__).with_name("released")
FRESH = "public, max-age=300"
_WORDS = "/* words */ {}"


def _of(content: bytes) -> StaticFile:
    return StaticFile(content, "text/javascript")


def _made() -> StaticFile:
    """The loader with its words in it."""
    source = Path(__file__).with_name("antwoordduo.js").read_text(encoding="utf-8")
    words = json.dumps(wording.LOADER, ensure_ascii=False)
    return _of(source.replace(_WORDS, words).encode())


LOADER = _made()
# every loader that a website may have fixed in its pages: they go on working after an upgrade
LOADERS = {path.stem: _of(path.read_bytes()) for path in sorted(RELEASED.glob("*.js"))}
LOADERS[LOADER.version] = LOADER
FIXED = f"/widget/{LOADER.version}/widget.js"
INTEGRITY = "sha384-" + base64.b64encode(hashlib.sha384(LOADER.content).digest()).decode()

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class InstallLines:
    """What a web team puts in its pages. `floating` follows our versions; `fixed` is checked by the browser
    and stays as it is until the team puts a newer line there."""

    floating: str
    fixed: str


def install_lines(root: str, site: Site, telephone: str) -> InstallLines:
    """The lines for a site; `root` is where others reach us. The telephone number is for when we are away."""
    about = (
        f'data-site="{site.key}" data-taal="{site.language}" data-telefoon="{html.escape(telephone)}" async'
    )
    checked = f'integrity="{INTEGRITY}" crossorigin="anonymous"'
    return InstallLines(
        f'<script src="{root}{FLOATING}" {about}></script>',
        f'<script src="{root}{FIXED}" {checked} {about}></script>',
    )


@router.get(FLOATING)
async def floating(request: Request) -> Response:
    """The loader of this version; browsers look again after five minutes."""
    etag = f'"{LOADER.version}"'
    headers = {"ETag": etag, "Cache-Control": FRESH}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(LOADER.content, media_type=LOADER.media_type, headers=headers)


@router.get("/widget/{digest}/widget.js")
async def fixed(digest: str) -> Response:
    """The loader under the address of its content, which never changes; also one of an earlier version."""
    loader = LOADERS.get(digest)
    if loader is None:
        raise Problem(404)
    return Response(loader.content, media_type=loader.media_type, headers={"Cache-Control": FOREVER})
