"""The verbs of pairs, by noun."""
