"""People of the municipality: their accounts, how they sign in, what they did."""
