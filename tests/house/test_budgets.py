"""Smallness. Raising a budget is a line in one of these tables, with its reason."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house import walk

PYTHON_FILE = 400
FUNCTION = 50
TEMPLATE = 120
SCRIPT = 120
STYLESHEET = 200
ROOM = 2500
DEPENDENCIES = 30

RAISED: dict[str, int] = {
    # What is kept is told apart by what an address asks for; words written offline are a part. One thing
    # under one key, wherever it was begun; what waits to be sent, and what was pressed in vain.
    "varpa/ui/static/ui/js/keep.js": 195,
    # A membership names its partner, and a partner its programme: the three stand in one file. What a mentee
    # may tell to be counted stands beside the rest of what is told. Days without school, which no library
    # knows. How many mentors a mentee may have, held by the database. A partner that is taken off. Notices
    # that were read. The periods of which a funder is told. Which versions of a methodology are an
    # organisation's own.
    "varpa/programmes/models.py": 545,
    # The pair with its places, answers and pauses, its plan and its goals, each with forms that merge the
    # words of two; what the plan then does (R4), each act with its field, its check and its sentence; the
    # course of a goal with its picture; when one of the two may see the other's number; a proposal answered
    # by mail. Who wants no words of the other for now, and since when. The pair in which a mentee works,
    # asked by a compiled question. Goals into which no words of a mentor go that are not wanted, and where
    # what had waited is read; views on the plan that wait, as those words do. What was agreed on
    # confidentiality and boundaries, at hand; what shows how far a goal is. A plan that both signed on paper;
    # the length of a meeting, agreed with the rhythm. Which rooms know of work that the ledger may count.
    # Promises that the pair shares. Ratings that both share with the manager (product §2). A mentee's further
    # mentors: how many, who may have one, and work with those whose pair goes; its page. Which rooms know of
    # files of a thing. What the mentors of a mentee are told when a further one begins; reminders that end
    # while a pair rests. 45 more: whose words wait where others hear them too. Who manages, and is in a pair
    # with whoever wrote to the house, does not read it. Each of the two consents that what the plan says goes
    # to the funder. Mentors without a free place too. 60 more: what reaches somebody is left out of a
    # proposal. A mentor adds nothing to the draft of the plan while the mentee wants no words. 30 more: what
    # is agreed in own words or on paper, at hand. 20 more: whoever is withdrawn while writing is told so; the
    # schedule in a file of its own. 10 more: letters that have their reason only as long as the pair goes on,
    # and what passes while it rests. 40 more: by when a goal or a promise can be due, told at its field. 35
    # more: a proposal is called off where one has left, or the two are to be apart. And clocks that stand
    # still in a pause; a proposal of two who are kept apart ends. The pauses that stop the clocks of other
    # rooms; who was ever in a pair, for whose address that matters. 270 more: what waits is held while a pair
    # rests; who lacks what, and going on by itself. 60 more: closing words of a pair that ends early; talk
    # about a question; what is written afterwards. 45 more: closing words of a pair that ends early; a
    # conversation about one question of the plan. 15 more: no room of what never began, and more of what
    # reaches somebody is left out of it.
    "pairs": 5430,
    # Meetings with their timer, hours with their sheet, promises; six kinds of letters; a sentence a refusal;
    # pictures with who can be recognised in them. Answers by mail to each of its letters, with the words of
    # yes and no in four languages. The agenda that both order line by line, and notes for oneself; the firm's
    # word on pictures of a visit. What of the other's words waits for whoever wants none, which places both
    # know then, and what had waited. The hours sheet as a table to reckon with. The days with e-mentoring
    # work that are offered. Pages of notes for oneself, written by hand; the files of a meeting. The day of a
    # promise in its maker's calendar. When the two have something else, for whoever plans. Which minutes of a
    # mail are clearly the length, and what its writer is told of it. 110 more: a visit stops with its
    # permission. What speaks against a time, with the day that a plan begins with: it came down from the room
    # of times. 155 more: answers of calendars in the order in which they were given, and to older
    # invitations; a proposal with its length and place, filled in where it is accepted; the words beside an
    # answer. 55 more: lessons and practice speak against a time, and a plan begins after them. 40 more: after
    # the end only a consent is taken back from pictures, and promises stay. What one asks at a visit where
    # there is no profile. 55 more: what a page of a meeting asks is asked in fewer questions. 20 more: a
    # review that stands is not written anew after the end. 120 more: a calendar program's proposal is
    # declined, by its own letter with its own calendar part. 165 more: a yes after a no has its letter, and
    # what was said of an hour that is no more waits no longer; times are tried when lessons end, in each part
    # of the day; a proposal that cannot be taken is refused. And answers to the word that a meeting stays.
    # How long a meeting can have been, asked of each length, with what is told where two would overlap. And
    # one rule of how long a meeting can have been, with what it says. A pair that rests has no meetings in
    # calendars; no invitation to what is over; answers that are no yes. A pair that rests has no meetings in
    # calendars; no invitation to what is over. 85 more: meetings leave calendars by mail in a pause, and come
    # back; promises before holidays. 100 more: in which country a visit is, no reminder while times wait,
    # what is written down after the end.
    "meetings": 7550,
    # The day with its order, jurors, stage, words and money; papers; the phone of a juror and of a guest; the
    # hall's favourite, the rehearsal, signed badges, shares where jurors differ: each with doors, pages and a
    # sentence a refusal. A day that is moved, told to each with the part for the calendar. What the hall's
    # screen asks every few seconds is compiled. The day to which somebody's home leads. A juror stands back
    # beforehand too, and comes back. The submitted slides on the hall's screen. What a juror declared
    # outlives the place that an order gave the plan. The protocol as a workbook. What was closed once never
    # counts as not begun: a moment kept, its constraint, two refusals. Nobody funds the own plan, nor a
    # guardian that of the child, also by a link to the address. Sealed votes that no order of closing,
    # opening again and taking off loses. 10 more: a day that is moved is told before its former hour. 60
    # more: words that wait (R1). 335 more: a day that is called off, with who has heard of it; whoever comes
    # late or loses the place.
    "defence": 4275,
    # All that a folder may say, with a check of each: outlines of the mentee's work, who was at a training,
    # the forms of surveys with their kinds of questions, what shows each promised result, the outline of the
    # evaluation report. The other way round as well: a folder written, changed in place with its comments,
    # and how two versions of one differ. Headings of guides as Markdown has them; the kind of meeting that
    # acts so; hours and minutes in words. 10 more: a folder that cannot be read is told in a sentence. 20
    # more: its summary counts as one speaks, lengths in hours and minutes.
    "methodology": 3590,
    # A programme, its own changes to the methodology, memberships, the library and the steps of preparation;
    # ages by country and a programme's own, what is to be permitted, coming of age, screening; how a member
    # takes part; lessons; applying again; an emblem that outlives a form with mistakes; a training marked by
    # mistake; the handbook in the library; for how long a report is open for comments. Partner organisations:
    # named, put in order, taken off, who belongs to which; their page. Permissions and standing by compiled
    # questions, people of partners remembered. What a mentor is still learning, where one prepares. Texts
    # that name hours which the programme has changed. Who is given or loses a role that sees many people
    # signs in anew. How many mentors a mentee may have. A partner that is taken off is kept. Whom a person
    # leads, and whom the person manages. Reporting periods, with their page. Versions that an organisation
    # has written itself, to begin from. The lessons of a later training, on their own. 10 more: a room above
    # is told of each permission. Preparing where the methodology has no training, or nothing to read. Lessons
    # of later trainings beside preparation by what a methodology has; who follows a withdrawn visit. 10 more:
    # what is told to whoever has left. 35 more: the handbook by what the methodology has; what a member's
    # place is called. What a programme calls its roles. A known country is not blanked. And whether a
    # guardian permits taking part. 10 more: rooms above are told when a member leaves. Who leaves ends
    # proposals; meetings called as the methodology calls them. Whom to write to outside of a programme. A
    # letter of coming of age that knows whether anybody had permitted. Which notice was read before.
    "programmes": 5520,
    # A third of it reads lists of people: any file, encoding, order of names and columns, and what a web form
    # called them; the list with its columns, views and files; decisions, talks and notes; the partner of many
    # at once; cells of a workbook that reach over lines, lists on its other sheets. A screening result for
    # many who have none yet. A letter in own words to many; one country of the list; what a web form asks as
    # our own application does: wishes, a computer, the programme's own questions. A guardian's address,
    # abilities and gender from a web form. How often one is written to in a day. Nothing is decided on what
    # was changed since the page was opened. A slip in a name, a number or a date of birth, put right. A list
    # asks of worries only those that its reader may read. What preparing is called where there is no
    # training. Polish and northern names in a list; how it was saved may be said; what is hidden in a
    # workbook. A long list part after part; what a column holds, remembered by its heading; the order of
    # slashed days. Roles as the methodology calls them, in a list and in the form that takes it. 15 more: a
    # decision names how the application stood on the page. 75 more: the country of whoever a list says none
    # of, told by line or chosen for all. 200 more: who is known by more than a name; what a manager says of a
    # column stands above its heading, a count of answers, questions without a mark, grids of a week; a talk
    # is seen by pages opened before.
    "applications": 5470,
    # The front door, applying step by step, by link and from paper, with what lacks a mentor, and what an
    # application leaves unsaid that matching looks at. How somebody takes part, said anew after that. Every
    # public programme of the house and of an organisation, and its address to pass on. An application that
    # was sent is corrected by its sender, and whoever decides sees it. Links that follow whoever sent them to
    # another address. What such a correction leaves alone: a minor's birthday, what others know, what a
    # manager put right; a guardian who is named only then. 20 more: the guardian of whoever is let in late.
    # 60: asked and called for by what the methodology has. 30 more: what lacks a mentor, in places and by
    # country. 10: what lacks is said before it is sent. 10 more: who goes back or puts the rest off need not
    # have said what must be. 25 more: what lacks a mentor leaves out mentees with a mentor and places that
    # pairs hold. 40: ticks. 10 more: history says that whoever applies without an account does it on a page.
    # 10: country of a minor. 10 more: late is what was sent or signed late, and paper bears a day of this
    # year or the last. 80 more: an application by an address of the family is nobody else's.
    "calls": 3415,
    # Two doors without an account, a guardian's and a school's: each with links, letters, answers and pages;
    # papers with day and scan, worries; the notice in a programme's own words and languages. At how many
    # events each pupil of a school was. What a worry is about, and who reads it. One school, however its
    # pupils write it. 20 more: how the two meet, by the means there are; nothing of visits and profiles where
    # none are. 20 more: a page left open says again only what is changed on it. 70 more: the notice in the
    # words of a country, read, printed and chosen by the manager. 10 more: history says of a guardian and of
    # a school that it was done on a page. Words of a country in a notice, a school's newest word; a page left
    # open says only what is changed. 10 more: a worry about somebody is read by nobody whom it is about.
    # Nobody who ever managed reads what is about the manager; a way outside where nobody else could. 185
    # more: who the mentor is, told at the beginning; a guardian who is taken off; which notice was read.
    "guardians": 3535,
    # The engine, which knows no database, is half of it: parts, wishes, rules, a solver for small cohorts and
    # one for large ones with proof. Runs with all that went in and came out; the board with what each move
    # costs, decisions, wishes in confidence, proposals by the worker, two chosen by hand, and answers. What
    # its pages ask of a thousand people at once, each with the few columns that are told (decision 0024). A
    # capacity as a spreadsheet writes it. Groups of the report of fairness from which nobody is subtracted.
    # Large cohorts proved in half the time: tables kept for all passes, pairs that nearly gain. A reason that
    # is too long is shown again. What any other mentor would cost, found when it is asked; mentors without a
    # place, of whom is told what a place more would help. 210 more: by gender nobody is told by several
    # reports together either (decision 0044), with its table and three migrations; what an undo brings back
    # passes the rules of a new decision. 540 more: whom a wish in confidence binds, names as people write
    # them, what waits to be understood; proposals that end when two are kept apart; why a run found what it
    # found, told later; a report in which no kind less another is a handful; what fairness costs; what would
    # help by places that are free; mentors without a mentee. 10 more: any mentor of a run, by name. 130 more:
    # whose a place more would be, found by one path; runs of one minute told apart.
    "matching": 6040,
    # Parts, remarks that follow their words, versions, figures with their five tables, and what leaves on
    # paper: each with its page, its sentences of refusal and its letters. Pictures with who is shown in them,
    # and the plan as DOCX. Remarks on a cell of any of its tables, which follow the row. Remarks that wait.
    # Figures that move into a year of another currency. The parts in which remarks had waited. What was typed
    # and the drawings on paper; a kept version as each of its papers. On which days somebody commented, for
    # the ledger of hours. Several mentors who read it, each told of what is the own. Another picture that the
    # same form sends. Words that are known by what stands around them, rows that are paired with those typed
    # anew, amounts that can be read in two ways, every figure in which two versions differ. 55 more: the
    # taxes with which a version was made stay with it, are shown and compared. 120 fewer: amounts are read in
    # the room of money. Words that deny in three languages, and what a table with too many rows is told. 80
    # more: a remark passes over sentences that stood elsewhere, and knows where its words were marked.
    "businessplans": 4370,
    # An event with agenda and materials, invitations with places and a waiting list, who was there by three
    # ways, unclear questions, a minute of feedback: five things, each with doors, pages and a sentence a
    # refusal; six kinds of letters, two papers, a file. Answers by mail in words; dates for a calendar. A
    # talk about what is difficult, open or in confidence, with its doors, pages and letter. One's own
    # invitation, answers and presence, and what the schedule asks, by compiled questions. Its place or link
    # stays while people are invited. The training programme, also on paper. A change is told with how one's
    # own answer stands; who said yes before it. A short time to tap the code. Lessons for whoever missed any
    # training; how one's own answer stands then. 70: whose words wait (R1). 90 more: what is called off
    # prepares nobody, the only scan, whom a smaller circle leaves out, parts that two change at once, dates
    # of places and reminders. 150 more: parts with a day; late words.
    "events": 4760,
    # The outbox with its hours, habits and gathered letters; mail that comes by three roads, read, cut of
    # what it quotes and matched to its letter; calendars out and in; what was withdrawn unsent is told anew.
    # Letters that are wanted again. A day, or hours, for a calendar, that nobody is to answer. What waits of
    # a kind, for whoever ends it. Whether letters go out at all. What is a quotation and what only looks like
    # one; forged mail; two mails under one name. What is due no more, by an answer that was changed. The
    # length, the place and the hour of writing that a calendar's answer names. 30 more: no kept letter holds
    # the link of who has answered. A proposal that is declined, for calendar programs. 180 more: what is
    # written into a quotation, also in the boxes of a page, by taking the letter out of it; calendars that
    # are broken, or would be reckoned through for centuries. 10 more: which letters should have gone is asked
    # in words that are written once. 115 more: a mail that a mailbox does not give stays unread; what is told
    # before an hour, whoever rests; bounces of servers that write no report; whole days that a calendar
    # proposes. An invitation that is confirmed. 60 more: letters that are held back, and released.
    "post": 3315,
    # Recommendations with the word of everybody whose words they are, guidelines with their draft, versions
    # and papers, changes that two may word at once, the methodology that comes of them, and archives of
    # strangers: each with doors, pages and a sentence a refusal; passages of diaries for the report, and the
    # versions of methodologies, of which no two are alike; what a survey has told, of nobody. Questions that
    # are compiled once. Whose name may be told: of a minor never, on the day of each version. The next year,
    # from what was set or learnt. 240 more: that a methodology comes of it; today's figures.
    "guidelines": 3400,
    # Forms edited on a copy, waves with reminders, answers by a link that dies, figures that give nobody
    # away, changes, themes, papers, also of the results, an export with its codebook: each with pages and a
    # sentence a refusal. What may be shown, looked at twice and in later waves, and what may leave are half
    # of it. Which parts of the plan train a competence; what another tab has kept. Live figures by group in
    # batches, with an attack on every page ever shown; answers, scales and branching edited on the copy, with
    # a sentence a refusal; feedback on each training. Another way of answering, with what it would drop.
    # Counts that are remembered until somebody answers. A new survey from one that stands. Means that are
    # rounded. Names that SPSS and Stata take; the rate beside every figure. Among thousands who were asked,
    # the one whose paper is at hand. The last day of answering, for the calendar. Rows that leave with no
    # lone blank, one form for all who are anonymous, rates of whom a figure counts. 60 more: open answers
    # that no look and no address ties to who wrote them, and who sums them up. 330 more: what each question
    # meant when answered, and in another survey; minutes of whoever was there.
    "surveys": 5300,
    # The first page of each role gathers from every room. The profile and the presentation in what is next,
    # what was said at the defence, the interests that still lack a mentor. Results that are taken home
    # without a defence. What a manager knows of a pair without its content: when it met, how far the promised
    # results are. What is a mentee's stands once, however many mentors; who waits, once a place is free.
    # Ratings that the pair shares. What went wrong is counted by what its reader may read. What an
    # organisation has published, of all its programmes. 30 more: a visit whose permission is missing is the
    # next thing. 15 more: a guardian's form to print in the words of a country. 5 more: what was told and is
    # not read is asked in words that are written once. 80 more: what is left to do of a pair that has ended.
    # 10 more: the pairs of which something may be written without a connection. 40 more: whoever comes of age
    # is asked on the own first page. 40: who lacks what, on the list. 40 more: whoever comes of age is asked
    # on the own first page. 20 more: closing words of such a pair.
    "home": 3140,
    # What goes wrong with its clocks and letters, opening with a reason, who needs a call and why, support of
    # mentors: four things that know each other, each with doors, pages and a sentence a refusal; what is new
    # in the circle, gathered into a letter. Words beside a meeting, once a pair is opened, and those with
    # times and hours. Each reason for a call said alone, for lists of fifty pairs. A message that is
    # reported. Of several pairs the one in which staff are: they do not handle it. Answers by mail to a case,
    # for those who handle it. Of several pairs the doors of each at once. Words to whoever told it apart from
    # those for both. Whom a complaint is about, and who reads it then; clocks that begin anew; what was taken
    # back. A worry told as one, pauses in the clocks of the staff; what breaks a silence; opening after the
    # end.
    "support": 3680,
    # Promised results with evidence; a draft in three languages with figures tied to their source; its pages
    # to write, decide, comment and answer; editions as page, PDF and DOCX, with charts and tables; gaps and
    # marks that are written wrong; whether people had time to be heard; for each activity what counts, from
    # where, as of when, who is missing; words taken back, in draft and edition. What is counted once between
    # two changes; tables and figures by the hundred, drawn without a template. A chart that is longer than a
    # page, drawn in parts. What was chosen in surveys, beside their means. The last day for a word, for the
    # calendar. A change that is alike for all has no interval. A yes stands for the text that was read; a
    # competence that nobody may see is counted as promised. Days, hours, countries and names are tied to
    # their source too. 210 more: what has come since the draft is told and taken in below what it belongs to.
    "reports": 4270,
    # What is held of a person in every room: shown, handed over, erased. The audit log, with its words. 40
    # more: words leave what is published and written, unless another has said them too; a pupil's first name
    # where the dossier would no longer know it.
    "privacy": 2940,
    # Fifteen kinds of documents, each with its columns, what it leaves out and why; an archive that proves
    # itself byte by byte, with a sentence for every way in which one can be wrong; an observer's door. Of
    # surveys, report and guidelines only what may be shown, with its pupils called as the dossier does, in
    # whatever case of Latvian and Lithuanian their names stand. Of one partner, and who belongs to none.
    # Which of its names stand on paper and in no table. What was told of the programme, to whom and when; a
    # download that goes on where it broke. Presentations in the version that was submitted. A dossier of a
    # named period. What was agreed in a cooperation plan, where both of the two consent. What a methodology
    # does not have. A partner’s number from which another’s few would follow is kept back. Roles as the
    # methodology calls them. Sums in the language of whoever reads the page. 20 more: the taxes that the
    # programme has set; a digest that covers those of a plan. 35 more: a build holds the folder that it
    # writes into, and takes away what killed ones have left. 165 more: the index is held against the archive;
    # everybody of the programme in every text in it, in capitals, double, without ending or marks. Notices
    # that were read. 25 more: a pass in a language.
    "dossier": 3715,
    # Half of it is the replay: a whole programme lived through, matched by runs among people who say how they
    # take part, its joint meetings, plans, profiles, presentations and defence, surveys and report; what is
    # learnt, and how the next one starts from it; the table of the demonstration, and a programme that
    # recruits, with what its manager does meanwhile. It names what every room wants done by the hour, and the
    # roads by which mail comes in. Pairs of the replay write to each other and are away; tables made at once.
    # What happens once beside the way of a pair, so that each page of the demonstration shows something. A
    # backup while the site writes, on both databases, and its restore: proved, exchanged, undone, with a
    # sentence for each way in which it cannot be, and a mark where it was broken off. What is wrong with an
    # installation, found when it is backed up; what a killed process left, swept up; each part of a site that
    # holds its folder; a trial copy that nothing leaves; who was erased and is back without a restore. The
    # engine that writes a question for SQLite once. A log of writes that keeps nothing destroyed. People of
    # the replay say their gender, or leave it empty. The training programme is published in its time. The way
    # back in for whoever has lost the phone and is the only one to run programmes. An address of PostgreSQL
    # read whole; words given back where a page is closed meanwhile. Signing out on all other devices, which
    # then tell nobody either. Accounts of schools that sign in: what is wrong with their file, and which of
    # them does not answer. What is set, in a file that is checked; whether a real installation does its work;
    # a unit for systemd. In a replay most of those who missed a later training go through its lessons. The
    # receiving mail server's own name. Names are shown and an encoding may be named where a list is taken in
    # by command. 10 more: wires who follows a permission. The replay makes a survey of fewer than five
    # confidential. Where words of the end and of looks at the cooperation wait. The demonstration's pupils
    # have a timetable. The country of a list may be said by an option. 5 more: wires who knows how many plans
    # follow the taxes. 40 more: commands refuse a data folder, an organisation and an address that cannot be,
    # in a sentence. 10 more: what is no port is told. And guardians are wired to pairs that begin. 20 more:
    # no backup has answers that are not sent; a folder is named from which the next one is exported. 15 more:
    # nobody is asked about whoever has left, and wishes keep to whom they bind. Duties and wires of what ends
    # with a wish, a pause and a leaving. 55 more: pairs of the replay that drift apart before they end, and
    # say so both.
    "site": 9550,
}


def _over(paths: list[Path], budget: int) -> list[str]:
    sizes = {walk.name(path): walk.lines(path) for path in paths}
    return [f"{name}: {size} lines" for name, size in sizes.items() if size > RAISED.get(name, budget)]


def test_python_files() -> None:
    assert _over(walk.python(), PYTHON_FILE) == []


def test_templates() -> None:
    assert _over(walk.templates(), TEMPLATE) == []


def test_scripts() -> None:
    assert _over(walk.scripts(), SCRIPT) == []


def test_stylesheets() -> None:
    assert _over(walk.styles(), STYLESHEET) == []


def test_functions() -> None:
    assert [told for path in walk.python() for told in _long_functions(path)] == []


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > FUNCTION:
                yield f"{walk.name(path)}: {node.name} has {size} lines"


def test_rooms() -> None:
    sizes = {room.name: sum(walk.lines(path) for path in walk.of_room(room)) for room in walk.rooms()}
    assert {name: size for name, size in sizes.items() if size > RAISED.get(name, ROOM)} == {}


def test_dependencies() -> None:
    project = tomllib.loads((walk.ROOT / "pyproject.toml").read_text())["project"]
    assert len(project["dependencies"]) <= DEPENDENCIES
