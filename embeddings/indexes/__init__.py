"""Vectors to the nearest keys. An index only proposes: the database confirms."""
