"""What the pages that gather rooms read; never a rule."""
