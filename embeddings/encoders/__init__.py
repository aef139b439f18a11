"""Text to vectors. Which one serves is a name in a setting: see embeddings/catalogue.py."""
