"""A question in, a cited answer or a flagged gap out."""
