"""Understanding Python without running it: tolerant trees, names, static values."""
