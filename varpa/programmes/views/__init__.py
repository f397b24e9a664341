"""The pages of the programmes, by noun."""
