"""What is written about events: `kinds` says it in three languages, `sending` to whom it goes."""

from varpa.events.letters.sending import (
    ask_feedback,
    forget_saying,
    forget_unsent,
    page_of,
    remind,
    tell_answer,
    tell_invited,
    tell_place,
    tell_saying,
    uid,
)

__all__ = [
    "ask_feedback",
    "forget_saying",
    "forget_unsent",
    "page_of",
    "remind",
    "tell_answer",
    "tell_invited",
    "tell_place",
    "tell_saying",
    "uid",
]
