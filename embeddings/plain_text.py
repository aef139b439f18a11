"""Text without what nobody sees: control characters out, one kind of space."""

import re
import unicodedata

# Guard S3. Tags, variation selectors, zero width, soft hyphen, C0/C1 (not tab and newline), direction marks.
_UNSEEN = re.compile(
    "[\U000e0000-\U000e007f\ufe00-\ufe0f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
    "\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_AROUND_NEWLINE = re.compile(r" ?\n ?")
_MANY_NEWLINES = re.compile(r"\n{3,}")


def strip_controls(text: str) -> str:
    """Give the text as a person sees it: without characters that steer, hide or split it unseen."""
    return _UNSEEN.sub("", text)


def fold_spaces(text: str) -> str:
    """Give the text in NFC with single spaces, and at most one blank line between paragraphs."""
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return _MANY_NEWLINES.sub("\n\n", _AROUND_NEWLINE.sub("\n", spaced))
