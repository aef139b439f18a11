"""What somebody typed, as people see it."""

from __future__ import annotations

from embeddings.plain_text import strip_controls


def plain(text: str) -> str:
    """The text without the characters that nobody sees (guard S3) and without spaces around it."""
    return strip_controls(text.replace("\r\n", "\n")).strip()
