"""Rewords what was quoted, by a language model of the municipality's choice; every sentence is checked."""
