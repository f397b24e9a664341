"""What is written about a defence: of the day, and of a place that is lost."""
