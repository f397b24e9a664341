"""What the place that a member has written is called: by a methodology of business, or by any other."""

from django.utils.translation import gettext as _

from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import methodology_of


def place_label(programme: Programme, role: str) -> str:
    """School or company where the methodology is of business, else where anybody may be at home."""
    mentee = role == Role.MENTEE
    if methodology_of(programme).is_of_business():
        return _("School") if mentee else _("Company")
    return _("School or workplace") if mentee else _("Workplace")
