"""What goes into a document. The rooms that own the facts fill these shapes; documents knows none of them.

Dates, lengths, kinds and states are words already, in the reader's language. `language` (lv, lt, en) says in
which language people wrote a text: a screen reader then speaks it rightly. Empty texts are left out.
"""

from typing import TypedDict


class Letterhead(TypedDict):
    """Who stands behind a document. `emblem` is a PNG, JPEG or WebP, `emblem_text` its words for the ear.

    `mentor` and `mentee`: what the programme calls these roles.
    """

    programme: str
    organisation: str
    funder_text: str
    emblem: bytes | None
    emblem_text: str
    mentor: str
    mentee: str


class PlacedPicture(TypedDict):
    """A picture below a text: JPEG, `wide` millimetres on a page; `about` says in words what it shows."""

    content: bytes
    about: str
    wide: int


class About(TypedDict):
    """One answer; `about` is the name of the one it is about, empty where the question is about neither."""

    about: str
    text: str


class DiaryAnswer(TypedDict):
    """One of the diary's questions, and the mentor's answers to it (methodology §8.2)."""

    question: str
    answers: list[About]


class DiaryEntry(TypedDict):
    """One meeting in the diary. `left_out` counts the passages that the mentor keeps (R6).

    `pages` were written by hand and photographed; `papers` are the names of those that are PDF files and
    cannot stand in a book.
    """

    date: str
    kind: str
    means: str
    length: str
    language: str
    notes: str
    results: str
    recommendations: str
    on_mentee: str
    on_self: str
    on_effectiveness: str
    answers: list[DiaryAnswer]
    pages: list[PlacedPicture]
    papers: list[str]
    left_out: int


class Diary(TypedDict):
    """The mentee's copy of the mentor's diary, as it was handed over; `reply` is the mentee's answer.

    `years` stand on the cover, short; `period` is from which day until which.
    """

    letterhead: Letterhead
    mentor: str
    mentee: str
    years: str
    period: str
    handed_over_on: str
    entries: list[DiaryEntry]
    reply: str
    reply_on: str
    reply_language: str


class PlanAnswer(TypedDict):
    """One question of the first meeting and what both agreed; empty where they left it blank."""

    question: str
    answer: str


class Confirmation(TypedDict):
    """Who confirmed a version, and the day in words; empty while that one has not."""

    name: str
    on: str


class PlanVersion(TypedDict):
    """One version: answers, one page in own words, a photograph of a paper, or several of these (R4)."""

    number: int
    language: str
    answers: list[PlanAnswer]
    own_words: str
    paper: bytes | None
    confirmations: list[Confirmation]


class Plan(TypedDict):
    """The cooperation plan with all its versions, the newest first (methodology §8.1)."""

    letterhead: Letterhead
    mentor: str
    mentee: str
    versions: list[PlanVersion]


class HoursLine(TypedDict):
    """One line of the ledger: `entered` by whom and when, `confirmed` by whom, when and how, or not yet."""

    date: str
    what: str
    means: str
    length: str
    entered: str
    confirmed: str


class Total(TypedDict):
    """A sum under the sheet: confirmed, waiting, target."""

    label: str
    length: str


class Hours(TypedDict):
    """The hours sheet of a pair on the day `as_of` (R2). `signatures` leaves room to sign on paper.

    `lines` are confirmed and counted; `waiting` for a yes and `objected` are not.
    """

    letterhead: Letterhead
    mentor: str
    mentee: str
    period: str
    as_of: str
    lines: list[HoursLine]
    waiting: list[HoursLine]
    objected: list[HoursLine]
    totals: list[Total]
    signatures: bool


class Fact(TypedDict):
    """A label, and what somebody wrote beneath it."""

    label: str
    text: str


class Ideas(TypedDict):
    """What a part of an outline asks."""

    head: str
    questions: list[str]


class Visit(TypedDict):
    """What one takes along on a visit to the company; `language` is that of who wrote the facts.

    `questions` are the mentee's, each with room to write; for the profile of the company, where there is one
    (`profile`). `ideas`: what its outline asks of parts in which nothing is written yet.
    """

    letterhead: Letterhead
    mentor: str
    mentee: str
    when: str
    place: str
    host: str
    back: str
    photos: str
    language: str
    facts: list[Fact]
    questions: list[str]
    ideas: list[Ideas]
    profile: bool
    asks_in: str


class NoticePart(TypedDict):
    """One heading of a notice with its paragraphs."""

    head: str
    paragraphs: list[str]


class Box(TypedDict):
    """Something to permit or not; `without` says what does not happen without it."""

    what: str
    without: str


class Permissions(TypedDict):
    """The form on which a guardian permits things on paper; `ask` are lines with whom to ask.

    `also` is the notice once more, in the language `also_in`; empty where nobody asked for it.
    """

    letterhead: Letterhead
    mentee: str
    place: str
    period: str
    notice: list[NoticePart]
    also: list[NoticePart]
    also_in: str
    boxes: list[Box]
    ask: list[str]


class AskedQuestion(TypedDict):
    """One question on paper: boxes with these words, or so many lines; or a grid of `days` by `parts`."""

    label: str
    ticks: list[str]
    rows: int
    days: list[str]
    parts: list[str]


class AskedGroup(TypedDict):
    """The questions under one heading."""

    head: str
    questions: list[AskedQuestion]


class Application(TypedDict):
    """The form on which somebody applies; at `address` stands the same, with the notice. `ask`: whom to ask.

    `mentee`: those are addressed familiarly.
    """

    letterhead: Letterhead
    period: str
    groups: list[AskedGroup]
    mentee: bool
    address: str
    ask: list[str]


class Blank(TypedDict):
    """A form of a pair's to fill in by hand. `seen`: who reads it; `signed`: lines for both to sign."""

    letterhead: Letterhead
    mentor: str
    mentee: str
    seen: str
    groups: list[AskedGroup]
    signed: bool


class SurveyPaper(TypedDict):
    """A survey to fill in by hand; `promise` says how it is kept."""

    letterhead: Letterhead
    text: str
    promise: str
    groups: list[AskedGroup]


class AmountRow(TypedDict):
    """A row of a table of amounts: what, then one cell a column; `sum` rows are set heavier."""

    cells: list[str]
    sum: bool


class AmountTable(TypedDict):
    """A table of amounts under a heading."""

    name: str
    head: list[str]
    rows: list[AmountRow]


class EventFacts(TypedDict):
    """What a paper says of an event; `when` is by the clock where it is."""

    title: str
    when: str
    place: str
    link: str
    languages: str


class AgendaLine(TypedDict):
    """One part of an agenda; `begins` may be empty."""

    begins: str
    topic: str
    leads: str
    materials: list[str]


class Agenda(TypedDict):
    """The agenda of an event."""

    letterhead: Letterhead
    event: EventFacts
    text: str
    agenda: list[AgendaLine]


class Training(TypedDict):
    """A training of the training programme: when, where and what about."""

    name: str
    when: str
    place: str
    text: str
    topics: list[AgendaLine]


class Trainings(TypedDict):
    """The training programme (methodology §10); `published`: since which day, "" of a draft."""

    letterhead: Letterhead
    published: str
    text: str
    trainings: list[Training]


class AttendanceLine(TypedDict):
    """One person on the attendance list; `present` says how it is known, and may be empty."""

    name: str
    role: str
    country: str
    present: str


class Attendance(TypedDict):
    """The list that people sign at an event; `empty` lines are for whoever is not on it."""

    letterhead: Letterhead
    event: EventFacts
    agenda: list[AgendaLine]
    lines: list[AttendanceLine]
    empty: int


class ProtocolLine(TypedDict):
    """One presentation in a protocol; `fair`: as if every juror could have given, or ""."""

    place: str
    name: str
    plan: str
    received: str
    eligible: str
    share: str
    fair: str


class Protocol(TypedDict):
    """The protocol of a defence, to sign; `rules`: pairs of label and value; `stated`: how shares compare.

    `digest` is the SHA-256 of the day's data in canonical JSON."""

    letterhead: Letterhead
    rules: list[tuple[str, str]]
    lines: list[ProtocolLine]
    invests: bool
    stated: str
    absent: list[str]
    jurors: list[str]
    digest: str


class Certificate(TypedDict):
    """What somebody has done, in words; `address` is the page that verifies it.

    `plan` is the business plan that was defended, `hours` the time together of a pair; "" where none is.
    """

    letterhead: Letterhead
    name: str
    said: str
    plan: str
    day: str
    hours: str
    number: str
    address: str
    signer: str
