"""What the own receiving mail server found of who sent a mail (RFC 8601)."""

import re
from email.message import Message

_FAILED = re.compile(r"\bdmarc\s*=\s*fail\b", re.IGNORECASE)
RESULTS = "authentication-results"


def is_forged(mail: Message, server: str) -> bool:
    """Whether `server` says that the mail is not from whom it names; without a server nobody is believed.

    A server writes above what a mail brought with it: only the topmost results in its name are its own.
    """
    own = False
    # As they came: reading the other headers is nobody's matter here, and some cannot be read.
    for name, value in mail.raw_items():
        of, _semicolon, results = str(value).partition(";")
        if name.lower() == RESULTS and server and of.split()[:1] == [server]:
            own = True
            if _FAILED.search(results):
                return True
        elif own and name.lower() != RESULTS:
            return False
    return False
