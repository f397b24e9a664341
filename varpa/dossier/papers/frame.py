"""The programme's frame: methodology, settings, calendar with states, sums."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from varpa.documents.tables import Value
from varpa.dossier.counting import sums
from varpa.dossier.papers.pieces import Paper, Piece, Table, heads, stamp, yes
from varpa.dossier.reach import Reach
from varpa.evaluation.queries import board
from varpa.events.words import country_name
from varpa.money.words import RATES, rate
from varpa.programmes.queries import hours_target, methodology_of
from varpa.programmes.roles import role_name
from varpa.taxes.queries import rates_in, standing
from varpa.ui import words

STATES = ("not_yet", "open", "late", "done")


def _write(reach: Reach) -> Iterator[Piece]:
    yield Table("programme", _("Programme"), heads(pgettext("figures", "What"), _("Value")), _facts(reach))
    columns = heads(_("Reference"), _("Partner"), _("Country"), _("Lead partner"))
    yield Table("partners", _("Partners"), columns, _partners(reach))
    columns = heads(
        _("Country"), _("Year"), _("Rate"), _("Value"), _("Where it stands"), _("Looked up on"), _("Set on")
    )
    yield Table("taxes", _("Taxes that the programme has set"), columns, _taxes(reach))
    columns = heads(
        _("Key"),
        _("Period"),
        _("Role"),
        _("Activity"),
        _("First day"),
        _("Last day"),
        _("Due"),
        _("State"),
        _("Done"),
        _("Of"),
    )
    yield Table("calendar", _("Calendar"), columns, _calendar(reach))
    columns = heads(pgettext("figures", "What"), _("In this period"), _("Since the beginning"))
    yield Table("sums", _("Sums"), columns, (each.cells for each in sums(reach)))


def _facts(reach: Reach) -> Iterator[tuple[str, str]]:
    programme, version = reach.programme, reach.programme.methodology_version
    methodology = methodology_of(programme)
    yield _("Programme"), str(programme.name)
    yield _("Reference"), programme.ref
    yield _("Lead partner"), programme.organisation.name
    yield _("Period"), f"{programme.starts} – {programme.ends}"
    yield _("State"), str(programme.get_state_display())
    yield _("Last change that is in this dossier"), stamp(reach.as_of, reach)
    yield _("Time zone"), programme.zone
    yield _("Countries"), ", ".join(programme.countries)
    if reach.undecided:
        yield _("Take part and belong to no partner yet"), str(reach.undecided)
    yield _("Languages"), ", ".join(words.language_name(code) for code in programme.languages)
    yield _("Currency"), programme.currency
    yield _("Hours target of a pair"), words.minutes(hours_target(programme))
    yield _("Methodology"), str(methodology.title)
    yield _("Version of the methodology"), f"{version.key} {version.version}"
    yield _("SHA-256 of the methodology"), version.digest
    yield _("Own changes to the methodology"), str(len(programme.overrides))
    yield _("Mentors are screened"), yes(programme.mentors_are_screened) or "–"
    yield _("Passages of the diary may be left out"), yes(programme.passages_may_be_left_out) or "–"
    yield _("Days for which the report is open for comments"), str(programme.comment_days)
    yield _("Mentors a mentee may have at once"), str(programme.mentors_at_once)
    yield _("Text of the funder"), str(programme.funder_text)


def _partners(reach: Reach) -> Iterator[tuple[Value, ...]]:
    for each in reach.partners:
        yield each.ref, str(each), country_name(each.country), yes(each.leads)


def _taxes(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """What differs from the rates of the site; none of it without its source."""
    for row in standing(reach.programme).order_by("country", "year", "name"):
        said = rate(rates_in(reach.programme, row.country, row.year), row.name)
        label = str(RATES[row.name])
        yield row.country, row.year, label, said, row.source, row.checked, reach.day(row.at)


def _calendar(reach: Reach) -> Iterator[tuple[Value, ...]]:
    """Every activity as it stood at the last change; in a period, those whose window touches it."""
    called = {
        "not_yet": pgettext("activity", "Not yet"),
        "open": pgettext("activity", "Open"),
        "late": pgettext("activity", "Late"),
        "done": pgettext("activity", "Done"),
    }
    first, last = reach.first, reach.last
    for row in board(reach.programme, reach.as_of):
        for cell in (cell for cells in row.cells for cell in cells):
            window, activity = cell.window, cell.activity
            if (first and window.ends < first) or (last and window.starts > last):
                continue
            days = (window.starts, window.ends, window.due)
            role = role_name(reach.programme, activity.role)
            name = str(row.period.name) or words.period(row.window.starts, row.window.ends)
            yield activity.key, name, role, str(activity.name), *days, called[cell.state], cell.done, cell.of


FRAME = Paper(
    key="frame",
    name=gettext_lazy("Frame of the programme"),
    shows=gettext_lazy(
        "Methodology with its version, settings, partners, taxes that the programme has set, calendar with "
        "the state of each activity, sums of the period and since the beginning."
    ),
    leaves_out=gettext_lazy("Names of people."),
    why=gettext_lazy("Sums need none; a person counts once, by the own country."),
    write=_write,
)
