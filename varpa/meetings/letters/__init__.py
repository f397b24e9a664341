"""What is written about meetings, promises and hours."""

from varpa.meetings.letters import coming, hours, meetings, promises

__all__ = ["coming", "hours", "meetings", "promises"]
