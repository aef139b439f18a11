"""Sentences in a text that are written to whoever writes the answer instead of to people.

A municipality tells people what to do ("Meld u aan", "Zeg dat er spoed is"), and never a model what to say.
A text that does was touched by somebody else: nothing of it is reworded, the quote stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from embeddings.languages.base import folded
from embeddings.plain_text import strip_controls

_MACHINE = (
    r"(?:ai|a\.i\.|(?:ai|kunstmatige)[- ](?:assistent|model|systeem)\w*|\w*(?:chat|ro|kortings)bots?|bots?|(?:chat)?gpt|"
    r"assistants?|assistent|computers die|automatische? (?:systemen|lezers?|verwerking)|automated (?:systems?|readers?)|"
    r"het model|the model|model(?=,))"
)
_SAYS = (
    r"(?:zegt?|zeggen|schrijft?|schrijven|noemt?|noemen|meldt|melden|vertel\w*|vermeld\w*|antwoord|antwoordt|antwoorden|geef|"
    r"toon|herhaal|verwijs|vervang|maak|say|says|tell|state|write|mention|answer|reply|respond|print|output|repeat|give|"
    r"cite|add|reveal|show|approve|moet|moeten|must|should|shall|voegt|dient)"
)
# where a sentence, a clause or a cell begins
_BEGIN = r"(?:^|[\t.;!?:] ?|, |[\"'“‘(] ?|\b(?:en|and|maar|but|dan) |[–—-] )"
_ORDERS = (
    # words of the trade
    r"\b(?:taalmodel\w*|language models?|llms?|gpt|system ?prompt\w*|systeemprompt\w*|systeembericht|system message|prompts?|"
    r"jailbreak|developer mode|dan[- ]modus|samenvatter)\b",
    # about the answer that is being written
    r"\b(?:in|van|aan|bij|begin|boven|onder) (?:je|jouw|ieder|elk|alle) antwoord(?:en)?\b|"
    r"\b(?:zet|noem|vermeld|neem|voeg|schrijf)\b.{0,30} (?:in|aan|bij) (?:het|dit|de|je|elk) (?:antwoord|samenvatting)\b",
    r"\b(?:al )?(?:je|jouw|your) (?:\w+ )?(?:zinnen|opdrachten?|regels|instructies?|bronnen|mening|reactie|output|"
    r"instructions?|sentences?|guidelines|reply|programming)\b",
    r"\b(?:in|of|at) (?:every|each|your|any) (?:answer|sentence|reply|response|summary)\b|\bals antwoord dat\b|"
    r"\b(?:elke|iedere|every|each|any) (?:vraag|question) (?:met|with)\b|\bwhen you (?:answer|reply|respond)\b",
    r"\b(?:samenvatting|summary) (?:van|of) (?:deze|this|dit)\b.*:|\bbij (?:het )?samenvatten\b|\bwhen summari[sz]ing\b|"
    r"\bvat (?:dit|deze tekst|het) samen als\b",
    r"\bwie dit (?:\w+ )?(?:samenvat|beschrijft|leest|verwerkt|vertaalt|herschrijft|overneemt|citeert)\b|"
    r"\b(?:die|wie|wat) (?:deze tekst|dit) (?:automatisch |zelf )?(?:lezen|leest|samenvat\w*|verwerk\w*|beschrijv\w*|herschrijv\w*)\b",
    r"\b(?:schrijver|steller|maker|writer|author) (?:van|of) (?:het|dit|the|this) (?:antwoord|answer|samenvatting|summary)\b",
    r"\b(?:alle|deze|andere|the|all|other) passages?\b|\b(?:bron|kenmerk|source|cite) p[0-9a-f]{3,6}\b|"
    r"\b(?:bronnen|sources|voorwaarden|conditions|kenmerken) weg\b|\bgeef geen bron\w*|\bsources?: ?\[|"
    r"\bprevious (?:rows?|text|passages?)\b|\bremove all (?:conditions|sources)\b",
    # to a machine
    rf"\b{_MACHINE}\b.{{0,60}}\b{_SAYS}\b|\b{_MACHINE} ?:|"
    rf"(?:^|[\t:]) ?(?:aan|voor|to|for|beste|dear|note to) (?:de |het |the |alle |all )?{_MACHINE}\b",
    r"(?:^|[\t.;!?] ?|, |: ?|- )(?:system|systeem|assistant|user|role)s? ?(?::|\t)",
    # away with the rules
    r"\b(?:negeer|vergeet(?! u\b| uw\b| niet\b)|ignore|disregard|forget|override|overrule|do not follow|volg niet)\b.{0,60}\b(?:instruct\w*|"
    r"opdracht\w*|regels?|rules?|guidelines|previous|above|vorige|eerdere|bovenstaande|hierboven|alles|everything)\b|\boverride:",
    r"\b(?:new|nieuwe) (?:instructions?|instructies?|opdracht(?:en)?) ?:|\bandere regels voor (?:jou|je)\b|"
    r"\b(?:from now on|vanaf nu|vanaf hier|voortaan) (?:you|jij|je|answer|antwoord)\b",
    # be somebody else
    r"\b(?:je|jij|u|you) (?:bent|are) (?:nu|vanaf nu|now|voortaan) (?:een|a|an|geen|dan|vrij|free)\b(?! (?:van|of))|"
    r"\b(?:nu|now) (?:ben|are) (?:je|jij|you)\b|\bdoe (?:net )?(?:alsof|of) (?:je|jij|deze|dit)\b|"
    r"\bstel je voor dat (?:je|jij)\b|\bimagine (?:that )?you\b|^\W*act as\b|\bpretend\b|\bas an ai\b",
    # say this
    rf"{_BEGIN}(?:zeg|antwoord|vertel|schrijf|beweer|bevestig|claim)(?: (?:ook|altijd|steeds|er|erbij|alleen|hier|overal)){{0,2}} dat "
    r"(?!dan\b|er spoed\b|er (?:dan )?bij\b|eerst\b|via\b|\d|in\b|tegen\b|u\b|uw\b|je\b|jij\b|meteen\b|bij\b|op\b|aan\b|binnen\b|online\b|ons\b)\w",
    rf"{_BEGIN}(?:zeg|antwoord|vertel|schrijf)(?: \w+){{0,2}} dat (?:u|je|uw)\b.{{0,60}}"
    r"\b(?:mag|moet|hoeft|krijgt|kunt|niets|gratis|goedgekeurd|worden|wordt)\b",
    rf"{_BEGIN}(?:zeg(?! dat (?:dan|er)\b)|antwoord|schrijf|herhaal|noem(?! nooit)|say|answer|reply|respond|output|repeat|content)"
    r"(?: \w+){0,3}(?: ?[:\"“]| ?\t)",
    rf"{_BEGIN}(?:zeg|antwoord|schrijf|herhaal) (?:altijd|alleen|voortaan|op deze vraag|in het|niets over|met|overal|alles|uitsluitend)\b",
    r"(?:^|[.:\t] ?)\W*antwoord (?:altijd|ja|nee|met|in|op)\b|\bschrijf dat op\W*(?:\w{3,4})?$|\bschrijf (?:deze|die) link\b|"
    r"\bschrijf[t]? erbij dat\b",
    rf"{_BEGIN}(?:say|reply|answer|respond|print|output|repeat|mention|state|tell|claim) "
    r"(?:that|always|only|exactly|with|to the|the (?:user|reader|customer|visitor)|everybody|everyone)\b",
    r"\b(?:vertel|meld|laat|tell|antwoord|zeg tegen) (?:de|the|een) (?:lezer|gebruiker|vrager|user|reader|visitor)\b|"
    r"\bzeg tegen (?:iedereen|mensen)\b|\b(?:the|de) (?:user|gebruiker|lezer|reader) (?:should|must|moet)\b",
    rf"{_BEGIN}(?:laat|leave) (?:alle|de|out|all) (?:\w+ )?(?:voorwaarden|bronnen|conditions|sources|kenmerken)\b|"
    r"\b(?:prijs|beveel) .{1,60} aan\W*$",
    rf"{_BEGIN}(?:vertaal|translate|reveal|onthul|verklap) (?:het|the|je|your|dit|this|alle?) (?:antwoord|answer|regels|names|system|text|namen)\b",
    rf"{_BEGIN}(?:gebruik|use) (?:als kenmerk|als bron|bron|the word|het woord|source)\b|{_BEGIN}herhaal (?:alles|wat)\b|"
    r"\bthe phrase\b.*\breply\b|\bverwijs (?:iedereen|naar (?:https?:|www\.))|\bfeliciteer\w* (?:de lezer|met)\b",
    # what people do not see, and letters apart
    r"<!--|-->|</?[a-z]\w*[^>]*>|<\W*/?(?:system|im_start|im_end)|\[/?inst\]|###\s*(?:instruct|system)|!\[[^\]]*\]\(|"
    r"\[[^\]]+\]\(https?:|\bon(?:error|load|click|focus)\s*=|=hyperlink\(|javascript:|«\s?(?:einde|begin)|\beinde passage\b",
    r"(?<!\w)(?:\w {1,3}){7,}\w(?!\w)",
)  # fmt: skip
_ORDER = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _ORDERS)
_FILE_NAME = re.compile(r"\w[_-]\w+[_-]\w|\.\w{3,4}\b")


@lru_cache(maxsize=512)
def holds_order(text: str) -> bool:
    """Whether a line of this text tells the writer of an answer what to do. Unseen characters do not hide it,
    nor do the joints of a file name."""
    lines = (re.sub(r" *\t *", "\t", line) for line in strip_controls(text).split("\n"))
    return any(_orders(plain) for line in lines for plain in _ways(line))


def _ways(line: str) -> tuple[str, ...]:
    """The line as it stands, and as a file name with its words parted."""
    plain = folded(line)
    return (plain, re.sub(r"[_-]+", " ", plain)) if _FILE_NAME.search(plain) else (plain,)


def _orders(plain: str) -> bool:
    return any(pattern.search(plain) for pattern in _ORDER)
