"""The rules by which a question is kept, sent to a person or to somebody else: data files and their reader."""
