"""What stands in the fields of a text is the text again, and what is typed is a text by the convention."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.duo.editor import product_name, stored, typed

LINES = st.lists(
    st.sampled_from(["Een zin.", "• een ding", "1. stap", "a\tb\tc", "\tb", "", "Kost € 5."])
).map("\n".join)


@given(LINES)
def test_a_text_survives_its_field(text: str) -> None:
    assert stored(typed(text).replace("\n", "\r\n")) == text


@pytest.mark.parametrize(
    ("typed_text", "kept"),
    [
        ("- een\n* twee\n– drie\n• vier", "• een\n• twee\n• drie\n• vier"),
        ("| Soort | Prijs |\n| paspoort | € 83 |", "Soort\tPrijs\npaspoort\t€ 83"),
        ("Soort|Prijs", "Soort\tPrijs"),
        ("9-12 uur - en later", "9-12 uur - en later"),
        ("-5 graden", "-5 graden"),
    ],
)
def test_what_is_typed_plainly_follows_the_convention(typed_text: str, kept: str) -> None:
    assert stored(typed_text) == kept


def test_a_product_has_a_name() -> None:
    assert (
        product_name("http://standaarden.overheid.nl/owms/terms/rijbewijs_verlengen") == "rijbewijs verlengen"
    )
    assert product_name("http://standaarden.overheid.nl/owms/terms/caf%C3%A9") == "café"
