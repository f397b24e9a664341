"""Input of events: it cleans what came; why something cannot be is said by the actions."""
