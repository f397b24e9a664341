"""The guardian's notice in the programme's own words, by country, and in languages that it adds."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.guardians.actions.guardians import record_of
from varpa.guardians.models import GuardianLink, NoticeText
from varpa.guardians.queries.notices import notices_of
from varpa.guardians.words import ADDED, LANGUAGES
from varpa.history.actions import record
from varpa.kernel.merging import save_text
from varpa.kernel.refusals import Refusal
from varpa.people.models import Person
from varpa.programmes.actions.countries import NotOurCountry
from varpa.programmes.models import NoticeVersion, Programme


class UnknownLanguage(Refusal):
    sentence = _("Choose a language from the list.")


class EmptyNotice(Refusal):
    sentence = _("The notice is still empty. Write or paste what a guardian is to read.")


@transaction.atomic
def write_notice(
    *,
    programme: Programme,
    language: str,
    country: str = "",
    text: str,
    letter: str,
    revision: int,
    by: Person,
    now: datetime,
) -> NoticeText:
    """Write the notice of a language, for a country or for all; what was taken away stands again.

    Raises UnknownLanguage, NotOurCountry, EmptyNotice, merging.Conflict (R13).
    """
    if language not in LANGUAGES:
        raise UnknownLanguage()
    if country and country not in programme.countries:
        raise NotOurCountry()
    if not text.strip():
        raise EmptyNotice()
    found, made = NoticeText.objects.select_for_update().get_or_create(
        programme=programme, language=language, country=country, defaults={"text": "", "by": by, "at": now}
    )
    texts = {"text": text.strip(), "letter": letter.strip()}
    stands = found.withdrawn_at is None and not made
    if stands and {"text": found.text, "letter": found.letter} == texts:
        return found
    save_text(
        found, revision=revision if stands else found.revision, texts=texts, by=by, at=now, withdrawn_at=None
    )
    _record("programme.notice", found, by=by, now=now)
    return found


@transaction.atomic
def take_notice_away(
    *, programme: Programme, language: str, country: str = "", by: Person, now: datetime
) -> None:
    """The words of a language no longer stand: those of a country leave it those of all countries, those of
    all leave the usual ones, or the language is not offered.
    """
    known = NoticeText.objects.filter(programme=programme, language=language, country=country)
    notice = known.filter(withdrawn_at=None).first()
    if notice and known.filter(withdrawn_at=None).update(withdrawn_at=now):
        _record("programme.notice_withdrawn", notice, by=by, now=now)


@transaction.atomic
def read_also_in(*, link: GuardianLink, language: str, now: datetime) -> None:
    """A guardian reads a language that the programme adds ("": none): so do the page and later letters."""
    guardian = link.guardian
    if language and (language not in ADDED or language not in notices_of(guardian.membership)):
        raise UnknownLanguage()
    if guardian.also_in != language:
        guardian.also_in = language
        guardian.save(update_fields=["also_in"])
        record_of(guardian, "guardian.language", by=None, now=now, language=language)


def digest_of_notice(text: str) -> str:
    """What tells one wording of the notice from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def version_read(*, programme: Programme, language: str, text: str, now: datetime) -> NoticeVersion:
    """The version of the notice that says these words; the first who permits after them makes it."""
    said, digest = (
        NoticeVersion.objects.filter(programme=programme, language=language),
        digest_of_notice(text),
    )
    if known := said.filter(digest=digest).first():
        return known
    # Held, so that of two who are the first at once one makes it, and no number is given twice.
    Programme.objects.filter(pk=programme.pk).update(ref=programme.ref)
    version, _made = said.get_or_create(
        programme=programme,
        language=language,
        digest=digest,
        defaults={"number": said.count() + 1, "text": text, "at": now},
    )
    return version


def _record(verb: str, notice: NoticeText, *, by: Person, now: datetime) -> None:
    about, programme = {"language": notice.language, "country": notice.country}, notice.programme
    record(verb, programme, now=now, by=by, programme_ref=programme.ref, details=about)
