"""Krista and her mentor with what they have begun together, and every action that needs the pair to go on."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from tests import make
from tests.cast import Cast
from tests.make import NOW
from tests.programmes.conftest import picture
from varpa.behalf import actions as behalf
from varpa.businessplans.actions import plans as business
from varpa.businessplans.actions import remarks
from varpa.businessplans.models import BusinessPlan
from varpa.checkins import actions as checkins
from varpa.checkins.models import Checkin
from varpa.closing import actions as closing
from varpa.diary import actions as diary
from varpa.diary.models import Diary
from varpa.meetings.actions import agenda, hours, meetings, pictures, preparation, reviews
from varpa.meetings.actions.coming import decline_proposal, say_coming
from varpa.meetings.models import Coming, Meeting
from varpa.messaging import actions as messaging
from varpa.pairreports import actions as pairreports
from varpa.pairreports.models import PairReport
from varpa.pairs.actions import goals, plans
from varpa.pairs.models import Goal, Pair, Plan
from varpa.presentations.actions import presentations, recommendations
from varpa.presentations.models import Presentation
from varpa.profiles.actions import parts as profile_parts
from varpa.profiles.actions import photographs, profiles
from varpa.profiles.models import Correction, Part, Profile
from varpa.programmes.actions.permissions import record_permission, withdraw_permission
from varpa.programmes.models import PermissionKind, Role
from varpa.times import actions as times
from varpa.visits import actions as visits

RIGA = "Europe/Riga"
KINDS = [str(kind) for kind in PermissionKind.values]
LATER = NOW + timedelta(days=5)


class Pupil:
    """Krista, 16, with everything permitted, and Laima across the border; what they have begun together."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        person = make.person("Krista Liepiņa", "krista@varpa.example", born=date(2009, 5, 4))
        mentor = make.member(cast.programme, make.person("Laima Vītola"), Role.MENTOR, country="LT")
        self.mentee = make.member(cast.programme, person, Role.MENTEE, country="LV")
        for kind in KINDS:
            record_permission(membership=self.mentee, kind=kind, guardian="Ilze", by=cast.inga, now=NOW)
        self.pair: Pair = make.pair(mentor, self.mentee)
        self.thread = messaging.begin_thread(pair=self.pair, by=person, now=NOW)
        self.goal: Goal = goals.set_goal(pair=self.pair, text="Cena", by=person, now=NOW)
        self.step = goals.add_step(goal=self.goal, text="Pajautāt", by=person, now=NOW)
        self.plan: Plan = plans.begin_plan(pair=self.pair, by=person, now=NOW)
        self.held: Meeting = make.held(self.pair)
        self.ahead: Meeting = make.meeting(self.pair, days=9, kind="regular")
        proposal = times.propose_times(
            pair=self.pair,
            kind="regular",
            means="video",
            minutes=45,
            starts_local=[wall(13)],
            zone=RIGA,
            by=mentor.person,
            now=NOW,
        )
        self.option = proposal.options.get()
        self.business = business.begin_plan(membership=self.mentee, title="Darbnīca", by=person, now=NOW)
        business.share_plan(plan=self.business, shared=True, by=person, now=NOW)
        self.remark = remarks.remark(
            plan=self.business, part="idea", quote="", text="Cena?", by=mentor.person, now=NOW
        )
        self.profile: Profile = profiles.begin_profile(pair=self.pair, company="Māls", by=person, now=NOW)
        self.presentation: Presentation = presentations.begin_presentation(
            membership=self.mentee, title="Trauki", by=person, now=NOW
        )
        self.photograph = photographs.add_photograph(
            profile=self.profile,
            part="activity",
            upload=picture(),
            about="Krāsns",
            shows=[],
            by=person,
            now=NOW,
        )
        part = Part.objects.create(profile=self.profile, key="activity", text="Trauki")
        self.correction = Correction.objects.create(part=part, text="Krūzes", at=NOW)
        self.by: dict[str, Any] = {"by": person, "now": LATER}
        self.mentors: dict[str, Any] = {"by": mentor.person, "now": LATER}

    def unshared(self) -> BusinessPlan:
        """The plan, as it was before it was shared."""
        BusinessPlan.objects.filter(pk=self.business.pk).update(state="drafting")
        self.business.refresh_from_db()
        return self.business

    def countered(self) -> Meeting:
        """The meeting ahead, which the mentor's calendar program would have shorter."""
        said = {"side": "mentor", "said": "no", "sequence": self.ahead.sequence, "proposed_minutes": 30}
        Coming.objects.create(meeting=self.ahead, at=NOW, **said)
        return self.ahead

    def diary(self, state: str) -> Diary:
        """What the mentor has written, in a state."""
        handed = NOW if state == "handed_over" else None
        return Diary.objects.create(pair=self.pair, begun_at=NOW, state=state, handed_over_at=handed)

    def report(self) -> PairReport:
        """What the two have done, handed over to no meeting yet."""
        return PairReport(pair=self.pair, begun_at=NOW)

    def withdraw(self, kind: str) -> None:
        withdraw_permission(membership=self.mentee, kind=kind, by=self.cast.inga, now=LATER)


def wall(days: int) -> datetime:
    day = (NOW + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, 15, 0)


def a_meeting(kind: str = "regular", days: int = 12) -> dict[str, Any]:
    means = "in_person" if kind == "visit" else "video"
    return {"kind": kind, "means": means, "starts_local": wall(days), "zone": RIGA, "minutes": 45}


Doing = Callable[[Pupil], object]
TAKING_PART: dict[str, Doing] = {
    "businessplans.share_plan": lambda at: business.share_plan(plan=at.unshared(), shared=True, **at.by),
    "businessplans.remark": lambda at: remarks.remark(
        plan=at.business, part="idea", quote="", text="Cik?", **at.mentors
    ),
    "businessplans.answer_remark": lambda at: remarks.answer_remark(remark=at.remark, text="Trīs", **at.by),
    "businessplans.settle_remark": lambda at: remarks.settle_remark(remark=at.remark, settled=True, **at.by),
    "businessplans.withdraw_remark": lambda at: remarks.withdraw_remark(remark=at.remark, **at.mentors),
    "checkins.look_back": lambda at: checkins.look_back(
        checkin=Checkin(pair=at.pair), how="well", nearer="yes", change="", **at.by
    ),
    "messaging.begin_thread": lambda at: messaging.begin_thread(pair=at.pair, **at.by),
    "messaging.put_files": lambda at: messaging.put_files(
        pair=at.pair, about_kind="", about_ref="", files=[picture()], **at.mentors
    ),
    "messaging.write_message": lambda at: messaging.write_message(thread=at.thread, text="Sveiki", **at.by),
    "closing.excuse": lambda at: closing.excuse(pair=at.pair, requirement="visit", reason="Slimība", **at.by),
    "closing.agree_excuse": lambda at: closing.agree_excuse(
        pair=at.pair, requirement="visit", reason="Slimība", **at.by
    ),
    "closing.withdraw_excuse": lambda at: closing.withdraw_excuse(pair=at.pair, requirement="visit", **at.by),
    "closing.look_back": lambda at: closing.look_back(
        pair=at.pair, text="Labi", stay_in_touch=False, revision=0, **at.by
    ),
    "meetings.add_picture": lambda at: pictures.add_picture(
        meeting=at.held, upload=picture(), about="Krāsns", shows=[], **at.by
    ),
    "meetings.add_to_agenda": lambda at: agenda.add_to_agenda(meeting=at.ahead, text="Cena", **at.by),
    "meetings.move_on_agenda": lambda at: agenda.move_on_agenda(
        meeting=at.ahead, line="Krāsns", was=0, to=1, **at.by
    ),
    "meetings.take_off_agenda": lambda at: agenda.take_off_agenda(
        meeting=at.ahead, line="Krāsns", was=0, **at.by
    ),
    "meetings.add_topic": lambda at: preparation.add_topic(meeting=at.ahead, text="Cena?", **at.by),
    "meetings.enter_work": lambda at: hours.enter_work(
        pair=at.pair, day=LATER.date(), minutes=20, work="Lasīšana", **at.by
    ),
    "meetings.log_meeting": lambda at: reviews.log_meeting(
        pair=at.pair,
        text="Labi",
        **(a_meeting() | {"starts_local": wall(6)}),
        by=at.mentors["by"],
        now=LATER + timedelta(days=2),
    ),
    "meetings.make_promise": lambda at: reviews.make_promise(pair=at.pair, text="Zvanīt", due=None, **at.by),
    "meetings.move_meeting": lambda at: meetings.move_meeting(
        meeting=at.ahead, starts_local=wall(14), zone="Europe/Riga", minutes=45, **at.by
    ),
    "meetings.plan_meeting": lambda at: meetings.plan_meeting(pair=at.pair, **a_meeting(), **at.by),
    "meetings.prepare_meeting": lambda at: preparation.prepare_meeting(
        meeting=at.ahead, goals="Cena", resources="", agenda="", revision=at.ahead.revision, **at.by
    ),
    "meetings.review_meeting": lambda at: reviews.review_meeting(
        meeting=at.ahead, minutes=45, text="Labi", by=at.by["by"], now=NOW + timedelta(days=10)
    ),
    "meetings.write_notes": lambda at: preparation.write_notes(
        meeting=at.ahead, notes="Cena", revision=0, **at.by
    ),
    "meetings.decline_proposal": lambda at: decline_proposal(meeting=at.countered(), **at.by),
    "meetings.say_coming": lambda at: say_coming(meeting=at.ahead, said="yes", **at.by),
    "times.propose_times": lambda at: times.propose_times(
        pair=at.pair, kind="regular", means="video", minutes=45, starts_local=[wall(12)], zone=RIGA, **at.by
    ),
    "times.choose_time": lambda at: times.choose_time(option=at.option, **at.by),
    "visits.describe_visit": lambda at: visits.describe_visit(
        meeting=at.ahead, texts={}, back_local=None, photos="", revision=0, **at.mentors
    ),
    "behalf.enter_paper": lambda at: behalf.enter_paper(
        pair=at.pair,
        kind="regular",
        means="video",
        starts_local=wall(5),
        zone=RIGA,
        minutes=45,
        signed=["mentor"],
        by=at.cast.inga,
        now=LATER + timedelta(days=1),
    ),
    "pairs.agree_on_paper": lambda at: plans.agree_on_paper(
        pair=at.pair, day=NOW.date(), choices={}, **at.by
    ),
    "pairs.add_step": lambda at: goals.add_step(goal=at.goal, text="Zvanīt", **at.by),
    "pairs.answer_question": lambda at: plans.answer_question(
        pair=at.pair, version=1, question="rhythm", texts={"agreed": "Jā"}, choice=7, revisions={}, **at.by
    ),
    "pairs.answer_topic": lambda at: goals.answer_topic(
        pair=at.pair, texts={"problems": "Cena"}, revisions={}, **at.by
    ),
    "pairs.attach_paper": lambda at: plans.attach_paper(plan=at.plan, paper=make.paper(at.plan), **at.by),
    "pairs.begin_plan": lambda at: plans.begin_plan(pair=at.pair, **at.by),
    "pairs.change_goal": lambda at: goals.change_goal(
        goal=at.goal, text="Peļņa", progress="", due=None, revision=at.goal.revision, **at.by
    ),
    "pairs.confirm_plan": lambda at: plans.confirm_plan(plan=at.plan, **at.by),
    "pairs.mark_step": lambda at: goals.mark_step(step=at.step, done=True, **at.by),
    "pairs.photograph_paper": lambda at: plans.photograph_paper(pair=at.pair, upload=picture(), **at.by),
    "pairs.set_goal": lambda at: goals.set_goal(pair=at.pair, text="Peļņa", **at.by),
    "pairs.set_goals": lambda at: goals.set_goals(pair=at.pair, texts={"abcdefghijkl": "Peļņa"}, **at.by),
    "pairs.take_goal_step": lambda at: goals.take_goal_step(goal=at.goal, step="reach", **at.by),
    "pairs.withdraw_step": lambda at: goals.withdraw_step(step=at.step, **at.by),
    "pairs.write_answers": lambda at: plans.write_answers(
        plan=at.plan, texts={"rhythm": "Reizi nedēļā"}, choices={}, revisions={}, **at.by
    ),
    "pairs.write_own_words": lambda at: plans.write_own_words(plan=at.plan, text="Mēs", revision=0, **at.by),
    "pairs.write_page": lambda at: plans.write_page(pair=at.pair, version=1, text="Mēs", revision=0, **at.by),
    "pairs.write_view": lambda at: plans.write_view(
        plan=at.plan, question="rhythm", text="Reizi nedēļā", revision=0, **at.by
    ),
    "diary.answer_diary": lambda at: diary.answer_diary(
        diary=at.diary("handed_over"), text="Paldies", revision=0, **at.by
    ),
    "diary.hand_over": lambda at: diary.hand_over(diary=at.diary("open"), **at.mentors),
    "pairreports.hand_over": lambda at: pairreports.hand_over(report=at.report(), revision=0, **at.by),
    "pairreports.let_show": lambda at: pairreports.let_show(report=at.report(), shows=True, **at.by),
    "pairreports.write_report": lambda at: pairreports.write_report(
        report=at.report(), texts={"done": "Krūzes"}, left_out=[], revision=0, **at.by
    ),
    "presentations.recommend": lambda at: recommendations.recommend(
        presentation=at.presentation, slide="idea", text="Sāc ar krūzi.", **at.mentors
    ),
    "presentations.share_presentation": lambda at: presentations.share_presentation(
        presentation=at.presentation, shared=True, **at.by
    ),
    "profiles.add_photograph": lambda at: photographs.add_photograph(
        profile=at.profile, part="activity", upload=picture(), about="Krāsns", shows=[], **at.by
    ),
    "profiles.approve_photograph": lambda at: photographs.approve_photograph(
        photograph=at.photograph, **at.mentors
    ),
    "profiles.agree_to_publish": lambda at: profiles.agree_to_publish(profile=at.profile, **at.by),
    "profiles.approve_name": lambda at: profiles.approve_name(profile=at.profile, revision=0, **at.mentors),
    "profiles.approve_part": lambda at: profile_parts.approve_part(
        profile=at.profile, key="activity", revision=0, named=0, **at.mentors
    ),
    "profiles.begin_profile": lambda at: profiles.begin_profile(pair=at.pair, company="Māls", **at.by),
    "profiles.correct_part": lambda at: profile_parts.correct_part(
        profile=at.profile, key="activity", text="Krūzes", **at.mentors
    ),
    "profiles.finish_profile": lambda at: profiles.finish_profile(profile=at.profile, **at.by),
    "profiles.name_company": lambda at: profiles.name_company(
        profile=at.profile, company="Uguns", revision=0, **at.by
    ),
    "profiles.rework_profile": lambda at: profiles.rework_profile(profile=at.profile, **at.by),
    "profiles.settle_correction": lambda at: profile_parts.settle_correction(
        correction=at.correction, **at.by
    ),
    "profiles.write_part": lambda at: profile_parts.write_part(
        profile=at.profile, key="activity", text="Krūzes", sources=[], kept=False, revision=0, **at.by
    ),
}
