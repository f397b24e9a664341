"""Reads for the pages of matching: none of them needs the solver."""
