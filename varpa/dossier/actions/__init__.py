"""Asking for a dossier, putting it together, letting an observer read it."""
