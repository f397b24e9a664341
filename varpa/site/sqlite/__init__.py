"""SQLite as Django drives it, at less cost a question (docs/decisions/0020-what-a-page-costs.md)."""
