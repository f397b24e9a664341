"""Why two people look like one, in the words of a page."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varpa.duplicates.likeness import Why

WHY: Final[dict[Why, str | Promise]] = {
    Why.ADDRESS: _("The e-mail addresses lead to one mailbox"),
    Why.BORN: _("The same name and date of birth"),
    Why.NAME: _("The same name, in one programme; perhaps two people"),
}
