"""The few files a page needs, held in memory and addressed by their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.problems import Problem

FOLDER = Path(__file__).with_name("static")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    """A file with its digest, which is its version."""

    content: bytes
    media_type: str

    @property
    def version(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:16]


FILES = {
    path.name: StaticFile(path.read_bytes(), TYPES[path.suffix])
    for path in sorted(FOLDER.iterdir())
    if path.suffix in TYPES
}

router = APIRouter()


def static_url(name: str) -> str:
    """The address of a static file. It changes with the content, so it may be cached for ever."""
    return f"/static/{name}?v={FILES[name].version}"


@router.get("/static/{name}", include_in_schema=False)
async def static_file(request: Request, name: str, v: str = "") -> Response:
    """A static file, or 304 when the browser has this version."""
    file = FILES.get(name)
    if file is None:
        raise Problem(404)
    etag = f'"{file.version}"'
    headers = {"ETag": etag, "Cache-Control": FOREVER if v == file.version else "no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)
