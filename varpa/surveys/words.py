"""What figures and groups are called, in the reader's language."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from varpa.events.words import country_name
from varpa.kernel.text import LANGUAGES, TranslatedText
from varpa.money.words import percent
from varpa.programmes.models import Programme
from varpa.programmes.roles import role_name
from varpa.surveys.models import Question, Survey


def role_names(programme: Programme, role: str) -> str:
    """A role as a group: mentors, mentees; where the methodology calls it otherwise, as it does."""
    own = {"mentor": _("Mentors"), "mentee": _("Mentees")}
    return role_name(programme, role, own.get(role, ""))


def group_name(programme: Programme, role: str, country: str) -> str:
    """What a group is called; nothing said is the whole."""
    if role:
        return role_names(programme, role)
    return country_name(country) if country else pgettext("group", "All")


def choices(question: Question) -> list[str]:
    """What a question gives to choose from, or the rows of its matrix."""
    return [str(TranslatedText.from_dict(each["text"])) for each in (*question.options, *question.rows)]


def number(value: float | None, digits: int = 1) -> str:
    """A mean as the language writes it, rounded, with a minus sign for a hyphen; nought has none."""
    if value is None:
        return "–"
    # Django cuts digits off; what it is given has to be round already.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return number_format(rounded or abs(rounded), digits, use_l10n=True).replace("-", "−")


def difference(value: float | None, digits: int = 1) -> str:
    """The same with a sign before it: `+0.7`, `−0.4`; nought has none."""
    told = number(value, digits)
    more = value is not None and value > 0 and told != number(0, digits)
    return f"+{told}" if more else told


def rate(sent: int, answered: int) -> str:
    """`12 of 20 (60 %)`; of nobody asked no share is told."""
    told = _("%(answered)d of %(sent)d") % {"answered": answered, "sent": sent}
    return f"{told} ({percent(100 * round(100 * answered / sent))})" if sent else told


def group_rate(sent: int, answered: int, left: int) -> str:
    """The rate of those whom a figure counts, and how many of the group were asked beside them."""
    told = rate(sent, answered)
    counted = ngettext(
        "%(left)d more, of too small a group, counts in the whole alone",
        "%(left)d more, of too small groups, count in the whole alone",
        left,
    )
    return f"{told}; {counted % {'left': left}}" if left else told


def share(value: int | None) -> str:
    """A whole percent."""
    return "–" if value is None else percent(100 * value)


def lacking(survey: Survey, questions: list[Question]) -> list[tuple[str, str]]:
    """Each text that a language of the programme lacks: the language, and the text as another has it."""
    return _lacking(survey, [survey.name, survey.text]) + lacking_of(survey, questions)


def lacking_of(survey: Survey, questions: list[Question]) -> list[tuple[str, str]]:
    """The same of questions alone."""
    texts: list[TranslatedText] = []
    for each in questions:
        texts += [each.text, each.hint, each.low, each.high]
        texts += [TranslatedText.from_dict(one["text"]) for one in (*each.options, *each.rows)]
    return _lacking(survey, texts)


def _lacking(survey: Survey, texts: list[TranslatedText]) -> list[tuple[str, str]]:
    wanted = [code for code in LANGUAGES if code in survey.programme.languages] or list(LANGUAGES)
    return [(code, str(text)) for text in texts if text for code in wanted if not text.as_dict()[code]]
