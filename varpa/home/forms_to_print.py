"""Every form of a programme that is filled in by hand, for those who may use it, in three languages (S19)."""

from typing import Any, Final, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from varpa.calls.queries import SHOWN
from varpa.events.papers import blank_attendance
from varpa.guardians.papers import blank_permission
from varpa.guardians.queries.notices import worded_countries
from varpa.home.papers import DIARY, MEETING, PLAN, TOPIC, blank_for_anybody, title_of
from varpa.kernel.access import may
from varpa.pairs.models import Pair
from varpa.pairs.queries import pairs_of
from varpa.people.models import Language, Person
from varpa.programmes.access import ProgrammeAction
from varpa.programmes.countries import country_name
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import methodology_of, own_memberships
from varpa.programmes.roles import role_name
from varpa.surveys.models import Survey
from varpa.ui import words

PERMISSION, ATTENDANCE = "permission", "attendance"
OF_ROLE: Final[dict[str, tuple[str, ...]]] = {
    Role.MENTEE: (TOPIC, PLAN, MEETING, PERMISSION),
    Role.MENTOR: (TOPIC, PLAN, MEETING, DIARY),
}
OF_STAFF: Final = (TOPIC, PLAN, MEETING, DIARY, PERMISSION, ATTENDANCE)
MOST_SURVEYS: Final = 30


class Form(NamedTuple):
    """One form: its name, and where it lies in each language: (code, the language’s own name, url)."""

    name: Any
    papers: list[tuple[str, str, str]]


class Forms(NamedTuple):
    """What a reader may print: without names, of surveys, and with the names of own pairs."""

    plain: list[Form]
    surveys: list[Form]
    pairs: list[Pair]


def _application(programme: Programme, role: Role) -> str:
    return _("Application: %(role)s") % {"role": role_name(programme, role)}


def forms_for(programme: Programme, person: Person) -> Forms:
    """The forms of a programme that one may use."""
    manages = may(ProgrammeAction.MANAGE, person, programme)
    plain = []
    # The application of a programme that is a draft is not to be seen yet.
    if programme.state in SHOWN:
        plain = [
            _form(_application(programme, role), "calls:paper", programme.ref, role.value)
            for role in (Role.MENTEE, Role.MENTOR)
        ]
    plain += [
        _form(_named(programme, key), "home:form", programme.ref, key)
        for key in offered_to(programme, person, manages=manages)
    ]
    plain += [_of_country(programme, code) for code in (worded_countries(programme) if manages else [])]
    surveys = list(Survey.objects.filter(programme=programme)[:MOST_SURVEYS]) if manages else []
    own = pairs_of(person).filter(programme=programme, ended_at=None)
    return Forms(plain, [_form(each.name, "surveys:form", each.ref) for each in surveys], list(own))


def offered_to(programme: Programme, person: Person, *, manages: bool) -> list[str]:
    """The keys of the forms without names that one may print, in their order."""
    if manages:
        return list(OF_STAFF)
    roles = set(own_memberships(programme, person).values_list("role", flat=True))
    keys = {key for role in roles for key in OF_ROLE.get(role, ())}
    return [key for key in OF_STAFF if key in keys]


def country_of(programme: Programme, person: Person, asked: str, *, manages: bool) -> str:
    """In the words of which country one prints: a mentee the own, whoever manages what was `asked` for."""
    if manages:
        return asked
    own = own_memberships(programme, person).filter(role=Role.MENTEE)
    return own.values_list("country", flat=True).first() or ""


def form_paper(programme: Programme, key: str, country: str, language: str) -> bytes:
    """One of them as PDF/UA, with room for the names."""
    with words.on_paper(language, programme.zone):
        if key == PERMISSION:
            return blank_permission(programme, country, language)
        if key == ATTENDANCE:
            return blank_attendance(programme, language)
        return blank_for_anybody(programme, key, language)


def _named(programme: Programme, key: str) -> str:
    if key == PERMISSION:
        return _("A guardian’s permission")
    return _("Attendance list") if key == ATTENDANCE else title_of(methodology_of(programme), key)


def _of_country(programme: Programme, country: str) -> Form:
    """A guardian's permission in the words of a country."""
    usual = _form(_named(programme, PERMISSION), "home:form", programme.ref, PERMISSION)
    papers = [(code, own, f"{url}?country={country}") for code, own, url in usual.papers]
    return Form(f"{usual.name}, {country_name(country)}", papers)


def _form(name: Any, address: str, *args: str) -> Form:
    return Form(name, [(code, own, reverse(address, args=[*args, code])) for code, own in Language.choices])
