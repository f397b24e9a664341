"""Who was told of a day and lost the place in its order: that is told too, and calendars take the day out."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from varpa.businessplans.queries import plan_of
from varpa.defence.letters import days as letters
from varpa.defence.models import Defence
from varpa.kernel.text import TranslatedText
from varpa.people.access import ReaderAction
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import last_told, written_to
from varpa.programmes.models import Membership, Role

NO_PLACE = register(
    LetterKind(
        key="defence.no_place",
        essential=True,
        readers=(ReaderAction.MENTEE,),
        reason=letters.CALLED_OFF.reason,
        brief=TranslatedText(
            lv="Biznesa plānu aizstāvēšanai ir jauna kārtība",
            lt="Nauja verslo planų gynimo tvarka",
            en="The defence has a new order",
        ),
        subject=TranslatedText(
            lv="Biznesa plānu aizstāvēšana: šajā dienā tavs plāns nav kārtībā ({{ when }})",
            lt="Verslo planų gynimas: tą dieną tavo plano eilėje nėra ({{ when }})",
            en="Defence of the business plans: your plan is not in the order of this day ({{ when }})",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nBiznesa plānu aizstāvēšanai ir izlozēta jauna kārtība, un tavam plānam šajā dienā tajā vietas nav: {{ when|full_stop }} Šajā laikā tev nekas nav jāsagatavo.\n\nIesniegts plāns gaida citu dienu. Kad tā būs zināma, saņemsi vēstuli.",
            lt="Sveiki!\n\nVerslo planų gynimui ištraukta nauja tvarka, ir tavo planui vietos tą dieną joje nėra: {{ when|full_stop }} Tam laikui tau nieko ruošti nereikia.\n\nPateiktas planas laukia kitos dienos. Kai ji bus žinoma, gausi laišką.",
            en="Hello.\n\nThe order of the defence was drawn anew, and your plan has no place in it on this day: {{ when|full_stop }} You need not prepare anything for that time.\n\nA submitted plan waits for another day. Once it is known, you get a letter.",
        ),
        button=TranslatedText(lv="Atvērt savu plānu", lt="Atverti savo planą", en="Open your plan"),
    )
)


def tell_placeless(defence: Defence, *, now: datetime) -> None:
    """Tell whoever has heard of a day in which they present no more; what still waits to tell of it is ended.

    Whoever gets a place again is told of the day anew: its number for calendars has grown.
    """
    about = letters.about(defence)
    without = written_to([about]) - {person.pk for person, _judges in letters.asked(defence, taken_off=True)}
    post.withdraw(about=about, kinds=letters.DAY, people=without, anew=True, now=now)
    lost = [each for each in _mentees(defence, without) if _knows(about, each)]
    if not lost:
        return
    Defence.objects.filter(pk=defence.pk).update(sequence=F("sequence") + 1)
    defence.refresh_from_db(fields=["sequence"])
    for each in lost:
        _tell(defence, each, about, now)


def _mentees(defence: Defence, people: Iterable[int]) -> Iterable[Membership]:
    members = Membership.objects.filter(programme=defence.programme_id, role=Role.MENTEE, person__in=people)
    return members.select_related("person", "programme").order_by("pk")


def _knows(about: str, member: Membership) -> bool:
    last = last_told(about, member.person_id)
    return last is not None and last.kind in [kind.key for kind in letters.DAY]


def _tell(defence: Defence, member: Membership, about: str, now: datetime) -> None:
    to, plan = recipient(member.person, adult=False), plan_of(member)
    post.send(
        NO_PLACE,
        to=to,
        context=letters.of_day(defence, to.language),
        link=f"/business-plans/{plan.ref}/" if plan else "/",
        about=about,
        once=letters.key_of_day(NO_PLACE, defence, defence.sequence, member.person.ref),
        now=now,
        hours=(defence.starts_at, None),
        calendar=letters.part(defence, to, now, off=True),
    )
