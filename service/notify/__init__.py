"""What people and systems outside are told: by mail, webhook and internal task, and never lost."""
