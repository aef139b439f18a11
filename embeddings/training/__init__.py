"""From our own examples to the second stage: late interaction made finer, and the reader over its states."""
