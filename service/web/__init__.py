"""What the outside sees: the API, the pages, and the guard at the door."""
