"""The rules by which a question is kept or sent to somebody else: data files and their reader."""
