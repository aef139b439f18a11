"""One metric a file, with its formula and where it comes from."""
