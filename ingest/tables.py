"""The tables of ingest: who owns what, and what every run did. Every row carries its collection."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from embeddings.store.tables import Moment

metadata = MetaData()

departments = Table(
    "ingest_departments",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
)

members = Table(
    "ingest_members",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("function", Text, nullable=False),
    Column("departments", JSON, nullable=False),
)

duos = Table(
    "ingest_duos",
    metadata,
    Column("collection", String(100), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("kcc_member", String(200), nullable=False),
    Column("specialist", String(200), nullable=False),
)

duo_products = Table(
    "ingest_duo_products",
    metadata,
    Column("collection", String(100), primary_key=True),
    # a product belongs to one duo of its municipality
    Column("product", String(500), primary_key=True),
    Column("duo", String(200), nullable=False),
    Column("position", Integer, nullable=False),
    ForeignKeyConstraint(["collection", "duo"], ["ingest_duos.collection", "ingest_duos.id"]),
)

runs = Table(
    "ingest_runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("collection", String(100), nullable=False),
    Column("source", String(50), nullable=False),
    Column("started", Moment, nullable=False),
    Column("ended", Moment),
    Column("failed", Boolean, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("problems", JSON, nullable=False),
    Index("ingest_runs_latest", "collection", "number"),
)
