"""What Python sources say in Hatchet's terms, and what the user's SDK has."""

SDK = "hatchet_sdk"
"""The package."""
