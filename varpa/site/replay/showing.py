"""What the mentee makes beside the plan: the company's profile, and the presentation (methodology §3.3)."""

from varpa.businessplans.models import BusinessPlan
from varpa.kernel.states import can
from varpa.methodology.marks import PartAct
from varpa.methodology.outlines import Part
from varpa.pairs.models import PairState, Side
from varpa.presentations.actions.presentations import begin_presentation, share_presentation, write_slide
from varpa.presentations.actions.recommendations import mark_recommendation, recommend
from varpa.presentations.actions.submitting import submit_presentation
from varpa.presentations.models import Presentation, PresentationState, Recommendation, Shown
from varpa.profiles.actions.parts import approve_part, correct_part, settle_correction, write_part
from varpa.profiles.actions.profiles import agree_to_publish, begin_profile, finish_profile
from varpa.profiles.models import Profile, Source
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course

KEPT, CORRECTED, PUBLISHED, DONE = 0.5, 0.15, 0.7, 0.8
"""How often finance is not for publication, something is not right, one says yes, one does as recommended."""
PRIVATE = "finance"
MOST_RECOMMENDED = 3


def make_profile(life: Life) -> Course:
    """After the visit: written part by part, finished, and approved by the mentor."""
    outline = life.methodology.company_profile
    if not outline:
        return
    yield life.evening((1, 5))
    if not _together(life):
        return
    place = life.pair.mentor.place
    company = place.rpartition(", ")[0] or place or life.mentor.name
    profile = life.do(begin_profile, pair=life.pair, company=company, by=life.mentee)
    for part in outline:
        if life.maybe(0.4):
            yield life.evening((1, 3))
            if not _together(life):
                return
        _write_part(life, profile, part)
    yield life.evening((1, 4))
    if not _together(life):
        return
    life.do(finish_profile, profile=profile, by=life.mentee)
    yield life.evening((1, 9))
    if _together(life):
        _approve(life, profile)
    yield life.evening((1, 6))
    if _together(life):
        _publish(life, profile)


def present(life: Life, plan: BusinessPlan) -> Course:
    """Once the plan is handed in: slides, shown to the mentor, who recommends (methodology §10)."""
    outline = life.methodology.presentation
    if not outline:
        return
    yield life.evening((1, 4))
    if not _together(life):
        return
    made = life.do(begin_presentation, membership=life.pair.mentee, title=plan.title, by=life.mentee)
    for slide in outline:
        text = life.words.answer("slides", slide.key)
        figure = Shown.TILL if slide.acts == PartAct.FIGURES else ""
        given = {"key": slide.key, "text": text, "notes": "", "figure": figure, "revision": 0}
        life.do(write_slide, presentation=made, **given, by=life.mentee)
    yield life.evening((0, 3))
    if not _together(life):
        return
    life.do(share_presentation, presentation=made, shared=True, by=life.mentee)
    yield life.evening((1, 5))
    if _together(life):
        _recommend(life, made, outline)
    yield life.evening((2, 8))
    if _together(life):
        made.refresh_from_db(fields=["state"])
        life.do(submit_presentation, presentation=made, by=life.mentee)


def _together(life: Life) -> bool:
    """Whether the two work together now, and neither rests."""
    life.pair.refresh_from_db(fields=["state"])
    return life.pair.state == PairState.ACTIVE


def _write_part(life: Life, profile: Profile, part: Part) -> None:
    sources = [Source.SEEN] if part.acts else [life.chance.choice((Source.SAID, Source.PUBLISHED))]
    kept = part.key == PRIVATE and life.maybe(KEPT)
    text = life.words.answer("profile", part.key)
    given = {"key": part.key, "text": text, "sources": sources, "kept": kept, "revision": 0}
    life.do(write_part, profile=profile, **given, by=life.mentee)


def _approve(life: Life, profile: Profile) -> None:
    """Nearly all is right at once; what is not, the mentor says in a word, and the mentee puts it right."""
    for part in profile.parts.exclude(text="").order_by("pk"):
        part.profile = profile
        if life.maybe(CORRECTED):
            said = life.words.one("profile_corrects")
            made = life.do(correct_part, profile=profile, key=part.key, text=said, by=life.mentor)
            life.do(settle_correction, correction=made, by=life.mentee)
        given = {"key": part.key, "revision": part.revision, "named": profile.revision}
        life.do(approve_part, profile=profile, **given, by=life.mentor)


def _publish(life: Life, profile: Profile) -> None:
    profile.refresh_from_db(fields=["state"])
    if can(profile, "reopen"):
        for side in (Side.MENTEE, Side.MENTOR):
            if life.maybe(PUBLISHED):
                life.do(agree_to_publish, profile=profile, by=life.person(side))


def _recommend(life: Life, made: Presentation, outline: tuple[Part, ...]) -> None:
    if made.state != PresentationState.SHARED:
        return
    for slide in life.chance.sample(outline, life.chance.randint(1, min(MOST_RECOMMENDED, len(outline)))):
        text = life.words.one("slide_recommends")
        said = life.do(recommend, presentation=made, slide=slide.key, text=text, by=life.mentor)
        if life.maybe(DONE):
            life.begin(_do_it(life, said))


def _do_it(life: Life, said: Recommendation) -> Course:
    yield life.evening((0, 4))
    if _together(life):
        life.do(mark_recommendation, recommendation=said, done=True, by=life.mentee)
