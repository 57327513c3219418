"""How many runs may go at once: `ConcurrencyExpression` and `concurrency=`."""
