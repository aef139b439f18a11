"""SQL of the library: documents, passages, vectors and versions. The database is the truth."""
