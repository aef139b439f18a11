"""In which language a sentence is, by its small words. Only what has to be told apart from Dutch and English."""

from __future__ import annotations

from service.composers.llm.facts.vocabulary import words_of

_SMALL = {
    "nl": "de het een en van u uw wij is zijn niet dat dit die voor met op in aan bij als of om dan kunt moet wordt ook naar "
    "geen per heeft hebt krijgt onze ons er te over uit binnen tot door maar na vanaf mag al kost euro jaar dag geldt hoeft zonder alleen samen niets elke u",
    "en": "the a an and of you your we is are not that this these for with on in at if or to can must will also no per have "
    "has our us there about from within until by but it be",
    "de": "der die das ein eine und von sie ihr ihre wir ist sind nicht dass fur mit auf im am bei wenn oder um zu kann "
    "konnen muss wird auch nach kein haben hat unser uber aus bis durch aber es",
    "fr": "le la les un une et de du des vous votre vos nous est sont ne pas que ce cette pour avec sur dans au aux si ou "
    "pouvez devez sera aussi par il elle sans",
    "es": "el la los las un una y de del usted su sus nosotros es son no que este esta para con en al si o puede debe sera "
    "tambien por sin lo",
    "tr": "ve bir bu icin ile de da mi ne siz sizin biz var yok olarak veya gerekir",
    "pl": "i w z na do nie sie jest sa to ze dla jak lub oraz moze musi przez",
}
_WORDS = {code: frozenset(words.split()) for code, words in _SMALL.items()}


def is_in(text: str, language: str) -> bool:
    """Whether a text can be in this language: no other one has more of its small words in it."""
    words = words_of(text)
    counts = {code: sum(word in small for word in words) for code, small in _WORDS.items()}
    foreign = sum(any(letter > "\u024f" for letter in word) for word in words)
    most = max(counts.values())
    return foreign * 2 <= len(words) and (not most or counts[language] == most)


def language_of(text: str) -> str:
    """Dutch or English, whichever it is more like."""
    words = words_of(text)
    return max(("nl", "en"), key=lambda code: sum(word in _WORDS[code] for word in words))
