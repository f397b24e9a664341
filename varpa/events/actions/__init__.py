"""What is done with events: planned, answered, attended, asked and thought about."""
