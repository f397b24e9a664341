"""What pairs tell the joint meeting half-way: a draft that is completed, handed over, and mostly shown."""

from datetime import date, timedelta
from random import Random

from varpa.events.models import Event
from varpa.events.queries.events import asks_for_reports
from varpa.pairreports.actions import begin_reports, hand_over, let_show, write_report
from varpa.pairreports.models import PairReport, ReportState
from varpa.pairreports.queries import with_pair
from varpa.pairs.models import PairState
from varpa.site.replay.house import House
from varpa.site.replay.stage import Course
from varpa.site.replay.words import Words

ASKED_BEFORE, LAST_DAYS = timedelta(days=12), 9
WRITES, DISCUSSES, SHOWS = 0.85, 0.4, 0.7
"""Of pairs those that add words of their own, that want to talk about something, that let it be shown."""


def tell(house: House, event: Event, day: date) -> Course:
    """The two of each pair, on different evenings before the event: most of them, some not at all."""
    if not asks_for_reports(event):
        return
    chance = Random(f"{house.seed}/reports")
    yield house.dates.at(max(day - ASKED_BEFORE, house.today + timedelta(days=1)), 7, 30)
    house.stage.do(begin_reports)
    drafts = PairReport.objects.filter(event=event).order_by("pk")
    for report in list(with_pair(drafts)):
        evening = house.today + timedelta(days=chance.randint(1, LAST_DAYS))
        house.stage.begin(_tell(house, report, evening, Random(f"{house.seed}/report/{report.pk}")))


def _tell(house: House, report: PairReport, evening: date, chance: Random) -> Course:
    yield house.dates.at(evening, chance.randint(17, 20), chance.randint(0, 59))
    report = with_pair(PairReport.objects.filter(pk=report.pk)).get()
    going = report.pair.state == PairState.ACTIVE and report.state == ReportState.DRAFT
    if not going:
        return
    two = [report.pair.mentee.person, report.pair.mentor.person]
    if chance.random() < WRITES:
        words = Words(two[0].language, "ceramics", chance)
        texts = {
            "done": words.one("progress"),
            "ahead": words.one("results"),
            "discuss": words.one("aims") if chance.random() < DISCUSSES else "",
        }
        given = {"texts": texts, "left_out": [], "revision": report.revision}
        house.stage.do(write_report, report=report, by=two[0], **given)
    house.stage.do(hand_over, report=report, revision=report.revision, by=chance.choice(two))
    if chance.random() < SHOWS:
        for each in two:
            house.stage.do(let_show, report=report, shows=True, by=each)
