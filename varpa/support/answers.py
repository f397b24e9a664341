"""Answering by mail what was written about a case: the words lie in it, for those who handle it (R8, R14)."""

from django.utils.translation import gettext_lazy as _

from varpa.people.models import Person
from varpa.post.replies import Answer, Landed, NothingThere, takes
from varpa.support.actions.cases import add_words
from varpa.support.models import Case
from varpa.support.queries.cases import with_all

ARRIVED = _("Your words have arrived. They are read only by those who handle what was told.")
FILES_STAYED = _(
    "Your words have arrived. They are read only by those who handle what was told. The files that lay "
    "beside them could not be kept there."
)


@takes("support.case")
def case(answer: Answer) -> Landed:
    """Words to those who handle a case; never to anybody else, whoever manages the programme."""
    found = with_all(Case.objects.filter(ref=answer.thing)).first()
    if found is None:
        raise NothingThere()
    by = Person.objects.get(pk=answer.person_id)
    landed = add_words(case=found, text=answer.text, by=by, now=answer.now, ref=answer.ref)
    return Landed(f"/cases/{landed.ref}/", FILES_STAYED if answer.files else ARRIVED)
