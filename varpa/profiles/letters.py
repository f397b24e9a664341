"""What is written about a company profile: that it waits for approval, what is not right, that it is approved."""

from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.pairs.letters import reader
from varpa.pairs.models import Pair, Side
from varpa.pairs.queries import other_side
from varpa.pairs.quiet import wants_quiet
from varpa.people.access import ReaderAction
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.post.queries import key_anew
from varpa.profiles.models import Correction, Profile
from varpa.programmes.letters import REASON

FINISHED = register(
    LetterKind(
        key="profiles.finished",
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTOR,),
        reason=REASON,
        brief=TranslatedText(
            lv="Uzņēmuma profils gaida Jūsu apstiprinājumu",
            lt="Įmonės aprašas laukia Jūsų patvirtinimo",
            en="The company profile waits for your approval",
        ),
        subject=TranslatedText(
            lv="Uzņēmuma profils gaida apstiprinājumu: {{ company }}",
            lt="Įmonės aprašas laukia patvirtinimo: {{ company }}",
            en="The company profile waits for approval: {{ company }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nUzņēmuma profils ir uzrakstīts; rakstīja {{ other }}. Izlasiet faktus, apstipriniet tos, kas ir pareizi, un atzīmējiet, kas nav publicējams. Ja kaut kas nav pareizi, pasakiet to dažos vārdos: tekstu labo {{ first }}.",
            lt="Sveiki!\n\nĮmonės aprašas parašytas; rašė {{ other }}. Perskaitykite faktus, patvirtinkite, kas teisinga, ir pažymėkite, kas neskelbtina. Jei kas nors neteisinga, pasakykite keliais žodžiais: tekstą taiso {{ first }}.",
            en="Hello.\n\nThe company profile is written; the writer is {{ other }}. Read the facts, approve those that are right, and mark what is not for publication. Where something is not right, say so in a few words: the text is corrected by {{ first }}.",
        ),
        button=TranslatedText(lv="Lasīt profilu", lt="Skaityti aprašą", en="Read the profile"),
    )
)

CORRECTED = register(
    LetterKind(
        key="profiles.corrected",
        answer="mailroom.on_page",
        essential=False,
        readers=(ReaderAction.MENTEE,),
        reason=REASON,
        brief=TranslatedText(
            lv="{{ first }} saka, kas uzņēmuma profilā nav pareizi",
            lt="{{ first }} sako, kas įmonės apraše neteisinga",
            en="{{ first }} says what is not right in the company profile",
        ),
        subject=TranslatedText(
            lv="{{ other }} lūdz kaut ko izlabot uzņēmuma profilā",
            lt="{{ other }} prašo kai ką pataisyti įmonės apraše",
            en="{{ other }} asks to correct something in the company profile",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ text }}\n\nKā to uzrakstīt, izlem tu.",
            lt="Sveiki!\n\n{{ text }}\n\nKaip tai parašyti, sprendi tu.",
            en="Hello.\n\n{{ text }}\n\nHow to write it is yours to decide.",
        ),
        button=TranslatedText(lv="Atvērt profilu", lt="Atverti aprašą", en="Open the profile"),
    )
)

APPROVED = register(
    LetterKind(
        key="profiles.approved",
        essential=False,
        readers=(ReaderAction.MENTEE,),
        reason=REASON,
        brief=TranslatedText(
            lv="Uzņēmuma profils ir apstiprināts",
            lt="Įmonės aprašas patvirtintas",
            en="The company profile is approved",
        ),
        subject=TranslatedText(
            lv="Uzņēmuma profils ir apstiprināts: {{ company }}",
            lt="Įmonės aprašas patvirtintas: {{ company }}",
            en="The company profile is approved: {{ company }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nVisas uzrakstītās daļas ir pareizas; to apstiprina {{ other }}. Ja abi to gribat, profilu var parādīt programmas dalībniekiem.",
            lt="Sveiki!\n\nVisose parašytose dalyse faktai teisingi; tai patvirtina {{ other }}. Jei to norite jūs dviese, aprašą galima parodyti programos dalyviams.",
            en="Hello.\n\nEverything that is written is right; it is approved by {{ other }}. If both of you want it, the profile can be shown to the members of the programme.",
        ),
        button=TranslatedText(lv="Atvērt profilu", lt="Atverti aprašą", en="Open the profile"),
    )
)


def about(profile: Profile) -> str:
    """What the letters of a profile are about."""
    return f"profile:{profile.ref}"


def about_correction(correction: Correction) -> str:
    """What the letter of a correction is about: taken back, or dealt with, it is not sent."""
    return f"correction:{correction.ref}"


def tell_finished(profile: Profile, *, now: datetime) -> None:
    """Ask the mentor to read the facts; at most once a day."""
    once = key_anew(f"profile-finished:{profile.ref}:{now:%Y%m%d}")
    _send(FINISHED, profile, Side.MENTOR, once=once, now=now)


def tell_correction(correction: Correction, *, now: datetime) -> None:
    """Tell the mentee what is not right, unless the mentee wants no words of the mentor now."""
    part = correction.part
    if wants_quiet(part.profile.pair, Side.MENTEE):
        return
    _send(
        CORRECTED,
        part.profile,
        Side.MENTEE,
        once=f"profile-correction:{correction.ref}",
        now=now,
        text=correction.text,
        place=f"parts/{part.key}/",
        told=about_correction(correction),
    )


def hold_back(pair: Pair, side: str, now: datetime) -> None:
    """The mentee wants no words of the mentor any more: those that wait to be sent stand on the page alone."""
    if side == Side.MENTEE:
        refs = Correction.objects.filter(part__profile__pair=pair).values_list("ref", flat=True)
        post.withdraw(about=[f"correction:{ref}" for ref in refs], now=now)


def tell_approved(profile: Profile, *, now: datetime) -> None:
    """Tell the mentee that all is approved; at most once a day."""
    once = key_anew(f"profile-approved:{profile.ref}:{now:%Y%m%d}")
    _send(APPROVED, profile, Side.MENTEE, once=once, now=now)


def _send(
    kind: LetterKind,
    profile: Profile,
    side: str,
    *,
    once: str,
    now: datetime,
    text: str = "",
    place: str = "",
    told: str = "",
) -> None:
    to = reader(profile.pair, side)
    other = profile.pair.member(other_side(side)).person
    context = {
        "programme": profile.pair.programme.name.within(to.language),
        "other": other.name,
        "first": other.first_name,
        "company": profile.company,
        "text": text,
    }
    link = f"/profiles/{profile.ref}/{place}"
    post.send(kind, to=to, context=context, link=link, about=told or about(profile), once=once, now=now)
