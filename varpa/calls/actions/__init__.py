"""The verbs of calls and applications, by noun."""
