"""The verbs of merging, by noun."""
