"""CEL expressions, which the engine evaluates for each run, event or call."""
