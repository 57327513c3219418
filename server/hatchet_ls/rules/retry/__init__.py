"""Retries of tasks and the waits between them."""
