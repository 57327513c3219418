"""The language server: the only home of pygls and lsprotocol."""
