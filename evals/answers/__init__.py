"""Questions through the whole pipeline, answers out, and what they are worth."""
