"""Two rows that are one human put together: shown first, done at once, undone as exactly."""
