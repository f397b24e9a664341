"""What the check says, in the reader's language and without the words of a folder.

The loader speaks English to whoever writes files, and names keys. Each pattern is one of its sentences; what
stands in {braces} is carried over. A sentence that is not here is told as the loader says it.
"""

import re
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varpa.drafts.labels import TEXTS
from varpa.methodology import Problem
from varpa.people.models import Language

SENTENCES: Final[dict[str, str | Promise]] = {
    "“{text}” is empty in *({code})": _("{text} ({language}): nothing is written yet."),
    "“version” is empty": _("Write the number of the version."),
    "“{text}.{code}” must stand on one line": _("{text} ({language}): it must stand on one line."),
    "“{text}.{code}” has at most {most} letters, not {given}": _(
        "{text} ({language}): at most {most} characters, now there are {given}."
    ),
    "“{text}.{code}” contains a control character": _(
        "{text} ({language}): there is a character in it that nobody can see. Write the place anew."
    ),
    "this guide is empty": _("The guide ({language}): nothing is written yet."),
    "a guide must begin with a heading*": _("The title of the guide ({language}): nothing is written yet."),
    "this guide has a heading and nothing below it": _("The guide ({language}): nothing is written yet."),
    "the title of a guide has at most {most} letters, not {given}": _(
        "The title of the guide ({language}): at most {most} characters, now there are {given}."
    ),
    "headings below the title: {given}, but {most} in *({code})": _(
        "The guide ({language}) has {given} headings, but {most} in another language: there must be as many."
    ),
    "“hours_minutes” must be more*": _("Write a number of hours between 1 and 1000."),
    "“months” must be between 1 and {most}": _("A programme takes between 1 and {most} months."),
    "at least one [[means]]*": _("At least one means of communication is needed."),
    "a methodology has 2 to 7 phases*": _("A methodology has between two and seven phases."),
    "the first phase begins with*": _("The first phase begins when the two work together."),
    "phase “*” begins with “*”, as “*” does already": _("Another phase begins with the same already."),
    "the name of a phase has at most {most} letters*": _(
        "The name of a phase has at most {most} characters."
    ),
    "“*” can never happen: no [[kinds]]*": _("This can never happen: no kind of meeting is meant for it."),
    "the role “*” is missing": _("One of the four roles is missing."),
    "no [[kinds]] of meeting has acts*": _("There must be a first meeting and a regular meeting."),
    "there is no document*": _("The guide that it names is not there any more."),
    "“roles” is empty: nobody would read*": _("Nobody would read it: choose for whom it is."),
    "at least one of [[questions]] is needed": _("At least one question is needed."),
    "“*” acts already in the*": _("The program does the same with another one already."),
    "“acts” belongs to*": _("Only a question of the cooperation plan can do this."),
    "“facts” belongs to*": _("Only a question of the diary can show this."),
    "“*” is required twice": _("Completion looks for the same twice."),
    "“*” is there twice": _("The same is there twice."),
    "at least one period*": _("At least one period is needed."),
    "period “*” ends before it starts": _("The period ends before it begins."),
    "period “*” ends after the programme's {most} months": _(
        "The period ends after the {most} months that a programme takes."
    ),
    "period “*” starts before the one above it*": _("The period begins before the one above it: move it up."),
    "“*” cannot count *, only *": _("What shows that it is done cannot be counted so: choose another way."),
    "activity “*” is due outside its period*": _("The activity is due outside its period."),
    "“document” goes with evidence*": _("A guide goes only with an activity that is done once it was read."),
    "activity “*” has evidence = “read” but no*": _("Choose the guide that is to be read."),
    "the document “*” is not for the role*": _("The guide is not for this role: see for whom it is."),
    "activity “*” has evidence = “attended”*": _("There is no training in this period."),
    "there is no period*": _("The period that it names is not there any more."),
    "the text of a lesson has at most {most} letters*, not {given}": _(
        "The text of a lesson has at most {most} characters, now there are {given}."
    ),
    "a lesson has {least} to {most} questions*": _("A lesson has {least} to {most} questions."),
    "a question has {least} to {most} choices*": _("A question of a lesson has {least} to {most} answers."),
    "there is no training*": _("The training that it names is not there any more."),
    "“topics” is empty*": _("Choose at least one topic of the training that the lesson covers."),
    "the training “*” has no topic*": _("A topic that the lesson covers is not in the training any more."),
    "a part has at most {most} questions*": _("A part has at most {most} questions."),
    "there is no competence*": _("A competence that it names is not there any more."),
    "“survey” does not go with evidence*": _("A survey goes only with an activity that is about a survey."),
    "activity “*” has evidence = “*” but no “survey”": _("Choose the survey."),
    "there is no form*": _("The survey that it names is not there any more."),
    "there is no other form*": _("The survey with which it is compared is not there any more."),
    "the form “*” is not for the role*": _("The survey is not for this role: see for whom it is."),
    "“roles” is empty: nobody would answer*": _("Nobody would answer: choose for whom it is."),
    "a form takes between 1 and {most} minutes": _("A survey takes between 1 and {most} minutes."),
    "a form has 1 to {most} questions*": _("A survey has between 1 and {most} questions."),
    "“*” compares before and after*": _("A survey that is compared with another one is never anonymous."),
    "the form is not for “*”": _("The survey is not for everybody who is to be asked this."),
    "“*” needs 2 to {most} options": _("The question needs 2 to {most} answers to choose from."),
    "“options” do not go with*": _("Answers to choose from do not go with this way of answering."),
    "“rows” do not go with*": _("Rows do not go with this way of answering."),
    "“*” needs rows*": _("The question needs rows: either its own, or the names of a list."),
    "a scale has 2 to {most} steps": _("A scale has 2 to {most} steps."),
    "“*” says what its scale means*": _("Write what the lowest and the highest step mean."),
    "there is no earlier question*": _("The question on which this one hangs does not stand before it."),
    "“*” has no option*": _("The answer on which this question hangs is not there any more."),
}


def told(problem: Problem) -> str:
    """A problem as a reader is told of it."""
    for pattern, sentence in SENTENCES.items():
        found = _compiled(pattern).fullmatch(problem.words)
        if found:
            return str(sentence).format(**_words(problem, found.groupdict()))
    return problem.words


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    written = re.escape(pattern).replace(r"\*", ".*")
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[\\w-]+)", written), re.DOTALL)


def _words(problem: Problem, found: dict[str, str]) -> dict[str, str]:
    """What a sentence carries over: a text by its name, a language as it calls itself."""
    code = problem.file.partition("/")[0] if problem.file.endswith(".md") else found.get("code", "")
    more = {"language": Language(code).label} if code in Language.values else {"language": code}
    if "text" in found:
        more["text"] = str(TEXTS.get(found["text"], found["text"]))
    return {**found, **more}
