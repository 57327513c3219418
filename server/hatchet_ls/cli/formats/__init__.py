"""Output formats of ``hatchet-ls check``, one module each."""
