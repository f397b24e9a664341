"""A link for a guest: made anew, since nobody can read an old one out of the database."""

import secrets
from datetime import datetime

from varpa.defence.letters import days as letters
from varpa.defence.models import Juror, JurorLink
from varpa.defence.queries import day_of
from varpa.kernel.pace import DAY, require_pace
from varpa.kernel.refs import new_ref
from varpa.kernel.tokens import digest_of

A_DAY = 10
"""Links that are mailed to one juror within a day."""


def mail_link(juror: Juror, *, now: datetime, ref: str = "") -> JurorLink:
    """A new link in a letter, asked for by somebody; earlier ones no longer open. Raises TooMuchAtOnce."""
    require_pace(JurorLink.objects.filter(juror=juror), most=A_DAY, within=DAY, now=now)
    return replace_link(juror, now=now, ref=ref)


def replace_link(juror: Juror, *, now: datetime, ref: str = "") -> JurorLink:
    """The same, in the place of a letter that has not gone: more letters do not go, so none is too many."""
    # A reference that another link has taken is not the form's.
    free = ref if ref and not JurorLink.objects.filter(ref=ref).exists() else new_ref()
    token = secrets.token_urlsafe(32)
    given = {"digest": digest_of(token), "at": now, "expires_at": day_of(juror.defence)[1]}
    link = JurorLink.objects.create(juror=juror, ref=free, **given)
    letters.send_link(juror, link, token, now=now)
    return link
