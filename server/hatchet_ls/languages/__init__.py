"""The small languages inside Hatchet's strings. Each stands alone, has one way in, and knows nothing of Python or LSP.

The ways in import little, because editors wait for them: what only few texts need is imported when there is one.
"""
