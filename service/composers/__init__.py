"""Evidence to a draft of an answer. The default quotes; whatever else comes may only reword."""
