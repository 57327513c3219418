"""Rules about the bodies of durable tasks."""
