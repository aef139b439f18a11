"""Fields: one object of a source, read without surprises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.document import Audience
from ingest.readers import Unfit
from ingest.sources.fields import Fields, is_web_address

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=1_000, deadline=2_000)
@given(ANYTHING)
def test_no_value_is_a_surprise(value: Any) -> None:
    fields = Fields({"x": value})
    fields.text("x")
    fields.strings("x")
    fields.objects("x")
    fields.fields("x").text("y")
    fields.version("x")
    fields.link("x")
    fields.audience("x")
    moment = fields.moment("x")
    assert moment is None or moment.astimezone(UTC).tzinfo is UTC


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2025-01-01", "2024-12-31T23:00:00+00:00"),
        ("2025-07-01T12:00:00", "2025-07-01T10:00:00+00:00"),
        ("2025-07-01T12:00:00Z", "2025-07-01T12:00:00+00:00"),
        (" 2024-10-03T11:06:30.161Z ", "2024-10-03T11:06:30.161000+00:00"),
        (date(2025, 7, 1), "2025-06-30T22:00:00+00:00"),
        (datetime(2025, 7, 1, tzinfo=UTC), "2025-07-01T00:00:00+00:00"),
    ],
)
def test_a_date_without_zone_is_meant_as_in_the_netherlands(value: Any, moment: str) -> None:
    limit = Fields({"x": value}).limit("x")
    assert limit is not None
    assert limit.astimezone(UTC).isoformat() == moment


@pytest.mark.parametrize(
    "value", ["31-12-2025", "straks", 5, [1], "0001-01-01", date(1, 1, 1), "9999-12-31T23:59-23:00"]
)
def test_what_is_no_date_is_unfit_as_a_limit_and_noted_elsewhere(value: Any) -> None:
    fields = Fields({"x": value})
    with pytest.raises(Unfit, match="x is not a date"):
        fields.limit("x")
    assert fields.moment("x") is None
    assert len(fields.notes) == 1


@pytest.mark.parametrize(
    ("value", "version"), [(0, 0), (7, 7), (True, None), ("7", None), (-1, None), (2**40, None)]
)
def test_only_a_sound_number_is_a_version(value: Any, version: int | None) -> None:
    assert Fields({"x": value}).version("x") == version


def test_an_unknown_audience_is_everyone_and_noted() -> None:
    fields = Fields({"doelgroep": "iedereen"})
    assert fields.audience("doelgroep") is Audience.EVERYONE
    assert "unknown doelgroep" in fields.notes[0]


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "//a.example", "/x", "http://", "https://[", "x y", ""],
)
def test_what_is_no_web_address_is_never_shown_as_a_link(link: str) -> None:
    assert not is_web_address(link)
    assert Fields({"url": link}).link("url") == ""
