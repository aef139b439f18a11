"""The pages of `/beheer`: the municipality's own details, who owns what, what is promised, and notices."""
