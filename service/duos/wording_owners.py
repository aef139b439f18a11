"""What people read when the organisation is changed."""

NO_SUCH_DUO = "Dit duo is er niet meer. Kies een ander duo."
DISSOLVED_NOTE = "Het duo “{name}” is opgeheven."
