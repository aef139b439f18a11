"""Sources in, documents out: reads what a municipality publishes and keeps the library equal to it."""
