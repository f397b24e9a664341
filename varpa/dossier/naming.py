"""How members are called in the texts of one dossier: pupils by initials, where not by name."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from varpa.dossier.declined import Calls, bare, forms_of, parts_of, words_in
from varpa.dossier.reach import Reach
from varpa.kernel.text import TranslatedText
from varpa.programmes.models import Membership

Told = TypeVar("Told")


class Naming:
    """Everybody of the programme, by the words of their names in every form: made once, asked for each text.

    Who was erased has no name any more that a text could tell.
    """

    def __init__(self, reach: Reach) -> None:
        members = Membership.objects.filter(programme=reach.programme, person__is_active=True)
        self._called: list[tuple[str, str]] = []
        self._bearers: dict[str, list[int]] = {}
        self._organisation = reach.programme.organisation.name
        found = members.exclude(person__name="").select_related("person").order_by("pk")
        words: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(found.iterator(chunk_size=500)):
            self._called.append((each.person.name, reach.called(each)))
            for word in parts_of(each.person.name):
                words[word].append(number)
        for word, numbers in words.items():
            # People on their phones leave the marks out.
            for form in {bare(form.lower()) for form in forms_of(word)}:
                # One list for all forms of a word: a thousand pairs have some hundred thousand forms.
                known = self._bearers.get(form)
                self._bearers[form] = [*known, *numbers] if known else numbers

    def calls(self, text: str, calls: Calls | None = None) -> Calls:
        """How everybody is called whom a text may name; `calls` of it that are known already come first."""
        calls = calls or Calls(text)
        calls.stays(self._organisation)
        named = {number for word in words_in(text) for number in self._bearers.get(bare(word.lower()), ())}
        for number in sorted(named):
            name, said = self._called[number]
            if said == name:
                calls.stays(name)
            else:
                calls.instead(name, said)
        return calls

    def read(self, told: Told) -> Told:
        """A text, or whatever holds texts, with its pupils called as this dossier calls them."""
        said: Told = everywhere(told, self.calls("\n".join(texts_in(told))).read)
        return said


def texts_in(told: Any) -> Iterator[str]:
    """Every text in a list or a dictionary, or in one of those."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, TranslatedText):
        yield from told.as_dict().values()
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from texts_in(each)


def everywhere(told: Any, change: Callable[[str], str]) -> Any:
    """The same with every text changed."""
    if isinstance(told, TranslatedText):
        return TranslatedText(**everywhere(told.as_dict(), change))
    if isinstance(told, dict):
        return {key: everywhere(each, change) for key, each in told.items()}
    if isinstance(told, list):
        return [everywhere(each, change) for each in told]
    return change(told) if isinstance(told, str) else told
