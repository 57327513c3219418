"""The small languages inside Hatchet's strings. Each module stands alone and knows nothing of Python trees or LSP."""
