"""What is written when a pair rests and when it goes on; what waited meanwhile, and what ends with a pair."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from varpa.kernel.text import TranslatedText
from varpa.pairs.lacking import lacking
from varpa.pairs.letters import PROPOSED, STARTED, STILL_ASKED, both, reader, withdraw_confirmation
from varpa.pairs.models import Outcome, Pair, PlanState, Side
from varpa.pairs.queries import other_side, while_active
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON

PAUSED = register(
    LetterKind(
        key="pairs.paused",
        essential=True,
        prompt=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Mentorings uz laiku ir apturēts",
            lt="Mentorystė laikinai sustabdyta",
            en="The mentoring rests for a while",
        ),
        text=TranslatedText(
            lv=(
                "Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: mentorings uz "
                "laiku ir apturēts. Ieplānotās tikšanās pa šo laiku nenotiek, viss uzrakstītais ir "
                "saglabāts.{% if step == 'grown' %} Lai mentorings turpinātos, {% if adult "
                "%}apstipriniet{% else %}apstiprini{% endif %} dalību: tagad par to {% if adult "
                "%}izlemjat Jūs{% else %}izlem tu{% endif %}.{% elif step %} Lai mentorings turpinātos,"
                " {% if adult %}pabeidziet{% else %}pabeidz{% endif %} sagatavošanos.{% else %} Nekas "
                "nav jādara, un nekas nekavējas.{% endif %} Ja kas nav skaidrs, {% if adult "
                "%}rakstiet{% else %}raksti{% endif %} projekta vadītājam."
            ),
            lt=(
                "Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: mentorystė "
                "laikinai sustabdyta. Suplanuoti susitikimai tuo metu nevyksta, viskas, kas parašyta, "
                "išsaugota.{% if step == 'grown' %} Kad mentorystė tęstųsi, {% if adult "
                "%}patvirtinkite{% else %}patvirtink{% endif %} dalyvavimą: dabar dėl jo {% if adult "
                "%}sprendžiate Jūs{% else %}sprendi tu{% endif %}.{% elif step %} Kad mentorystė "
                "tęstųsi, {% if adult %}užbaikite{% else %}užbaik{% endif %} pasirengimą.{% else %} "
                "Nieko daryti nereikia, ir niekas nevėluoja.{% endif %} Jei kas neaišku, {% if adult "
                "%}parašykite{% else %}parašyk{% endif %} projekto vadovui."
            ),
            en=(
                "Hello.\n\nThe mentoring of {{ other }} and you rests for a while. Meetings that are "
                "planned do not take place meanwhile, and everything that was written is kept.{% if "
                "step == 'grown' %} For it to go on, confirm that you take part: you decide on it "
                "now.{% elif step %} For it to go on, finish preparing.{% else %} Nothing is due "
                "meanwhile.{% endif %} If anything is unclear, write to the project manager."
            ),
        ),
        button=TranslatedText(
            lv="{% if step == 'grown' %}Apstiprināt dalību{% else %}Sagatavošanās{% endif %}",
            lt="{% if step == 'grown' %}Patvirtinti dalyvavimą{% else %}Pasirengimas{% endif %}",
            en="{% if step == 'grown' %}Confirm taking part{% else %}Preparation{% endif %}",
        ),
    )
)

RESUMED = register(
    LetterKind(
        key="pairs.resumed",
        essential=True,
        reason=REASON,
        subject=TranslatedText(lv="Mentorings turpinās", lt="Mentorystė tęsiama", en="The mentoring goes on"),
        text=TranslatedText(
            lv=(
                "Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: mentorings "
                "turpinās. Var plānot nākamo tikšanos."
            ),
            lt=(
                "Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: mentorystė "
                "tęsiama. Galima planuoti kitą susitikimą."
            ),
            en="Hello.\n\nThe mentoring of {{ other }} and you goes on. The next meeting may be planned.",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)


Follower = Callable[[Pair, datetime], object]
_pausing: Final[list[Follower]] = []
_resuming: Final[list[Follower]] = []


def follow(*, pausing: Follower, resuming: Follower) -> None:
    """Call these with each pair that begins to rest, and that goes on, in the same transaction."""
    if pausing not in _pausing:
        _pausing.append(pausing)
        _resuming.append(resuming)


def tell_paused(pair: Pair, *, now: datetime) -> None:
    """The pair rests, by the manager's wish or because one is no longer prepared (R1): then by whose step it
    goes on is told to that one.
    """
    post.withdraw_under(while_active(pair), now=now)
    post.withdraw(about=f"pair:{pair.ref}", kinds=[RESUMED], now=now)
    # Words and invitations that wait for their hour wait on: nothing goes between the two (R1).
    post.hold_back(pair.ref, now=now)
    steps = {each.side: each.step for each in lacking(pair, now) if each.is_own}
    for side in Side.values:
        to, step = reader(pair, side), steps.get(side, "")
        other = pair.member(other_side(side)).person.name
        post.send(
            PAUSED,
            to=to,
            context={"programme": pair.programme.name.within(to.language), "other": other, "step": step},
            link=f"/memberships/{pair.member(side).ref}/preparation/" if step else "",
            about=f"pair:{pair.ref}",
            once=f"pair.paused:{pair.ref}:{now:%Y%m%d%H%M%S}:{side}",
            now=now,
        )
    for follower in _pausing:
        follower(pair, now)


def tell_resumed(pair: Pair, *, now: datetime) -> None:
    """The pair goes on, and what was held back meanwhile goes where it still stands."""
    post.withdraw(about=f"pair:{pair.ref}", kinds=[PAUSED], now=now)
    post.release(pair.ref, now=now)
    once = f"pair.resumed:{pair.ref}:{now:%Y%m%d%H%M%S}"
    both(RESUMED, pair, about=f"pair:{pair.ref}", once=once, link=f"/pairs/{pair.ref}/", now=now)
    for follower in _resuming:
        follower(pair, now)


def withdraw_questions(pair: Pair, *, now: datetime) -> None:
    """The pair has ended: what it was asked and was not yet sent is not asked any more.

    Where it did not go the whole way, no words of the one that wait come to the other either.
    """
    post.withdraw_under(while_active(pair), now=now)
    if pair.outcome != Outcome.COMPLETED:
        post.hold_back(pair.ref, now=now)
    post.withdraw_held(pair.ref)
    post.withdraw(about=f"pair:{pair.ref}", kinds=[PROPOSED, STILL_ASKED, STARTED, PAUSED, RESUMED], now=now)
    for plan in pair.plans.filter(state=PlanState.PROPOSED):
        withdraw_confirmation(plan, now=now)
