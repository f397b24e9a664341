"""A draft as a whole: begun from a version, put away and taken up, published as a version of its own."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.files.base import File as Upload
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from varpa.drafts.actions.archives import methodology_in
from varpa.drafts.models import Draft, DraftState
from varpa.drafts.queries import base_of, checked, versions_of
from varpa.history.actions import record
from varpa.kernel.once import FormTooOld, require_same
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import move
from varpa.methodology import Methodology, to_json
from varpa.methodology.numbering import next_version
from varpa.people.models import Organisation, Person
from varpa.programmes.actions.programmes import offer_methodology, take_methodology
from varpa.programmes.models import MethodologyVersion

MOST_STEPS = 10_000


class NotSound(Refusal):
    sentence = _(
        "The check finds something that does not fit together yet. It is told on the page of the draft; "
        "until it is mended, the draft cannot be published."
    )


class NothingChanged(Refusal):
    sentence = _(
        "The draft says the same as the version from which it was made: there is nothing to publish."
    )


class VersionTaken(Refusal):
    sentence = _("There is a version {version} of this methodology already. Give the draft another number.")


class ChangedMeanwhile(Refusal):
    sentence = _("The draft was changed meanwhile. Look at what it says now, and publish it then.")


@transaction.atomic
def begin_draft(
    *,
    organisation: Organisation,
    methodology: Methodology,
    ref: str,
    by: Person,
    now: datetime,
    compared_with: MethodologyVersion | None = None,
) -> Draft:
    """Begin an own version from a methodology; a second click with the same `ref` answers the first one's.

    `compared_with`: the version from which it differs, where that is another one. Raises SentAlready where
    the first click began from something else, or the draft was written in since.
    """
    begun = Draft.objects.filter(ref=ref, organisation=organisation).first()
    if begun:
        return _same(begun, methodology)
    version = _free_version(organisation, methodology)
    asked = {
        "based_on": compared_with or take_methodology(methodology=methodology, now=now),
        "version": version,
        "data": to_json(replace(methodology, version=version)),
        "begun_at": now,
        "changed_at": now,
    }
    try:
        with transaction.atomic():
            draft, made = Draft.objects.get_or_create(ref=ref, organisation=organisation, defaults=asked)
    except IntegrityError as error:
        raise FormTooOld() from error
    if not made:
        return _same(draft, methodology)
    record("methodology_draft.begin", draft, now=now, by=by)
    return draft


def _same(begun: Draft, methodology: Methodology) -> Draft:
    require_same(begun, {"data": to_json(replace(methodology, version=begun.version))})
    return begun


def _free_version(organisation: Organisation, methodology: Methodology) -> str:
    """The next number that neither a version of this methodology nor another draft of it has."""
    taken = set(MethodologyVersion.objects.filter(key=methodology.key).values_list("version", flat=True))
    begun = Draft.objects.filter(organisation=organisation, based_on__key=methodology.key)
    taken |= set(begun.exclude(state=DraftState.PUT_AWAY).values_list("version", flat=True))
    steps = (next_version(methodology.version, number) for number in range(1, MOST_STEPS))
    return next(each for each in steps if each not in taken)


@transaction.atomic
def begin_from_archive(
    *, organisation: Organisation, upload: "Upload[Any]", ref: str, by: Person, now: datetime
) -> Draft:
    """Begin an own version from a folder in an archive, written elsewhere; it must be sound.

    It is compared with the newest version of the same methodology that the organisation knows.
    Raises what `methodology_in` and `begin_draft` raise.
    """
    methodology = methodology_in(upload)
    newest = versions_of(organisation).filter(key=methodology.key).first()
    given: dict[str, Any] = {"organisation": organisation, "ref": ref, "by": by, "now": now}
    return begin_draft(methodology=methodology, compared_with=newest, **given)


@transaction.atomic
def publish(*, draft: Draft, revision: int, by: Person, now: datetime) -> MethodologyVersion:
    """Make the draft a version from which new programmes of the organisation may begin; it no longer changes.

    `revision` is the state that was looked at. Raises NotSound, NothingChanged, VersionTaken,
    ChangedMeanwhile.
    """
    held = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("organisation", "based_on")
        .get(pk=draft.pk)
    )
    if held.state == DraftState.WRITING and held.revision != revision:
        raise ChangedMeanwhile()
    sound = checked(held).sound
    if sound is None:
        raise NotSound()
    if held.state == DraftState.WRITING:
        _require_new(held, sound)
    version = offer_methodology(methodology=sound, organisation=held.organisation, now=now)
    move(draft, "publish", became=version, changed_at=now)
    record("methodology_draft.publish", draft, now=now, by=by)
    return version


def _require_new(draft: Draft, sound: Methodology) -> None:
    same = replace(base_of(draft), version=sound.version) == sound
    if same and versions_of(draft.organisation).filter(pk=draft.based_on_id).exists():
        raise NothingChanged()
    if MethodologyVersion.objects.filter(key=sound.key, version=sound.version).exists():
        raise VersionTaken(version=sound.version)


@transaction.atomic
def put_away(*, draft: Draft, by: Person, now: datetime) -> None:
    """Put a draft away that is not wanted now; it can be taken up again. Raises AlreadyMoved."""
    move(draft, "put_away", changed_at=now)
    record("methodology_draft.put_away", draft, now=now, by=by)


@transaction.atomic
def take_up(*, draft: Draft, by: Person, now: datetime) -> None:
    """Go on with a draft that was put away. Raises AlreadyMoved."""
    move(draft, "take_up", changed_at=now)
    record("methodology_draft.take_up", draft, now=now, by=by)
