"""Terms to the passages that hold them."""
