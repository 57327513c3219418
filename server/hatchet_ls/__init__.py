"""Static checks for Hatchet's Python SDK: a language server and a command line over one engine."""

__version__ = "0.1.0"
