"""The small languages inside Hatchet's strings. Each stands alone and knows nothing of Python or LSP."""
