"""The look by meaning of screening: its examples, how it is fitted, and how good it is."""
