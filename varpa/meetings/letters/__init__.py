"""What is written about meetings and about hours."""

from varpa.meetings.letters import hours, meetings

__all__ = ["hours", "meetings"]
