"""Another wording is no new thing, where an encoder says that it is near; a fact stays a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from embeddings.encoders import bundled
from embeddings.encoders.base import Encoded, EncoderFailed
from embeddings.encoders.hashing import HashingEncoder
from service.composers.llm.endpoint import Said
from service.composers.llm.facts.material import Cited
from service.composers.llm.facts.nearness import FITTED_WITH, Nearness, TokenNearness, is_new, nearness_by
from service.composers.llm.facts.vocabulary import words_of
from service.composers.llm.grounding import Grounded, grounded

TEXT = (
    "Een boom die gevaar geeft, mag meteen om. Stuur binnen 2 dagen een foto aan team Groen.\n"
    "Een kapvergunning kost € 85. U mag geen boom kappen als er een nest in zit."
)
PASSAGE = Cited("Een boom kappen", "", TEXT)


@dataclass(frozen=True)
class Near:
    """Every word comes as near as this."""

    cosine: float

    def of(self, sentence: str, passages: Sequence[Cited]) -> Mapping[str, float]:
        return dict.fromkeys(words_of(sentence), self.cosine)


class Broken(HashingEncoder):
    """Cannot read."""

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        raise EncoderFailed("no memory")


def asked(sentence: str, near: Nearness | None = None) -> Grounded:
    return grounded([Said(sentence, ("p0",))], [PASSAGE], {"p0": 0}, "nl", near)


REWORDED = "Is een boom gevaarlijk, dan mag u hem meteen weghalen uit de grond."


def test_a_word_that_comes_near_is_a_wording_and_one_that_does_not_is_new() -> None:
    assert [one.reason for one in asked(REWORDED).dropped] == ["words"]
    assert asked(REWORDED, Near(0.75)).dropped == ()
    assert [one.reason for one in asked(REWORDED, Near(0.2)).dropped] == ["words"]


@pytest.mark.parametrize("lie", [
    "Een kapvergunning kost € 95.",
    "Een kapvergunning kost € 85 per jaar.",
    "Stuur binnen 3 dagen een foto aan team Groen.",
    "Stuur binnen 2 dagen een foto aan team Blauw.",
    "Stuur binnen 2 dagen een foto via www.bomen.example.",
    "U mag een boom kappen als er een nest in zit.",
    "Stuur binnen 2 dagen een foto aan de politie.",
    "Stuur binnen 2 dagen een foto aan het uwv.",
])  # fmt: skip
def test_no_nearness_makes_a_figure_a_name_a_link_a_body_or_a_no_right(lie: str) -> None:
    assert asked(lie, Near(1.0)).kept == ()


def test_a_body_and_a_word_that_nobody_says_are_new_however_near() -> None:
    assert is_new("politie", 1.0, is_thing=True)
    assert is_new("kapverordeningstoets", 1.0, is_thing=True)
    assert not is_new("huis", 0.8, is_thing=True)


def test_a_rare_word_has_to_come_nearer_than_a_common_one() -> None:
    steps = [step / 100 for step in range(101)]
    least = {
        word: min(step for step in steps if not is_new(word, step, is_thing=True))
        for word in ("huis", "omhakken")
    }
    assert least["huis"] < least["omhakken"]


def test_an_encoder_tells_how_near_each_word_comes() -> None:
    near = TokenNearness(HashingEncoder()).of("De boom wordt omgehakt", [PASSAGE])
    assert near["boom"] == pytest.approx(1.0)
    assert near["omgehakt"] < 0.9
    assert set(near) == {"de", "boom", "wordt", "omgehakt"}


def test_with_an_encoder_that_fails_the_checks_are_as_strict_as_without() -> None:
    assert TokenNearness(Broken()).of(REWORDED, [PASSAGE]) == {}
    assert asked(REWORDED, TokenNearness(Broken())).dropped == asked(REWORDED).dropped


def test_only_the_encoder_that_the_weights_were_fitted_with_is_asked() -> None:
    assert nearness_by(HashingEncoder()) is None
    assert nearness_by(None) is None
    # after a training: `python -m evals llm nearness` says the new weights
    assert bundled.NAME == FITTED_WITH


def test_in_english_nothing_is_compared_so() -> None:
    text = Cited("Trees", "", "A tree that is dangerous may be felled at once. Send a photo within 2 days.")
    said = [Said("A dangerous tree may be chopped at once in the forest.", ("p0",))]
    assert grounded(said, [text], {"p0": 0}, "en", Near(1.0)) == grounded(said, [text], {"p0": 0}, "en")
