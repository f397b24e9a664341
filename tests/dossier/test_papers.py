"""What a period and a partner hold: only what happened in it, both sums, each person once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests import make
from tests.cast import Cast
from tests.dossier.conftest import LATER, built, lived, permit, programme_of, table, words_of, young_of
from tests.guardians.people import guardian, link_of
from tests.make import NOW
from tests.money.plans import CAKES, kept_rates
from tests.taxes.conftest import put
from varpa.dossier.counting import participants, sums
from varpa.dossier.reach import EndsBeforeItBegins, Reach, require_period
from varpa.events.models import Event
from varpa.guardians.actions.answers import answer
from varpa.meetings.actions.hours import confirm_silent_hours
from varpa.money.figures import to_json
from varpa.pairs.models import Pair
from varpa.programmes.actions.participation import say_participation
from varpa.programmes.actions.permissions import withdraw_permission
from varpa.programmes.models import Membership, Role

pytestmark = pytest.mark.django_db
OCTOBER = {"first": date(2025, 10, 1), "last": date(2025, 10, 31)}
NOVEMBER = {"first": date(2025, 11, 1), "last": date(2025, 11, 30)}


def figure(cast: Cast, what: str, **asked: object) -> tuple[str, str]:
    found = {each.what: (each.within, each.until) for each in sums(Reach(programme_of(cast), "en", **asked))}
    return found[what]


def test_a_period_holds_what_happened_in_it_and_both_sums(cast: Cast, tmp_path: Path) -> None:
    lived(cast)
    confirm_silent_hours(LATER)
    assert len(table(built(cast, tmp_path / "a.zip"), "05-hours/hours")) == 2
    october = built(cast, tmp_path / "b.zip", **OCTOBER)
    assert [row[1] for row in table(october, "05-hours/hours")] == ["2025-10-17"]
    november = built(cast, tmp_path / "c.zip", **NOVEMBER)
    assert [row[1] for row in table(november, "05-hours/hours")] == ["2025-11-13"]
    assert figure(cast, "Hours confirmed by both", **OCTOBER) == ("1\u00a0h", "1\u00a0h")
    assert figure(cast, "Hours confirmed by both", **NOVEMBER) == (
        "1\u00a0h 30\u00a0min",
        "2\u00a0h 30\u00a0min",
    )
    sheet = words_of(november)[f"05-hours/{cast.pair.ref}.pdf"]
    assert "In this period" in sheet
    assert "13 Nov 2025" in sheet
    assert "17 Oct 2025" not in sheet


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        (datetime(2025, 10, 31, 21, 59, 59, tzinfo=UTC), True),
        (datetime(2025, 10, 31, 22, 0, 0, tzinfo=UTC), False),
        (datetime(2025, 9, 30, 21, 0, 0, tzinfo=UTC), True),
        (datetime(2025, 9, 30, 20, 59, 59, tzinfo=UTC), False),
    ],
)
def test_both_boundaries_are_days_of_the_programme_and_included(
    cast: Cast, moment: datetime, inside: bool
) -> None:
    """Across the night on which the clocks go back: October ends at 22:00 UTC, begins at 21:00."""
    Pair.objects.filter(pk=cast.pair.pk).update(active_at=moment)
    Pair.objects.filter(pk=cast.neighbours.pk).update(active_at=datetime(2025, 1, 1, tzinfo=UTC))
    assert figure(cast, "Pairs that began", **OCTOBER)[0] == str(int(inside))


def test_a_person_counts_once_by_the_own_country(cast: Cast, tmp_path: Path) -> None:
    """Andris mentors two, and is a mentee too."""
    gustavs = make.member(cast.programme, make.person("Gustavs Ziediņš", born=date(2006, 1, 1)), Role.MENTEE)
    Membership.objects.filter(pk=gustavs.pk).update(country="LT")
    say_participation(membership=cast.mentor, said={"capacity": 2}, by=cast.andris, now=NOW)
    make.pair(cast.mentor, gustavs)
    make.member(cast.programme, cast.andris, Role.MENTEE, country="LT")
    lived(cast)
    assert figure(cast, "Mentors (took part, also who left; each person once)") == ("2", "2")
    assert figure(cast, "Mentors (took part, also who left; each person once): Latvia") == ("1", "1")
    assert figure(cast, "Mentees (took part, also who left; each person once)") == ("3", "3")
    assert figure(cast, "Mentees (took part, also who left; each person once): Lithuania") == ("2", "2")
    rows = table(built(cast, tmp_path / "a.zip"), "02-people/people")
    assert sum(row[-1] == "x" for row in rows) == 5


def test_a_pair_that_spans_two_stands_with_both(cast: Cast, tmp_path: Path) -> None:
    Membership.objects.filter(pk=cast.mentee.pk).update(country="LT")
    lived(cast)
    latvian, lithuanian = (built(cast, tmp_path / f"{code}.zip", partner=code) for code in ("LV", "LT"))
    assert [row[0] for row in table(latvian, "05-hours/pairs")] == [cast.pair.ref]
    assert [row[0] for row in table(lithuanian, "05-hours/pairs")] == [cast.pair.ref, cast.neighbours.ref]
    people = {row[0] for row in table(lithuanian, "02-people/people")}
    assert cast.mentee.ref in people
    assert cast.mentor.ref not in people


def test_a_partner_holds_nobody_of_the_other(rich: Cast, tmp_path: Path) -> None:
    words = words_of(built(rich, tmp_path / "a.zip", partner="LT", names="everywhere"))
    for name in ("Elīna", "Bērziņa", "Andris", rich.mentee.ref, rich.mentor.ref, rich.pair.ref):
        assert {file for file, said in words.items() if name in said} == set(), name
    assert "Gabija Petrauskaitė" in words["05-hours/pairs.csv"]
    assert rich.neighbours.mentee.ref in words["05-hours/pairs.csv"]
    assert not [file for file in words if "protocol" in file]
    assert "Gabija" in words["10-certificates/certificates.csv"]


def test_attendance_is_of_those_who_were_there(rich: Cast, tmp_path: Path) -> None:
    path = built(rich, tmp_path / "a.zip")
    event = Event.objects.get(training="")
    assert [row[4] for row in table(path, "04-events/attendance")] == [
        "Andris Ozols",
        f"E. B. ({rich.mentee.ref})",
    ]
    sheet = words_of(path)[f"04-events/2025-10-28-{event.ref}.pdf"]
    assert "Elīna Bērziņa" in sheet
    assert "Gabija" not in sheet


def test_permissions_are_dated_and_name_no_guardian(rich: Cast, tmp_path: Path) -> None:
    young = young_of(rich)
    permit(young, "photographs")
    withdraw_permission(membership=young, kind="photographs", by=None, now=LATER)
    path = built(rich, tmp_path / "a.zip")
    rows = {row[3]: row for row in table(path, "03-permissions/permissions")}
    assert rows["taking part"][4:6] == ["2025-10-14", "2025-10-01"]
    assert rows["photographs"][7] == "2026-04-01"
    assert "Ilze" not in words_of(path)["03-permissions/permissions.csv"]
    assert table(built(rich, tmp_path / "b.zip", **NOVEMBER), "03-permissions/permissions") == []


def test_a_permission_names_the_notice_that_was_read(rich: Cast, tmp_path: Path) -> None:
    young = young_of(rich)
    anna = guardian(young, rich.inga)
    answer(link=link_of(anna), answers={"photographs": True}, language="lv", now=NOW)
    path = built(rich, tmp_path / "a.zip")
    rows = {row[3]: row for row in table(path, "03-permissions/permissions")}
    assert rows["photographs"][8:] == ["Latviešu", "1"]
    assert rows["taking part"][8:] == ["", ""]
    [notice] = table(path, "03-permissions/notices")
    assert notice[:3] == ["Latviešu", "1", "2025-10-14"]
    assert "Kas tas ir" in notice[3]
    assert len(table(built(rich, tmp_path / "b.zip", **NOVEMBER), "03-permissions/notices")) == 1


def test_a_receipt_proves_a_diary_by_the_mentees_own_copy(rich: Cast, tmp_path: Path) -> None:
    import hashlib

    from varpa.diary.copies import copy_of
    from varpa.diary.models import Diary

    row = table(built(rich, tmp_path / "a.zip"), "08-diaries/diaries")[0]
    copy = copy_of(Diary.objects.get(pair=rich.pair))
    assert row[1] == "2026-04-01"
    assert int(row[2]) >= 3
    assert row[3] == hashlib.sha256(copy).hexdigest()


def test_deliverables_say_which_version_with_its_hash(rich: Cast, tmp_path: Path) -> None:
    from varpa.businessplans.models import Version
    from varpa.dossier.papers.deliverables import digest

    Version.objects.filter(why="submitted").update(figures=to_json(CAKES), rates=kept_rates(CAKES))
    rows = {row[0]: row for row in table(built(rich, tmp_path / "a.zip"), "07-deliverables/deliverables")}
    version = Version.objects.get(why="submitted")
    said = {"title": version.title, "texts": version.texts, "figures": version.figures}
    assert rows["Business plan"][4:7] == [str(version.number), "2025-10-14", digest(said)]
    assert rows["Business plan"][8] == digest({**said, "rates": version.rates})
    assert rows["Company profile"][7:] == ["x", ""]
    assert rows["Presentation"][5] == "2025-10-14"


def test_a_submitted_presentation_stands_in_its_version(rich: Cast, tmp_path: Path) -> None:
    from varpa.dossier.papers.deliverables import digest
    from varpa.presentations.actions.submitting import submit_presentation
    from varpa.presentations.models import Presentation

    made = Presentation.objects.get(membership=rich.mentee)
    version = submit_presentation(presentation=made, by=rich.elina, now=NOW)
    said = {name: getattr(version, name) for name in ("title", "texts", "shown", "figures")}
    rows = table(built(rich, tmp_path / "a.zip"), "07-deliverables/deliverables")
    told = [row[3:7] for row in rows if row[0] == "Presentation"]
    assert told[-1] == ["Submitted", str(version.number), f"{NOW:%Y-%m-%d}", digest(said)]
    assert [row[1] for row in told] == [str(number + 1) for number in range(version.number)]


def test_the_taxes_that_the_programme_has_set_stand_with_their_source(rich: Cast, tmp_path: Path) -> None:
    assert table(built(rich, tmp_path / "a.zip"), "01-frame/taxes") == []
    put(rich)
    (row,) = table(built(rich, tmp_path / "b.zip"), "01-frame/taxes")
    assert row == ["LV", "2026", "Rate of VAT", "22%", "likums, vid.gov.lv", "2025-10-13", "2025-10-14"]


def test_a_programme_in_which_nothing_has_happened(tmp_path: Path) -> None:
    programme = make.programme(running=False)
    from varpa.dossier.building import build

    built = build(Reach(programme, "lt"), tmp_path / "a.zip")
    assert built.counts["people"] == built.counts["hours"] == built.counts["defence"] == 0
    assert built.counts["frame"] == 8


def test_participants_of_nobody_known(cast: Cast) -> None:
    """Whoever has no country is counted in none, and is not lost."""
    Membership.objects.all().update(country="")
    found = participants(Reach(programme_of(cast), "en"))
    assert {each.country for each in found.values()} == {""}
    assert figure(cast, "Mentors (took part, also who left; each person once): country not known") == (
        "2",
        "2",
    )


def test_what_is_asked_for_has_to_make_sense(cast: Cast) -> None:
    with pytest.raises(EndsBeforeItBegins):
        require_period(date(2025, 2, 1), date(2025, 1, 1))
    require_period(NOW.date(), NOW.date())
