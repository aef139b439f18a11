"""English, for texts that a municipality publishes in it."""

from __future__ import annotations

from embeddings.languages.base import SnowballLanguage

STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be been but by can could did do does for from get
    had has have he her here him his how i if in into is it its just like may me more my need no not
    of off on or our out please s she should so some t than that the their them then there these
    they this those to too up us want was we were what when where which who why will with would you
    your
    """.split()
)


def english() -> SnowballLanguage:
    return SnowballLanguage("en", "english", STOP_WORDS)
