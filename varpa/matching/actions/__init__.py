"""What changes in matching: runs, choices, proposals."""
