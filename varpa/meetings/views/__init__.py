"""The pages of meetings, hours and promises."""
