"""From a question to a cited answer, or to a status that says why not."""
