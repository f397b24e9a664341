"""Where a recommendation may come from: only what its reader may read, sentence by sentence.

A passage of the diary comes from the mentor who writes it, and after the handover from the mentee as well;
for anybody else there is no way from here to a word of it (R6).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from varpa.diary.access import DiaryAction, EntryAction
from varpa.diary.models import Diary, DiaryState, Entry, EntryState
from varpa.diary.parts import lines_of
from varpa.diary.queries import diaries_read, read_through
from varpa.events.models import Question
from varpa.guidelines.models import Source
from varpa.kernel.access import allowed, may
from varpa.meetings.models import Meeting, Review
from varpa.pairs.access import own_pairs
from varpa.pairs.models import Pair, Side
from varpa.pairs.queries import phase_of
from varpa.people.models import Person
from varpa.programmes.models import Programme, Role
from varpa.programmes.queries import methodology_of, own_memberships
from varpa.surveys.access import SurveyAction
from varpa.surveys.hiding import LEAST_WORDS
from varpa.surveys.models import Question as Asked
from varpa.surveys.models import Theme
from varpa.surveys.queries.answers import said_by, settled_texts


@dataclass(frozen=True)
class Sentence:
    """A sentence that may be offered; `key` stays the same as long as its words do."""

    key: str
    text: str


@dataclass(frozen=True)
class Passage:
    """Sentences that stand together, under their heading."""

    heading: str
    sentences: list[Sentence]


@dataclass(frozen=True)
class Spring:
    """What somebody offers from. `author` wrote the words; `asked` is how an address names it.

    Of a survey nobody is named: whoever manages gives the word for them. `language`: where it is known.
    """

    source: str
    author: Person
    role: str
    asked: str = ""
    ref: str = ""
    pair: Pair | None = None
    phase: str = ""
    topic: str = ""
    passages: list[Passage] = field(default_factory=list)
    language: str = ""

    def text_of(self, keys: Iterable[str]) -> str:
        """The chosen sentences in their order, with a mark where something stands between two of them."""
        wanted, said, gap = set(keys), "", ""
        for sentence in (each for passage in self.passages for each in passage.sentences):
            if sentence.key in wanted:
                said, gap = said + gap + sentence.text, " "
            elif said:
                gap = " … "
        return said


def spring_of(programme: Programme, person: Person, asked: str = "") -> Spring | None:
    """What `asked` names ("entry:…", "meeting:…", "question:…", "room:…", "theme:…", "answer:…"), as far as
    the person may offer from it; "" is a recommendation in own words. None: for this person it is not there.
    """
    kind, _colon, ref = asked.partition(":")
    find = {
        "": _words,
        "entry": _entry,
        "meeting": _review,
        "question": _question,
        "room": _room,
        "theme": _theme,
        "answer": _answer,
    }.get(kind)
    return find(programme, person, ref) if find else None


def _words(programme: Programme, person: Person, _ref: str) -> Spring | None:
    own = own_memberships(programme, person).order_by("pk").first()
    # Staff of the lead partner manage without a membership of their own.
    role = own.role if own else Role.LEAD_PARTNER
    noted = role in (Role.MANAGER, Role.LEAD_PARTNER)
    return Spring(Source.NOTE if noted else Source.WORDS, person, role)


def _room(programme: Programme, person: Person, ref: str) -> Spring | None:
    pairs = Pair.objects.filter(pk__in=own_pairs(person), programme=programme, ref=ref)
    pair = pairs.select_related("mentor__person", "mentee__person").first()
    if pair is None:
        return None
    return Spring(Source.WORDS, person, _side(pair, person), f"room:{ref}", "", pair, _phase(programme, pair))


def _entry(programme: Programme, person: Person, ref: str) -> Spring | None:
    entries = Entry.objects.filter(ref=ref, state=EntryState.KEPT, diary__pair__programme=programme)
    mine = allowed(DiaryAction.READ, person, Diary.objects.all()).order_by().values("pk")
    writer = allowed(EntryAction.READ, person, entries)
    entry = (writer | entries.filter(diary__in=mine)).select_related("meeting").first()
    if entry is None:
        return None
    diary = diaries_read(Diary.objects.filter(pk=entry.diary_id)).get()
    pair = diary.pair
    return Spring(
        Source.DIARY,
        pair.mentor.person,
        Role.MENTOR,
        f"entry:{ref}",
        ref,
        pair,
        _phase(programme, pair),
        _guide(programme, entry.meeting),
        list(_of_diary(diary, entry)),
    )


def _of_diary(diary: Diary, entry: Entry) -> Iterator[Passage]:
    """What may be offered: nothing that is left out, and before the handover nothing about the mentee."""
    is_open = diary.state == DiaryState.OPEN
    for read in read_through(diary):
        if read.entry.pk != entry.pk:
            continue
        for passage in read.passages:
            if passage.whole or (is_open and passage.about == "mentee"):
                continue
            parts = [each for each in passage.sentences if not each.left_out]
            sentences = [Sentence(f"{passage.key}.{each.key}", each.text) for each in parts]
            if sentences:
                yield Passage(passage.heading, sentences)


def _review(programme: Programme, person: Person, ref: str) -> Spring | None:
    own = Meeting.objects.filter(ref=ref, pair__in=own_pairs(person), pair__programme=programme)
    meeting = own.select_related("pair__mentor__person", "pair__mentee__person").first()
    if meeting is None:
        return None
    side = _side(meeting.pair, person)
    review = Review.objects.filter(meeting=meeting, side=side).first()
    phase, topic = _phase(programme, meeting.pair), _guide(programme, meeting)
    passages = list(_of_review(review)) if review else []
    return Spring(Source.REVIEW, person, side, f"meeting:{ref}", ref, meeting.pair, phase, topic, passages)


def _of_review(review: Review) -> Iterator[Passage]:
    heads = {
        "text": _("What I wrote"),
        "how_it_went": _("How it went"),
        "results": _("Results"),
        "progress": _("Progress"),
    }
    for name, head in heads.items():
        parts = [part for line in lines_of(getattr(review, name), set()) for part in line]
        if parts:
            yield Passage(head, [Sentence(f"{name}.{each.key}", each.text) for each in parts])


def _question(programme: Programme, person: Person, ref: str) -> Spring | None:
    asked = Question.objects.filter(
        ref=ref, membership__person=person, event__programme=programme, withdrawn_at=None
    )
    question = asked.select_related("membership").first()
    if question is None:
        return None
    parts = [part for line in lines_of(question.text, set()) for part in line]
    passage = Passage(
        _("The question that was asked"), [Sentence(f"text.{each.key}", each.text) for each in parts]
    )
    return Spring(Source.EVENT, person, question.membership.role, f"question:{ref}", ref, passages=[passage])


def _theme(programme: Programme, person: Person, ref: str) -> Spring | None:
    """What several have said in a survey, in the words of who has read them."""
    themes = Theme.objects.filter(ref=ref, question__survey__programme=programme, withdrawn_at=None)
    theme = themes.select_related("question__survey").first()
    if theme is None or not may(SurveyAction.MANAGE, person, theme.question.survey):
        return None
    said = {code: text for code, text in theme.text.as_dict().items() if text}
    language = person.language if person.language in said else next(iter(said))
    return _of_survey(programme, person, f"theme:{ref}", theme.question, said[language], language)


def _answer(programme: Programme, person: Person, ref: str) -> Spring | None:
    """One open answer of ten and more, of nobody; under ten there is nothing here, for anybody (R10)."""
    key, _dot, name = ref.partition(".")
    asked = Asked.objects.filter(ref=key, survey__programme=programme)
    found = asked.select_related("survey__result").first()
    if found is None or not may(SurveyAction.MANAGE, person, found.survey):
        return None
    if settled_texts(found) < LEAST_WORDS:
        return None
    text = said_by(found, name)
    return _of_survey(programme, person, f"answer:{ref}", found, text, "") if text else None


def _of_survey(
    programme: Programme, person: Person, asked: str, question: Asked, text: str, language: str
) -> Spring:
    own = _words(programme, person, "")
    parts = [Sentence(part.key, part.text) for line in lines_of(text, set()) for part in line]
    passage = Passage(str(question.text), parts)
    role = own.role if own else Role.MANAGER
    return Spring(Source.SURVEY, person, role, asked, question.ref, language=language, passages=[passage])


def _side(pair: Pair, person: Person) -> str:
    return Side.MENTOR if pair.mentor.person_id == person.pk else Side.MENTEE


def _phase(programme: Programme, pair: Pair) -> str:
    facts = set(pair.happenings.values_list("fact", flat=True))
    phase = phase_of(methodology_of(programme), facts)
    return phase.key if phase else ""


def _guide(programme: Programme, meeting: Meeting | None) -> str:
    """The guide that is read before a meeting of this kind."""
    if meeting is None:
        return ""
    return next((each.document for each in methodology_of(programme).kinds if each.key == meeting.kind), "")
