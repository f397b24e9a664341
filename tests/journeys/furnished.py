"""A programme in which every page has something to show: the cast, and one of everything they may make."""

from datetime import date, timedelta
from datetime import time as clock_time
from typing import Any

from tests import make
from tests.applications.conftest import hold
from tests.calls.conftest import sent, window
from tests.cast import Cast, assemble
from tests.defence import conftest as defence
from tests.events.conftest import announced
from tests.files.samples import picture, upload
from tests.guidelines import conftest as guidelines
from tests.mailroom.conftest import bring, mail
from tests.make import NOW
from tests.matching.conftest import matched
from tests.merges.conftest import put
from tests.money.plans import CAKES
from tests.news import conftest as news
from tests.presentations import conftest as presentations
from tests.profiles import conftest as profiles
from varpa.absences.actions import add_lessons, add_practice, say_away
from varpa.applications.actions.talks import add_note
from varpa.applications.actions.views import keep_view
from varpa.businessplans.actions.parts import write_figures, write_part
from varpa.businessplans.actions.pictures import add_picture
from varpa.businessplans.actions.plans import begin_plan, keep_version, share_plan
from varpa.businessplans.actions.remarks import answer_remark, remark
from varpa.checkins.models import Checkin
from varpa.defence.actions.days import announce_defence, make_defence
from varpa.defence.actions.order import draw_order
from varpa.dossier.actions.asking import ask_dossier
from varpa.dossier.actions.observers import invite_observer
from varpa.dossier.models import Dossier
from varpa.drafts.actions.drafts import begin_draft
from varpa.evaluation.actions import add_indicator, write_value
from varpa.factors.actions import set_up_app
from varpa.guardians.actions.guardians import add_guardian
from varpa.guardians.actions.schools import add_contact
from varpa.guardians.actions.worries import tell_worry
from varpa.guardians.models import GuardianLink
from varpa.guidelines.actions.guidelines import adopt, draft, open_to_all, publish
from varpa.kernel.refs import new_ref
from varpa.kernel.text import TranslatedText
from varpa.meetings.actions.hours import enter_work
from varpa.meetings.actions.preparation import add_topic
from varpa.meetings.actions.reviews import make_promise
from varpa.messaging.actions import begin_thread, write_message
from varpa.money.figures import to_json
from varpa.news.actions.news import publish_news
from varpa.news.actions.pages import begin_page
from varpa.pairreports.actions import begin_reports, hand_over, let_show, write_report
from varpa.pairreports.models import PairReport
from varpa.pairreports.queries import with_pair as with_reports_pair
from varpa.pairs.actions.goals import add_step, set_goal
from varpa.people.models import Person
from varpa.post.models import Letter
from varpa.presentations.actions.presentations import begin_presentation, share_presentation
from varpa.presentations.actions.submitting import submit_presentation, take_back_presentation
from varpa.profiles.actions.photographs import add_photograph, approve_photograph
from varpa.profiles.actions.profiles import agree_to_publish, begin_profile, finish_profile
from varpa.programmes.actions.memberships import add_member
from varpa.programmes.models import Role
from varpa.programmes.queries import own_methodology_of
from varpa.reports.actions.comments import comment_on_section, open_for_comments
from varpa.reports.actions.drafts import draft_report
from varpa.support.actions import cases, mentors, openings
from varpa.support.models import Case, Door, Kind
from varpa.surveys.actions.editing import edit_survey, open_survey
from varpa.surveys.actions.sending import send_survey
from varpa.times.actions import propose_times

RIGA = "Europe/Riga"
LAST = date(2025, 10, 31)
VISITED = TranslatedText("Apmeklētie uzņēmumi", "Aplankytos įmonės", "Companies visited")
COMPANIES = TranslatedText("uzņēmumi", "įmonės", "companies")
NOTHING = TranslatedText("", "", "")


def furnish() -> Cast:
    """Everybody on the stage, and one of everything."""
    cast = assemble()
    window(cast.programme)
    _recruited(cast)
    _together(cast)
    _told(cast)
    _worked_out(cast)
    _gathered(cast)
    _presented(cast)
    _learnt(cast)
    matched(cast)
    _handed_in(cast)
    return cast


def tokens_of() -> dict[str, str]:
    """The private links that were mailed, by whose they are: a guardian's, a school's, an observer's."""
    kinds = {
        "guardian": "applications.guardian_link",
        "school": "guardians.school_link",
        "observed": "dossier.link",
        "fetched": "dossier.link",
        "surveys": "surveys.asked",
    }
    links = {whose: Letter.objects.filter(kind=kind).latest("pk").link for whose, kind in kinds.items()}
    return {whose: link.rstrip("/").rpartition("/")[2] for whose, link in links.items()}


def _recruited(cast: Cast) -> None:
    by: dict[str, Any] = {"by": cast.inga, "now": NOW}
    sent(cast.programme)
    add_note(membership=cast.mentee, text="Zvanīja skola.", ref=new_ref(), **by)
    kept = {"name": "Mentori", "asked": [("role", "mentor")], "shared": False}
    keep_view(programme=cast.programme, ref=new_ref(), **kept, **by)
    hold(cast, "vārds;e-pasts;loma\nLaura Kļava;laura@skola.example;mentee\n;nav@;\n")
    young = make.person("Krista Liepiņa", "krista@varpa.example", born=date(2009, 5, 4))
    pupil = make.member(cast.programme, young, Role.MENTEE, place="Jelgavas tehnikums", country="LV")
    add_guardian(membership=pupil, name="Ilze Liepiņa", address="ilze@varpa.example", language="lv", **by)
    tell_worry(link=GuardianLink.objects.latest("pk"), text="Meita nāk mājās vēlu.", now=NOW)
    asked = {"school": "Jelgavas tehnikums", "name": "Maija Lapa", "address": "maija@skola.example"}
    add_contact(programme=cast.programme, language="lv", **asked, **by)
    make.member(cast.programme, make.person("Laima Vītola"), Role.MENTOR, country="LT")
    born = {"born": cast.elina.born}
    for name, address in (("Berzina Elina", "e.b@skola.example"), ("Elina Berzina", "elina.b@skola.example")):
        again = make.person(name, address, **born)
        add_member(programme=cast.programme, person=again, role=Role.MENTEE, by=None, now=NOW)
    put(cast, cast.elina, Person.objects.get(email="e.b@skola.example"))


def _together(cast: Cast) -> None:
    by: dict[str, Any] = {"by": cast.elina, "now": NOW}
    pair, mentors_own = cast.pair, {"by": cast.andris, "now": NOW}
    make.agreed_plan(pair)
    goal = set_goal(pair=pair, text="Noteikt krūzes cenu", **by)
    add_step(goal=goal, text="Saskaitīt mālu", **by)
    make.held(pair)
    meeting = make.meeting(pair, days=9, kind="regular")
    make.meeting(pair, days=12, kind="visit")
    add_topic(meeting=meeting, text="Kam piedāvāt pirmajam?", **by)
    make_promise(pair=pair, text="Pajautāt veikalā", due=date(2025, 11, 1), **by)
    enter_work(pair=pair, day=NOW.date(), minutes=30, work="Lasīju ideju", **mentors_own)
    make.entry(pair)
    for subject in ("", "Krūzes cena"):
        thread = begin_thread(pair=pair, subject=subject, **by)
        write_message(thread=thread, text="Vai var parādīt zīmējumu?", **by)
    write_message(thread=thread, text="Jā, sūti.", by=cast.andris, now=NOW + timedelta(minutes=5))
    day = NOW.replace(tzinfo=None) + timedelta(days=15)
    offered = {"kind": "regular", "means": "video", "minutes": 45, "starts_local": [day], "zone": RIGA}
    propose_times(pair=pair, **offered, **mentors_own)
    Checkin.objects.create(pair=pair, due=NOW.date(), at=NOW)
    _reported(cast)
    say_away(person=cast.andris, first=date(2025, 12, 22), last=date(2025, 12, 31), now=NOW)
    hours = {"begins": clock_time(8, 30), "ends": clock_time(15, 10), "now": NOW}
    add_lessons(person=cast.elina, days=["mon", "tue"], **hours)
    practised = {"first": date(2026, 1, 12), "last": date(2026, 1, 30), "place": "Kafejnīca Rūta"}
    add_practice(person=cast.elina, days=["mon", "wed"], **practised, **hours)


def _reported(cast: Cast) -> None:
    """What the two have done, as a draft, and the neighbours' report, which everybody may read."""
    event = announced(cast.programme, cast.inga, training="second")
    begin_reports(NOW)
    theirs = with_reports_pair(PairReport.objects.filter(event=event, pair=cast.neighbours)).get()
    texts = {"done": "Radome du pirkėjus.", "ahead": "Kainoraštis.", "discuss": ""}
    two = (cast.gabija, cast.rimantas)
    write_report(report=theirs, texts=texts, left_out=[], revision=0, by=two[0], now=NOW)
    hand_over(report=theirs, revision=theirs.revision, by=two[0], now=NOW)
    for person in two:
        let_show(report=theirs, shows=True, by=person, now=NOW)


def _worked_out(cast: Cast) -> None:
    """Elīna's business plan, with figures, a version, and what Andris asks about it."""
    by: dict[str, Any] = {"by": cast.elina, "now": NOW}
    plan = begin_plan(membership=cast.mentee, title="Keramikas darbnīca", **by)
    text = "Viena krūze: **divpadsmit eiro**.\n\n- māls\n\n| Kas | Cik |\n|---|---|\n| Māls | 120 |"
    write_part(plan=plan, key="idea", text=text, ready=True, revision=0, **by)
    write_figures(plan=plan, figures=to_json(CAKES), revision=0, **by)
    shown: dict[str, Any] = {"about": "Krāsns prototips", "shows": "nobody", "upload": upload(picture())}
    add_picture(plan=plan, part="idea", **shown, **by)
    keep_version(plan=plan, **by)
    share_plan(plan=plan, shared=True, **by)
    said = {"part": "idea", "quote": "divpadsmit eiro", "text": "Vai ceļš ir ieskaitīts?"}
    answer_remark(remark=remark(plan=plan, **said, by=cast.andris, now=NOW), text="Vēl nav.", **by)


def _learnt(cast: Cast) -> None:
    """A recommendation of each of the two, guidelines that everybody may read, a change for the next ones."""
    for person in (cast.andris, cast.elina):
        guidelines.in_own_words(cast, person)
    made = draft(programme=cast.programme, by=cast.inga, now=NOW)
    adopt(programme=cast.programme, path="hours_minutes", value=1080, by=cast.inga, now=NOW)
    version = publish(guidelines=made, by=cast.inga, now=NOW)
    open_to_all(version=version, public=True, by=cast.inga, now=NOW)


def _presented(cast: Cast) -> None:
    """The profile of Andris' company, Elīna's slides, and a day on which Gabija defends a plan."""
    profile = begin_profile(pair=cast.pair, company="Māls un uguns", by=cast.elina, now=NOW)
    profiles.write(profile, cast, profiles.WORDS)
    finish_profile(profile=profile, by=cast.elina, now=NOW)
    profiles.approve(profile, cast)
    taken: dict[str, Any] = {"part": "activity", "about": "Ceplis", "shows": ["mentor"]}
    photograph = add_photograph(profile=profile, upload=upload(picture()), **taken, by=cast.elina, now=NOW)
    approve_photograph(photograph=photograph, by=cast.andris, now=NOW)
    for person in (cast.elina, cast.andris):
        agree_to_publish(profile=profile, by=person, now=NOW)
    made = begin_presentation(membership=cast.mentee, title="Keramika", by=cast.elina, now=NOW)
    presentations.write(made, cast, presentations.WORDS, figure="till")
    share_presentation(presentation=made, shared=True, by=cast.elina, now=NOW)
    submit_presentation(presentation=made, by=cast.elina, now=NOW)
    take_back_presentation(presentation=made, by=cast.elina, now=NOW)
    defence.plan_of(cast.neighbours.mentee, "Dviračiai")
    day = make_defence(programme=cast.programme, seed=7, by=cast.inga, now=NOW, **defence.SETTINGS)
    draw_order(defence=day, seed=7, by=cast.inga, now=NOW)
    announce_defence(defence=day, by=cast.inga, now=NOW)


def _handed_in(cast: Cast) -> None:
    """A dossier that is ready, which an observer may see; its archive lies nowhere."""
    by: dict[str, Any] = {"by": cast.inga, "now": NOW}
    made = ask_dossier(programme=cast.programme, language="lv", **by)
    stands = {"state": "ready", "as_of": NOW, "sha256": "0" * 64, "size": 299_200, "files": 40}
    Dossier.objects.filter(pk=made.pk).update(**stands, figures={"lv": [["Mentori", "2", "2"]]})
    until = date.today() + timedelta(days=60)
    seen = {"name": "Revīzijas birojs", "address": "revizija@birojs.example", "language": "lv"}
    link = invite_observer(dossier=made, **seen, expires_on=NOW.date(), **by)
    type(link).objects.filter(pk=link.pk).update(expires_on=until)


def furnish_whole() -> Cast:
    """And what a programme looks back with: surveys, an indicator, a report that is commented on."""
    cast = furnish()
    _asked(cast)
    _evaluated(cast)
    set_up_app(person=cast.dace, secret="A" * 32, now=NOW)
    _drafted(cast)
    return cast


def _drafted(cast: Cast) -> None:
    """An own version of the methodology that is being written."""
    own = own_methodology_of(cast.programme)
    begin_draft(organisation=cast.organisation, methodology=own, ref=new_ref(), by=cast.dace, now=NOW)


def _asked(cast: Cast) -> None:
    """The final survey as everybody of the cast was asked it, and one that is not sent yet."""
    survey = open_survey(programme=cast.programme, form="final_survey", by=cast.inga, now=NOW)
    # Of four nobody can be promised that answers are anonymous.
    kept = {name: getattr(survey, name) for name in ("name", "text", "roles", "minutes", "revision")}
    edit_survey(survey=survey, **kept, secrecy="confidential", by=cast.inga, now=NOW)
    send_survey(survey=survey, roles=("mentor", "mentee"), closes_on=LAST, by=cast.inga, now=NOW)
    open_survey(programme=cast.programme, form="progress_survey", by=cast.inga, now=NOW)


def _evaluated(cast: Cast) -> None:
    """An indicator with a figure written down, and a report on which the lead partner has said a word."""
    by: dict[str, Any] = {"by": cast.inga, "now": NOW}
    told = {"code": "U1", "name": VISITED, "unit": COMPANIES, "text": NOTHING, "target": 12}
    told |= {"source": "", "measure": "", "country": ""}
    indicator = add_indicator(programme=cast.programme, told=told, **by)
    write_value(indicator=indicator, value=7, day=NOW.date(), **by)
    report = draft_report(programme=cast.programme, **by)
    open_for_comments(report=report, until=LAST, **by)
    said = {"part": "introduction", "text": "Te pietrūkst Lietuvas."}
    comment_on_section(report=report, **said, by=cast.andris, now=NOW)


def _gathered(cast: Cast) -> None:
    """A training that is ahead, to which everybody is invited; news, and a page that members write."""
    announced(cast.programme, cast.inga)
    made = news.draft(cast, for_all=True)
    publish_news(news=made, by=cast.inga, now=NOW)
    said = {"title": "Kur meklēt pircējus", "text": "Tirdziņā.", "language": "lv"}
    begin_page(programme=cast.programme, **said, by=cast.elina, now=NOW)


def _told(cast: Cast) -> None:
    told: dict[str, Any] = {"membership": cast.mentee, "pair": cast.pair, "by": cast.elina, "now": NOW}
    for door, kind in ((Door.MANAGER, Kind.RELATIONSHIP), (Door.LEAD_PARTNER, Kind.SAFETY)):
        cases.tell(door=door, kind=kind, text="Mēs nesaprotamies.", **told)
    case = Case.objects.earliest("pk")
    cases.write_line(case=case, text="Runāju ar abiem.", told=True, by=cast.inga, now=NOW)
    mentors.ask(mentor=cast.mentor, text="Kā sākt pirmo tikšanos?", shares=True, by=cast.andris, now=NOW)
    mentors.say(programme=cast.programme, text="Esmu kalējs no Tukuma.", by=cast.andris, now=NOW)
    openings.open_pair(pair=cast.pair, reason="Mamma lūdza paskatīties.", by=cast.inga, now=NOW)
    bring(mail("Kam šī vēstule?", by="svešs <sveiks@mail.example>"))
