"""The history of ingest's tables."""
