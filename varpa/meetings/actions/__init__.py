"""The verbs of meetings, promises and hours, by noun."""
