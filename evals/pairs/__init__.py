"""People say which of two answers is better, without knowing which of them a language model wrote."""
