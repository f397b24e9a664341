"""Whether the agreed text of the cooperation plan may go into the dossier: each of the two says it alone."""

from datetime import datetime

from django.db import transaction

from varpa.history.actions import record
from varpa.pairs.actions.pairs import hold, require_side
from varpa.pairs.models import DossierConsent, Pair
from varpa.people.models import Person


@transaction.atomic
def consent_to_dossier(*, pair: Pair, agrees: bool, by: Person, now: datetime) -> bool:
    """One side consents, or takes its consent back; answers whether anything was changed.

    Only while both consent do agreed versions go into a dossier with what they say. Raises NotOneOfTheTwo.
    """
    side = require_side(pair, by)
    hold(pair)
    standing = DossierConsent.objects.filter(pair=pair, side=side, withdrawn_at=None)
    if standing.exists() == agrees:
        return False
    if agrees:
        DossierConsent.objects.create(pair=pair, side=side, at=now)
    else:
        standing.update(withdrawn_at=now)
    record(
        "pair.consent", pair, now=now, by=by, programme_ref=pair.programme.ref, details={"on": int(agrees)}
    )
    return True
