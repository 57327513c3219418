"""Durations: timeouts of tasks, sleeps, and extensions of timeouts."""
