"""Where a web page comes from: scheme, name and port, as browsers compare it."""

from __future__ import annotations

import re

LONGEST = 200
# a name as it goes over the wire: an accented one is written as xn--…; no wildcard, no path, no slash
_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
_PORT = r"(?::[1-9][0-9]{0,4})?"
_PRIVATE = re.compile(rf"https://{_NAME}{_PORT}")
_THIS_MACHINE = re.compile(rf"http://(?:localhost|127\.0\.0\.1|\[::1\]){_PORT}")
_DEFAULT_PORT = re.compile(r"^(https://[^:]+):443$|^(http://.+):80$")


def is_origin(text: str) -> bool:
    """Whether this is one exact origin: https, or http on this machine. "null" and wildcards are none."""
    if len(text) > LONGEST or _DEFAULT_PORT.match(text):
        return False  # browsers leave the usual port out: an origin that names it equals nothing
    return bool(_PRIVATE.fullmatch(text) or _THIS_MACHINE.fullmatch(text))
