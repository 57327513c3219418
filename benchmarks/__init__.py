"""Measures hatchet-ls beside other Python language servers: ``python -m benchmarks.run``."""
