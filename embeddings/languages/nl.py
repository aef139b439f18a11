"""Dutch: Snowball's stemmer and the words that say nothing in a question to a municipality."""

from __future__ import annotations

from embeddings.languages.base import SnowballLanguage

STOP_WORDS = frozenset(
    """
    aan al alle alleen als alsof ander andere anders ben bij bijna bijvoorbeeld binnen d da daar
    daarna dan dat de deze die dit doe doen doet door dus echt een eens en er even ga gaan gaat geen
    geweest geworden goed goede goedemiddag goedemorgen graag haar had hadden hallo heb hebben hebt
    heeft heel hem het hier hij hoe hoi hun iemand iets ik in is ja jaja je jij jou jouw jullie kan
    kon konden kun kunnen kunt laat laten m maar mag me meer men met mij mijn misschien mn moest
    moet moeten n na naar nee niet niks nog nou nu of om omdat ons onze ook op over s sinds straks t
    te tegen toch toen tot u uit uw van vanaf vandaag veel via voor vraag waar waarom wanneer want
    waren was wat we weer wel welk welke werd weten wie wij wil wilde willen wilt word worden wordt
    zal ze zeg zei zelf zich zij zijn zn zo zoals zou zouden
    """.split()
)


def dutch() -> SnowballLanguage:
    return SnowballLanguage("nl", "dutch", STOP_WORDS)
