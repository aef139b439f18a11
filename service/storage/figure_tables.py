"""What figures are read from beside the signals: counts per day without words, and three indexes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from service.storage.gap_tables import askings, events, gaps
from service.storage.tables import metadata

# questions are deleted after a month; how many there were of a product is nobody's personal data
daily_counts = Table(
    "service_daily_counts",
    metadata,
    Column("collection", String(100), primary_key=True),
    # the day it was in Amsterdam
    Column("day", Date, primary_key=True),
    # the product of the first candidate, by its UPL address; empty when nothing was found
    Column("product", String(500), primary_key=True),
    Column("status", String(40), primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("certain", Boolean, primary_key=True),
    Column("questions", Integer, nullable=False),
)

# they hold all that counting needs: the rows of askings are heavy with what joining compares, those of
# signals with words. In the order of owners nothing is left to sort
Index(
    "service_askings_counted",
    askings.c.collection, askings.c.asked_at, askings.c.gap_id, askings.c.origin,
)  # fmt: skip
Index(
    "service_gap_events_counted",
    events.c.collection, events.c.action, events.c.at, events.c.gap_id,
)  # fmt: skip
Index(
    "service_gaps_counted",
    gaps.c.collection, gaps.c.duo, gaps.c.department, gaps.c.state,
    gaps.c.opened_at, gaps.c.due_at, gaps.c.closed_at, gaps.c.first_asked_at, gaps.c.last_asked_at,
    gaps.c.reopened, gaps.c.asked, gaps.c.id,
)  # fmt: skip
