"""Rules about crons."""
