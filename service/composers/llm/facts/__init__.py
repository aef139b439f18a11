"""What a sentence asserts, and whether the passages that it cites hold that. No model: rules and words."""
