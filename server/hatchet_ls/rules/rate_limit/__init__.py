"""What a task may consume in a window of time: `RateLimit`."""
