"""The training programme: what the manager says of it, and whether members read it (methodology §10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from varpa.events.models import TrainingProgramme
from varpa.events.queries.training import trainings_of
from varpa.history.actions import record
from varpa.kernel.refusals import Refusal
from varpa.kernel.states import AlreadyMoved
from varpa.kernel.text import TranslatedText
from varpa.people.models import Person
from varpa.programmes.models import Programme


class NothingToPublish(Refusal):
    sentence = _("Nothing stands in the training programme yet. Write something, or announce a training.")


@transaction.atomic
def write_training_programme(
    *, programme: Programme, text: TranslatedText, revision: int, by: Person, now: datetime
) -> bool:
    """Keep what the manager says of the trainings; answers whether anything changed.

    `revision` is the one that the form was shown with: raises AlreadyMoved where somebody was first.
    """
    document = _document(programme)
    if document.text == text:
        return False
    same = TrainingProgramme.objects.filter(pk=document.pk, revision=revision)
    if not same.update(text=text, revision=revision + 1):
        raise AlreadyMoved()
    record("training_programme.write", document, now=now, by=by, programme_ref=programme.ref)
    return True


@transaction.atomic
def publish_training_programme(*, programme: Programme, published: bool, by: Person, now: datetime) -> None:
    """Let the members read it, or no longer; said twice it was said the first time."""
    document = _document(programme)
    if published and not document.text and not trainings_of(programme):
        raise NothingToPublish()
    other = TrainingProgramme.objects.filter(pk=document.pk, published_at__isnull=published)
    if other.update(published_at=now if published else None):
        verb = "training_programme.publish" if published else "training_programme.take_back"
        record(verb, document, now=now, by=by, programme_ref=programme.ref)


def _document(programme: Programme) -> TrainingProgramme:
    return TrainingProgramme.objects.get_or_create(programme=programme)[0]
