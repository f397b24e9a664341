"""What the worker does by itself, and how often. A room's scheduled actions are named here only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from varpa.applications.actions.rosters import forget_old_rosters
from varpa.calls.actions.applying import forget_unsent
from varpa.calls.actions.following import follow_addresses
from varpa.calls.actions.sending import ask_guardians_of_late
from varpa.checkins.actions import begin_checkins
from varpa.closing.actions import agree_silently
from varpa.defence.actions.days import gather_late
from varpa.defence.actions.reckoning import reckon_due
from varpa.diary.actions import offer_left_diaries, seal_left_diaries
from varpa.diary.evenings import ask_for_entries
from varpa.dossier.actions import working as dossiers
from varpa.events.actions.duties import invite_and_remind, write_to_invited
from varpa.guardians.actions.guardians import end_pointless_reminders
from varpa.mailroom.actions import sort_mail
from varpa.matching.actions.apart import bind_wishes
from varpa.matching.actions.going import anything_waits, broken_off
from varpa.meetings.actions.hours import confirm_silent_hours
from varpa.meetings.actions.meetings import take_back_left
from varpa.meetings.actions.reminders import remind
from varpa.messaging.actions import remind_of_answers
from varpa.news.actions.news import tell_news
from varpa.notices.actions import tell_gathered
from varpa.notices.numbers import forget_codes
from varpa.notices.pushing import push_due
from varpa.pairreports.actions import begin_reports
from varpa.pairs.actions.readiness import pause_unprepared_pairs, resume_ready_pairs, start_ready_pairs
from varpa.pairs.actions.waiting import end_unanswered, remind_unanswered
from varpa.people.actions import forget_limits, forget_sessions
from varpa.post import fetching, inbound, outbox
from varpa.presentations.actions import turning
from varpa.privacy.actions.asking import erase_due
from varpa.privacy.actions.erasing import remove_leftovers
from varpa.privacy.actions.listing import list_erased
from varpa.privacy.actions.retaining import erase_confirmed, erase_sealed, tell_due
from varpa.programmes.actions.memberships import follow_names
from varpa.programmes.actions.permissions import ask_the_grown
from varpa.reports.actions.comments import tell_opened
from varpa.reports.actions.drafts import draft_asked
from varpa.site import answers
from varpa.site.aside import Aside
from varpa.support.actions.circles import tell_circles
from varpa.support.actions.clocks import keep_cases
from varpa.surveys.actions.editing import open_usual_surveys
from varpa.surveys.actions.results import compute_due
from varpa.surveys.actions.sending import follow_surveys
from varpa.times.actions import end_passed, remind_of_times
from varpa.visits.actions import tell_guardians


@dataclass(frozen=True)
class Duty:
    """One thing to do again and again. `work` is handed the time and may be called twice: it does it once."""

    name: str
    work: Callable[[datetime], object]
    every: timedelta


# Whoever answers by mail is answered by the rooms that the site knows.
assert answers.ROOMS

MATCHING = Aside(("matchings",), anything_waits, broken_off)

DOSSIERS = Aside(("dossiers",), dossiers.anything_waits, lambda _now: None)
"""What was broken off waits still, and is begun anew; after a few times it is told as failed."""

SLIDES = Aside(("slides",), turning.anything_waits, turning.broken_off)

DUTIES: tuple[Duty, ...] = (
    Duty("letters", outbox.deliver_due, timedelta(seconds=2)),
    Duty("devices", push_due, timedelta(seconds=2)),
    Duty("letters that were gathered", tell_gathered, timedelta(seconds=30)),
    Duty("mail to fetch", fetching.fetch_mail, timedelta(seconds=3)),
    Duty("mail that came", sort_mail, timedelta(seconds=1)),
    Duty("matchings", MATCHING, timedelta(seconds=1)),
    Duty("dossiers", DOSSIERS, timedelta(seconds=1)),
    Duty("slides to turn to PDF", SLIDES, timedelta(seconds=2)),
    Duty("pairs that can begin", start_ready_pairs, timedelta(seconds=10)),
    Duty("pairs that can go on", resume_ready_pairs, timedelta(seconds=10)),
    Duty("pairs that may not meet", pause_unprepared_pairs, timedelta(minutes=1)),
    Duty("wishes in confidence", bind_wishes, timedelta(minutes=10)),
    Duty("proposals to answer", remind_unanswered, timedelta(minutes=10)),
    Duty("proposals without an answer", end_unanswered, timedelta(minutes=1)),
    Duty("guardians who are asked no more", end_pointless_reminders, timedelta(minutes=10)),
    Duty("mentees who come of age", ask_the_grown, timedelta(hours=6)),
    Duty("reminders", remind, timedelta(minutes=10)),
    Duty("looks at the cooperation", begin_checkins, timedelta(hours=1)),
    Duty("reports of pairs", begin_reports, timedelta(hours=1)),
    Duty("visits that guardians are told of", tell_guardians, timedelta(minutes=5)),
    Duty("times that wait for a choice", remind_of_times, timedelta(minutes=30)),
    Duty("times that have passed", end_passed, timedelta(minutes=10)),
    Duty("answers that are waited for", remind_of_answers, timedelta(minutes=30)),
    Duty("letters about events", write_to_invited, timedelta(seconds=5)),
    Duty("letters about news", tell_news, timedelta(seconds=30)),
    Duty("events that are coming", invite_and_remind, timedelta(minutes=10)),
    Duty("what was told and waits", keep_cases, timedelta(minutes=1)),
    Duty("what is new among mentors", tell_circles, timedelta(minutes=10)),
    Duty("drafts of surveys", open_usual_surveys, timedelta(hours=1)),
    Duty("surveys to remind of and to close", follow_surveys, timedelta(minutes=10)),
    Duty("answers to reckon", compute_due, timedelta(seconds=5)),
    Duty("shares of a defence to reckon", reckon_due, timedelta(seconds=3)),
    Duty("jurors let in after a day was announced", gather_late, timedelta(minutes=10)),
    Duty("hours without objection", confirm_silent_hours, timedelta(minutes=30)),
    Duty("what did not happen, without a word against it", agree_silently, timedelta(minutes=30)),
    Duty("meetings of pairs that ended", take_back_left, timedelta(minutes=10)),
    Duty("diaries that may still be handed over", offer_left_diaries, timedelta(minutes=10)),
    Duty("diaries to write in", ask_for_entries, timedelta(minutes=10)),
    Duty("diaries left behind", seal_left_diaries, timedelta(hours=6)),
    Duty("data to erase", erase_due, timedelta(minutes=10)),
    Duty("programmes kept long enough", tell_due, timedelta(hours=6)),
    Duty("people kept long enough", erase_confirmed, timedelta(minutes=10)),
    Duty("erasures to list", list_erased, timedelta(seconds=1)),
    Duty("sealed diaries to erase", erase_sealed, timedelta(hours=6)),
    Duty("files to take off the disk", remove_leftovers, timedelta(minutes=1)),
    Duty("old dossiers", dossiers.expire_old, timedelta(hours=6)),
    Duty("sessions that are over", forget_sessions, timedelta(hours=6)),
    Duty("old limits", forget_limits, timedelta(hours=1)),
    Duty("old codes of numbers", forget_codes, timedelta(hours=6)),
    Duty("old letters", outbox.purge_bodies, timedelta(hours=6)),
    Duty("old mail", inbound.purge_mail, timedelta(hours=6)),
    Duty("reports to draft", draft_asked, timedelta(seconds=2)),
    Duty("reports open for comments", tell_opened, timedelta(seconds=10)),
    Duty("names in lists", follow_names, timedelta(minutes=1)),
    Duty("addresses of applications", follow_addresses, timedelta(seconds=10)),
    Duty("guardians of those let in late", ask_guardians_of_late, timedelta(minutes=1)),
    Duty("old rosters", forget_old_rosters, timedelta(hours=1)),
    Duty("applications never sent", forget_unsent, timedelta(hours=6)),
)
