"""Who may be in a programme twice: found by address, by name and date of birth, or by name alone."""
