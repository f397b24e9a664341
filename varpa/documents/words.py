"""The headings and labels of the documents, in the language that is active; the templates hold no words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

Words = dict[str, str | dict[str, str]]


def words(template: str, data: Mapping[str, Any]) -> Words:
    """The words of one template; those with a number are made for the numbers that `data` holds."""
    return {**_house(data), **_OF[template](data)}


def _house(data: Mapping[str, Any]) -> Words:
    made_up = settings.DEMONSTRATION
    return {
        # {page} and {pages} stay as they are: the document fills them.
        "page": _("Page {page} of {pages}"),
        "made_up": _("This is a demonstration: people and results are made up.") if made_up else "",
        "emblem": _("Emblem of the programme"),
        "mentor": data["letterhead"]["mentor"],
        "mentee": data["letterhead"]["mentee"],
        "programme": _("Programme"),
        "organisation": _("Lead partner"),
        "period": _("Period"),
    }


def _diary(data: Mapping[str, Any]) -> Words:
    about = _("Observations: %(name)s")
    return {
        "handed_over_on": _("Handed over"),
        "results": _("Results"),
        "notes": _("Notes"),
        "recommendations": _("Recommendations on the progress"),
        "on_mentee": about % {"name": data["mentee"]},
        "on_self": about % {"name": data["mentor"]},
        "on_effectiveness": _("How effective the meeting was"),
        "answers": _("Answers to the questions of the diary"),
        "pages": _("Pages written by hand"),
        "page": _("Page written by hand, photographed"),
        "paper": _("A page is a file of its own, beside this book: %(name)s") % {"name": "{name}"},
        "contents": _("Contents"),
        "none": _("The diary has no entries."),
        "reply": _("Answer to the diary"),
        "left_out": _numbered(_left_out, (entry["left_out"] for entry in data["entries"])),
    }


def _plan(data: Mapping[str, Any]) -> Words:
    versions = data["versions"]
    return {
        "version": _numbered(_version, (version["number"] for version in versions)),
        "own_words": _("In own words"),
        "blank": _("Left blank."),
        "confirmed": _("Confirmed"),
        "not_confirmed": _("not confirmed yet"),
        "draft": _("Draft: it holds once both have confirmed it."),
        "earlier": _("Earlier versions"),
        "paper": _("The plan on paper"),
        "photograph": _("Photograph of the plan on paper"),
    }


def _business(_data: Mapping[str, Any]) -> Words:
    return {
        "written_by": _("Written by"),
        "version": _("Version"),
        "contents": _("Contents"),
        "figures": _("Figures"),
    }


def _report(_data: Mapping[str, Any]) -> Words:
    return {
        "edition": _("Edition"),
        "published": _("Published"),
        "as_of": _("Figures as of"),
        "contents": _("Contents"),
        "absent": _("This part is not written in this language."),
    }


def _results(_data: Mapping[str, Any]) -> Words:
    return {}


def _guidelines(_data: Mapping[str, Any]) -> Words:
    return {"version": _("Version"), "contents": _("Contents")}


def _profile(_data: Mapping[str, Any]) -> Words:
    return {"written_by": _("Written by"), "version": _("Version")}


def _slides(_data: Mapping[str, Any]) -> Words:
    return {}


def _protocol(_data: Mapping[str, Any]) -> Words:
    return {
        "presentations": _("Presentations"),
        "place": _("Place"),
        "name": _("Name and surname"),
        "plan": _("Business plan"),
        "received": _("Received"),
        "eligible": _("Budgets"),
        "share": _("Share"),
        "fair": _("As if all could give"),
        "absent": _("Not here"),
        "jurors": _("Jurors"),
        "digest": _("SHA-256 of the data"),
        "sign": _("Signature and date"),
        "inner": _("For those who run the programme: no ranking is shown to anybody."),
    }


def _certificate(_data: Mapping[str, Any]) -> Words:
    return {
        "day": pgettext("on paper", "When"),
        "hours": _("Hours together"),
        "number": _("Number"),
        "verify": _("Whether it is true can be seen here"),
        "sign": _("Signature and date"),
    }


def _hours(_data: Mapping[str, Any]) -> Words:
    return {
        "date": _("Date"),
        "what": _("What"),
        "means": _("Means"),
        "length": _("Length"),
        "entered": _("Entered"),
        "confirmed": _("Confirmation"),
        "as_of": _("Drawn up"),
        "none": _("No hours are confirmed yet."),
        "waiting": _("Waiting for a yes, not counted"),
        "objected": _("Being settled, not counted"),
        "content": _("What the two talked about and worked on stays with them; it is not in this sheet."),
        "totals": _("Altogether"),
        "signatures": _("Signatures"),
        "sign": _("Signature and date"),
    }


def _permissions(_data: Mapping[str, Any]) -> Words:
    return {
        "school": _("School"),
        "permits": _("What I permit"),
        "each": _("Mark each line on its own, with a cross: I permit it, or I do not."),
        "yes": _("I permit it"),
        "no": _("I do not permit it"),
        "change": _("Each answer may be changed at any time: write to those named below."),
        "ask": _("Whom to ask"),
        "guardian": _("Name and surname of the parent or guardian"),
        "reach": _("E-mail address or phone"),
        "sign": _("Signature and date"),
    }


def _application(data: Mapping[str, Any]) -> Words:
    familiar = data["mentee"]
    consent = _("I have read what is kept and who sees it, and agree to it.")
    how = _("Write in your own words and mark the boxes with a cross. Only the name must be written.")
    if familiar:
        consent = pgettext("mentee", "I have read what is kept and who sees it, and agree to it.")
        how = pgettext(
            "mentee",
            "Write in your own words and mark the boxes with a cross. Only name and date of birth must "
            "be written.",
        )
    return {
        "how": how,
        "notice": _("What is kept, and who sees it"),
        "kept": _(
            "What is written here is entered by whoever runs the programme and seen by them; the other side "
            "sees no address and no phone before both are prepared. The whole notice, and the same form, "
            "stand here:"
        ),
        "consent": consent,
        "sign": _("Signature and date"),
        "ask": _("Whom to ask"),
    }


def _blank(_data: Mapping[str, Any]) -> Words:
    return {
        "sign": _("Signature and date"),
        "returns": _("Photographed or typed in, it counts like what is written on the page."),
    }


def _survey(_data: Mapping[str, Any]) -> Words:
    return {
        "how": _("Mark the boxes with a cross. Any question may be left out."),
        "back": _("Hand the paper back in a closed envelope, without a name."),
    }


def _visit(data: Mapping[str, Any]) -> Words:
    return {
        "when": _("When"),
        "place": _("Place"),
        "host": _("Who receives the guest"),
        "back": _("Back home"),
        "photos": pgettext("on paper", "Photographs"),
        "questions": _("Questions for the company profile")
        if data["profile"]
        else _("Questions for the visit"),
        "none": _("No questions are written yet: there is room for them here."),
        "ideas": _("Questions that the profile does not answer yet"),
        "also": _("What else I saw and heard"),
    }


def _agenda(_data: Mapping[str, Any]) -> Words:
    return {
        "when": _("When"),
        "place": _("Place"),
        "link": _("Link to join by"),
        "languages": _("Languages"),
        "agenda": _("Agenda"),
        "leads": _("Leads"),
        "materials": _("Materials"),
    }


def _training(data: Mapping[str, Any]) -> Words:
    return {**_agenda(data), "published": _("Published"), "topics": _("Topics")}


def _attendance(data: Mapping[str, Any]) -> Words:
    return {
        **_agenda(data),
        "event": _("Event"),
        "number": _("No."),
        "name": _("Name and surname"),
        "role": _("Role"),
        "country": _("Country"),
        "signature": _("Signature"),
        "signed": _("Signed list: photographed or scanned, it is attached to the event."),
        "leader": _("Signature of whoever led the event, and date"),
    }


def _dossier(_data: Mapping[str, Any]) -> Words:
    return {
        "papers": _("What is in it"),
        "folder": _("Folder"),
        "files": _("Files"),
        "shows": _("Shows"),
        "leaves_out": _("Left out"),
        "why": _("Why"),
        "none": _("There is none in this dossier."),
        "checking": _("How to check it"),
    }


_OF = {
    "dossier": _dossier,
    "diary": _diary,
    "plan": _plan,
    "hours": _hours,
    "permissions": _permissions,
    "application": _application,
    "blank": _blank,
    "survey": _survey,
    "business": _business,
    "guidelines": _guidelines,
    "profile": _profile,
    "report": _report,
    "results": _results,
    "slides": _slides,
    "protocol": _protocol,
    "certificate": _certificate,
    "visit": _visit,
    "agenda": _agenda,
    "training": _training,
    "attendance": _attendance,
}


def _numbered(say: Any, numbers: Iterable[int]) -> dict[str, str]:
    return {str(number): say(number) for number in set(numbers)}


def _left_out(count: int) -> str:
    return ngettext("%(count)d passage left out.", "%(count)d passages left out.", count) % {"count": count}


def _version(number: int) -> str:
    return _("Version %(number)d") % {"number": number}
