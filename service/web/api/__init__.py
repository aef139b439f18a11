"""The API, version 1: JSON with Dutch names, as the API Design Rules ask."""
