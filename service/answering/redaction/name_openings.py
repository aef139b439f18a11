"""Which word may begin a name after which cue: sure after "mijn naam is", careful after "ik ben"."""

import re

from .name_words import PLACING, Opening, Word, are_sure
from .words import SURNAMES, is_first_name, is_ordinary, may_be_name, read

_PLAIN = read("plain_words.txt")
# With a capital behind a name these start the next sentence or name a department.
SENTENCE_OPENERS = read("sentence_openers.txt")
HONOURED = frozenset(
    "sint st sinte prins prinses koning koningin huize basisschool school storm sinter bureau stichting zaal"
    " sporthal sportpark theater museum camping zwembad supermarkt restaurant café cafe winkelcentrum fonds"
    " buurthuis wijkcentrum woonzorgcentrum verpleeghuis verzorgingshuis college kinderdagverblijf brug"
    " tunnel halte wijk flat station stadion gebouw manege".split()
)
PUBLIC_PLACE = re.compile(
    r".(?:school|college|lyceum|plein|park|straat|laan|singel|kade|museum|stichting|tunnel)$"
)
_NEVER = frozenset("gemeente balie heer mevrouw zelfde and of met voor niet".split())
_PEOPLES = frozenset("turk pool fin noor rus deen schot ier frans belg dane german swede pole finn".split())


def announced(opening: Opening) -> bool:
    """After "mijn naam is" or "mevrouw": with a capital any word, be it an ordinary one (Sterre, Zomer)."""
    word = opening.word
    if not word.has_capital or opening.particles or word.is_initial:
        return owner(opening)
    if word.bare in HONOURED or PUBLIC_PLACE.search(word.bare):
        return False
    return not (word.text.isupper() and is_ordinary(word.bare)) and _begins_no_sentence(word)


def owner(opening: Opening) -> bool:
    """After "namens": any name, and anything that is no ordinary word."""
    if opening.word.is_initial:
        return _initial_before_name(opening)
    if opening.particles:
        return _after_particles(opening)
    return _name_or_strange(opening.word)


def function(opening: Opening) -> bool:
    """After "de burgemeester": as after "namens", but in small letters only what is nothing but a name."""
    word = opening.word
    weak = not word.has_capital or (opening.particles and not word.is_surname)
    if weak and is_ordinary(word.bare) and not is_first_name(word.bare):
        return False
    return owner(opening)


def doubtful(opening: Opening) -> bool:
    """After "ik ben": a name with a capital, or a first name; never a trade, a state or a nationality."""
    word = opening.word
    if is_first_name(word.bare) and not opening.particles:
        return True
    if not word.has_capital:
        return _strange_in_small_letters(opening)
    if word.is_initial:
        return bool(opening.following) and opening.following[0].has_capital
    if opening.particles:
        return word.is_surname
    return (may_be_name(word.bare) and word.bare not in _PEOPLES) or not is_ordinary(word.bare)


def caller(opening: Opening) -> bool:
    """After "met" as the first word: also a surname in small letters, or a strange word and a pause."""
    if doubtful(opening):
        return True
    return not is_ordinary(opening.word.bare) and (opening.word.is_surname or not opening.following)


def closing(opening: Opening) -> bool:
    """Under a greeting: as after "namens", and an initial is enough."""
    return opening.word.is_initial or owner(opening)


def continues(word: Word, particles: list[Word], first: Word) -> bool:
    """Say whether a name that began with another word goes on with this one."""
    if word.is_initial:
        return True
    if particles and particles[0].bare in PLACING and not word.is_surname:
        return False
    if first.has_capital:
        return word.has_capital and word.bare not in SENTENCE_OPENERS
    if particles:
        strange = is_first_name(first.bare) and not is_ordinary(word.bare)
        return word.is_surname or strange or are_sure(particles)
    return _name_or_strange(word)


def _begins_no_sentence(word: Word) -> bool:
    return word.bare not in SENTENCE_OPENERS and word.bare not in _NEVER


def _initial_before_name(opening: Opening) -> bool:
    return bool(opening.following) and (opening.following[0].has_capital or opening.following[0].is_particle)


def _after_particles(opening: Opening) -> bool:
    word, particles = opening.word, opening.particles
    if are_sure(particles):
        return word.bare not in _NEVER
    return word.is_surname or not is_ordinary(word.bare) or _is_solemn(word, particles)


def _is_solemn(word: Word, particles: list[Word]) -> bool:
    """Tell "Van de Wetering" from "van Burgerzaken"."""
    doubled = particles[0].has_capital or len(particles) > 1
    in_place = particles[0].text in PLACING
    return word.has_capital and doubled and not in_place and word.bare not in SENTENCE_OPENERS


def _name_or_strange(word: Word) -> bool:
    plain = word.bare in _PLAIN and not word.has_capital
    return (may_be_name(word.bare) and not plain) or not is_ordinary(word.bare)


def _strange_in_small_letters(opening: Opening) -> bool:
    """Two words in a row that no dictionary knows are somebody: "ik ben xhevdet krasniqi"."""
    word, following = opening.word, opening.following
    if word.is_initial:
        return bool(following) and following[0].has_capital
    if is_ordinary(word.bare):
        return False
    return word.bare in SURNAMES or (bool(following) and not is_ordinary(following[0].bare))
