"""Rules about tasks that depend on each other."""
