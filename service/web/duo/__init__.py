"""`/duo`: where a productduo mends what the texts cannot answer. One signal is one page."""
