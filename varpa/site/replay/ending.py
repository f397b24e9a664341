"""The end of a pair: looking back, the diary handed over and answered, hours settled, excuses."""

from varpa.closing.actions import agree_excuse, end_cooperation, excuse, look_back
from varpa.closing.queries import still_ahead
from varpa.diary.actions import answer_diary, hand_over, keep_entry, note_read_through
from varpa.diary.models import Diary, EntryState
from varpa.diary.queries import diary_of
from varpa.meetings.actions.hours import confirm_hours
from varpa.meetings.queries import lines_waiting_for
from varpa.methodology import Fact
from varpa.pairs.models import Side
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course
from varpa.site.replay.writing import advance_goals

PATIENCE = 2
"""How often the two wait for hours that confirm themselves, before they write why they are missing."""


def end_together(life: Life) -> Course:
    """From the last meeting to the end of the cooperation (methodology §4, phases 4 and 5)."""
    for side in life.chance.sample((Side.MENTOR, Side.MENTEE), 2):
        yield life.evening((0, 3))
        text = life.words.one("looking_back", side)
        stays = life.maybe(0.7)
        given = {"pair": life.pair, "text": text, "stay_in_touch": stays, "revision": 0}
        life.do(look_back, **given, by=life.person(side))
    advance_goals(life)
    yield life.evening((1, 4))
    diary = diary_of(life.pair)
    if diary and finish_drafts(life, diary):
        yield from hand_the_diary_over(life, diary)
    yield from _settle_all(life)
    yield life.evening((0, 2))
    life.do(end_cooperation, pair=life.pair, by=life.person(life.chance.choice((Side.MENTOR, Side.MENTEE))))
    life.over = True


def finish_drafts(life: Life, diary: Diary) -> bool:
    """Finish what still lies as a draft; answers whether there is anything to hand over."""
    diary.pair = life.pair
    for entry in diary.entries.filter(state=EntryState.DRAFT).exclude(notes=""):
        entry.diary = diary
        life.do(keep_entry, entry=entry, by=life.mentor)
    return diary.entries.filter(state=EntryState.KEPT).exists()


def hand_the_diary_over(life: Life, diary: Diary) -> Course:
    """Read it through, hand it over the next day at the latest; most mentees answer."""
    life.do(note_read_through, diary=diary, by=life.mentor)
    yield life.soon((0.3, 30))
    diary.refresh_from_db(fields=["read_through_at"])
    if diary.read_through_at is None:
        # A page that was written late has come in between: it is read too.
        finish_drafts(life, diary)
        life.do(note_read_through, diary=diary, by=life.mentor)
    life.do(hand_over, diary=diary, by=life.mentor)
    if life.maybe(0.75):
        yield life.evening((1, 5))
        text = life.words.one("replies")
        life.do(answer_diary, diary=diary, text=text, revision=0, by=life.mentee)


def _settle_all(life: Life) -> Course:
    """Say yes to the hours that wait, wait for the silent ones, and excuse what is still missing (R3)."""
    for patience in range(PATIENCE + 1):
        if not life.temper.silent or patience == PATIENCE:
            for side in (Side.MENTEE, Side.MENTOR):
                for line in list(lines_waiting_for(life.pair, side)):
                    life.do(confirm_hours, line=line, by=life.person(side))
        missing = [each.requirement for each in still_ahead(life.pair) if each.missing]
        if Fact.HOURS_REACHED not in [each.fact for each in missing] or patience == PATIENCE:
            break
        yield life.evening((7, 8))
    for requirement in missing:
        reason = life.words.one("excuses")
        given = {"pair": life.pair, "requirement": requirement.key, "reason": reason}
        life.do(excuse, **given, by=life.mentor)
        life.do(agree_excuse, **given, by=life.mentee)
