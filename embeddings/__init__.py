"""The library: published texts in, ranked passages out. Knows no municipality and no web page."""
