"""The verbs of programmes, by noun."""
