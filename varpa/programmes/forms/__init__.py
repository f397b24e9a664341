"""Input of the programmes, by noun."""
