"""SQL of the service: conversations and the questions in them, with a copy of what was answered."""
