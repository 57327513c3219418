"""Settings, file discovery, the Python environment, and the sources of a workspace."""
