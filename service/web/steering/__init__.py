"""The pages of figures: what is open, what is solved, what comes back, and for whom to look at."""
