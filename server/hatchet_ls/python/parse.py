"""One file's tolerant syntax tree."""
