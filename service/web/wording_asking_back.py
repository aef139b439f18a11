"""What people read about a question back that a language model worded."""

MADE = "Deze vraag is gemaakt met AI, door {model} op {day}."
