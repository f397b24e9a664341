"""Who could work with whom: suitability, the solver, its reasons. Nothing here makes a pair; `pairs` does."""
