"""Statistics of answers: pure functions over numbers. scipy is imported only when one of them is called."""
