"""The shop, as it should be."""
