"""Words to terms, one file a language: what a keyword index compares."""
