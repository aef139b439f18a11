"""The chat for visitors: its loader, its page in a frame, and the same as a plain page."""
