"""What is written to the two of a pair about the pair and its cooperation plan."""

from dataclasses import replace
from datetime import datetime, timedelta

from varpa.kernel.text import TranslatedText
from varpa.methodology.marks import KindAct
from varpa.pairs.lacking import in_words, lacking
from varpa.pairs.models import Pair, Plan, Side
from varpa.pairs.parting import words_until
from varpa.pairs.queries import other_side
from varpa.pairs.unreached import without_contacts
from varpa.people.access import ReaderAction
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.envelope import Recipient, absolute
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.queries import methodology_of, staff_of

ASKED_AFTER = timedelta(minutes=10)

PROPOSED = register(
    LetterKind(
        key="pairs.proposed",
        essential=True,
        answer="pairs.proposal",
        reason=REASON,
        subject=TranslatedText(
            lv="Piedāvājums strādāt kopā: {{ other }}",
            lt="Pasiūlymas dirbti kartu: {{ other }}",
            en="A proposal to work together: {{ other }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }}{% if place %}, {{ place|full_stop }}{% else %}.{% endif %}\n\n{% if topic %}{% if adult %}Tēma{% else %}Pieredze{% endif %}: {{ topic }}\n\n{% endif %}{% if left_out %}Adreses un tālruņa numuri ir izlaisti, līdz abi ir sagatavojušies.\n\n{% endif %}{% if adult %}Izlasiet un atbildiet ar „jā” vai „nē”.{% else %}Izlasi un atbildi ar „jā” vai „nē”.{% endif %} Ja nē, neviens netiks vainots, un meklēsim citu iespēju.{% if until %} Atbildi gaidām {{ until|by_day|full_stop }}{% endif %}",
            lt="Sveiki!\n\n{{ other }}{% if place %}, {{ place|full_stop }}{% else %}.{% endif %}\n\n{% if topic %}{% if adult %}Tema{% else %}Patirtis{% endif %}: {{ topic }}\n\n{% endif %}{% if left_out %}Adresai ir telefono numeriai praleisti, kol abi pusės pasirengs.\n\n{% endif %}{% if adult %}Perskaitykite ir atsakykite „taip“ arba „ne“.{% else %}Perskaityk ir atsakyk „taip“ arba „ne“.{% endif %} Jei ne, niekas dėl to nebus kaltinamas, ir ieškosime kitos galimybės.{% if until %} Atsakymo laukiame {{ until|by_day }}{% endif %}",
            en="Hello.\n\n{{ other }}{% if place %}, {{ place|full_stop }}{% else %}.{% endif %}\n\n{% if topic %}{% if adult %}Topic{% else %}Experience{% endif %}: {{ topic }}\n\n{% endif %}{% if left_out %}Addresses and phone numbers are left out until both are prepared.\n\n{% endif %}Read it and answer yes or no. If no, nobody is blamed, and we will look for another possibility.{% if until %} Please answer {{ until|by_day|full_stop }}{% endif %}",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
    )
)

STILL_ASKED = register(
    LetterKind(
        key="pairs.still_asked",
        essential=True,
        answer="pairs.proposal",
        reason=REASON,
        subject=TranslatedText(
            lv="Piedāvājums strādāt kopā gaida {% if adult %}Jūsu{% else %}tavu{% endif %} atbildi",
            lt="Pasiūlymas dirbti kartu laukia {% if adult %}Jūsų{% else %}tavo{% endif %} atsakymo",
            en="The proposal to work together waits for your answer",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }}: vai {% if adult %}Jūs gribētu{% else %}tu gribētu{% endif %} strādāt kopā? Pietiek ar „jā” vai „nē”, un {% if adult %}Jūsu{% else %}tavu{% endif %} atbildi gaidām {{ until|by_day|full_stop }} Ja atbildes nebūs, piedāvājums beigsies, neviens netiks vainots, un projekta vadītājs meklēs citu iespēju.",
            lt="Sveiki!\n\n{{ other }}: ar {% if adult %}norėtumėte{% else %}norėtum{% endif %} dirbti kartu? Užtenka „taip“ arba „ne“; {% if adult %}Jūsų{% else %}tavo{% endif %} atsakymo laukiame {{ until|by_day }} Jei atsakymo nebus, pasiūlymas baigsis, niekas dėl to nebus kaltinamas, o projekto vadovas ieškos kitos galimybės.",
            en="Hello.\n\n{{ other }}: would you like to work together? Yes or no is enough; please answer {{ until|by_day|full_stop }} Without an answer the proposal ends, nobody is blamed, and the project manager looks for another possibility.",
        ),
        button=TranslatedText(lv="Atbildēt", lt="Atsakyti", en="Answer"),
    )
)

STARTED = register(
    LetterKind(
        key="pairs.started",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Var sākt: pirmā tikšanās",
            lt="Galima pradėti: pirmasis susitikimas",
            en="You can begin: the first meeting",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: abas atbildes ir „jā”, un viss ir sagatavots.\n\n{% if opening %}{{ opening }}{% elif adult %}Pirmo tikšanos plānojat un vadāt Jūs. Tā var notikt arī attālināti.{% else %}Pirmo tikšanos plāno un vada {{ other }}.{% endif %}{% if brings %}\n\nPirms tikšanās:\n\n{% for each in brings %}- {{ each }}\n{% endfor %}{% endif %}{% if guide %}\n\nCeļvedis, kurā ir viss pārējais: {{ guide }}{% endif %}",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: iš abiejų pusių gautas atsakymas „taip“, ir viskas paruošta.\n\n{% if opening %}{{ opening }}{% elif adult %}Pirmąjį susitikimą planuojate ir vedate Jūs. Jis gali vykti ir nuotoliniu būdu.{% else %}Pirmąjį susitikimą planuoja ir veda {{ other }}.{% endif %}{% if brings %}\n\nPrieš susitikimą:\n\n{% for each in brings %}- {{ each }}\n{% endfor %}{% endif %}{% if guide %}\n\nVadovas, kuriame yra visa kita: {{ guide }}{% endif %}",
            en="Hello.\n\n{{ other }} and you have both said yes and are both prepared.\n\n{% if opening %}{{ opening }}{% elif adult %}You plan and lead the first meeting. It may be electronic.{% else %}{{ other }} plans and leads the first meeting.{% endif %}{% if brings %}\n\nBefore the meeting:\n\n{% for each in brings %}- {{ each }}\n{% endfor %}{% endif %}{% if guide %}\n\nThe guide, with all the rest: {{ guide }}{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)

DECLINED = register(
    LetterKind(
        key="pairs.declined",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Šoreiz sadarbība neizveidosies",
            lt="Šį kartą bendradarbiavimas neprasidės",
            en="This time the cooperation will not come about",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: šoreiz kopā nestrādāsiet. Neviens netiek vainots. Projekta vadītājs meklēs citu iespēju un uzrakstīs.",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: šį kartą kartu nedirbsite. Niekas dėl to nekaltinamas. Projekto vadovas ieškos kitos galimybės ir parašys.",
            en="Hello.\n\n{{ other }} and you will not work together this time. Nobody is blamed. The project manager will look for another possibility and write to you.",
        ),
    )
)

ENDED = register(
    LetterKind(
        key="pairs.ended",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Sadarbība ir beigusies", lt="Bendradarbiavimas baigėsi", en="The cooperation has ended"
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}: mentorings ir noslēdzies. Paveiktais un ieskaitītās stundas saglabājas.{% if completed %} Paldies par kopīgo ceļu.{% else %} Neviens netiek vainots. Ja kas nav skaidrs, {% if adult %}rakstiet{% else %}raksti{% endif %} projekta vadītājam.{% endif %}{% if until %}\n\n{{ until|by_day|capfirst }} abi varat uzrakstīt dažus noslēguma vārdus: {% if adult %}ko paņemat līdzi un par ko gribat{% else %}ko paņem līdzi un par ko gribi{% endif %} pateikties. Rakstīt nav obligāti. Tos var izlasīt tikai tad, kad ir uzrakstījuši abi.{% endif %}",
            lt="Sveiki!\n\n{{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}: mentorystė baigėsi. Tai, kas nuveikta, ir įskaitytos valandos išlieka.{% if completed %} Ačiū už bendrą kelią.{% else %} Niekas dėl to nekaltinamas. Jei kas neaišku, {% if adult %}parašykite{% else %}parašyk{% endif %} projekto vadovui.{% endif %}{% if until %}\n\n{{ until|by_day|capfirst }} abu galite parašyti kelis baigiamuosius žodžius: {% if adult %}ką išsinešate ir už ką norite{% else %}ką išsineši ir už ką nori{% endif %} padėkoti. Rašyti neprivaloma. Juos galima perskaityti tik tada, kai parašo abu.{% endif %}",
            en="Hello.\n\nThe mentoring of {{ other }} and you has ended. What was done and the hours stay.{% if completed %} Thank you for the way you went together.{% else %} Nobody is blamed. If anything is unclear, write to the project manager.{% endif %}{% if until %}\n\n{{ until|by_day|capfirst }} both of you can write a few closing words: what you take with you, and what you would like to thank for. Nothing has to be written. They can be read only once both have written.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
    )
)

DECLINED_BY_ONE = "declined"
UNANSWERED = "unanswered"
CALLED_OFF = "called_off"
NOT_PREPARED = "not_prepared"

NEEDS_MANAGER = register(
    LetterKind(
        key="pairs.needs_manager",
        essential=False,
        readers=(ReaderAction.MANAGER,),
        reason=REASON,
        subject=TranslatedText(
            lv="{% if declined or unanswered or called_off %}Pāris neizveidosies{% else %}Pāris ir apturēts{% endif %}: {{ mentor }}, {{ mentee }}",
            lt="{% if declined or unanswered or called_off %}Pora nesusidarys{% else %}Pora sustabdyta{% endif %}: {{ mentor }}, {{ mentee }}",
            en="{% if declined or unanswered or called_off %}A pair will not come about{% else %}A pair is resting{% endif %}: {{ mentor }}, {{ mentee }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ mentor }}, {{ mentee }}: {% if declined %}viena no abām atbildēm ir „nē”. Abi par to zina, un neviens netiek vainots. Abiem var meklēt citu iespēju.{% elif unanswered %}līdz noteiktajai dienai nav saņemtas abas atbildes, tāpēc piedāvājums ir beidzies. Abi par to zina, un neviens netiek vainots. Abiem var meklēt citu iespēju.{% elif called_off %}piedāvājums vairs nav spēkā, un uz to vairs nav jāatbild. Neviens netiek vainots. Ja vajag, var meklēt citu iespēju.{% else %}pāris ir apturēts, un abi par to zina. Kā trūkst: {{ lacks|full_stop }} Kad viss atkal ir kārtībā, mentorings atsākas pats.{% endif %}",
            lt="Sveiki!\n\n{{ mentor }}, {{ mentee }}: {% if declined %}vienas iš dviejų atsakymų yra „ne“. Abu apie tai žino, ir niekas nekaltinamas. Abiem galima ieškoti kitos galimybės.{% elif unanswered %}iki nustatytos dienos negauti abu atsakymai, todėl pasiūlymas baigėsi. Abu apie tai žino, ir niekas nekaltinamas. Abiem galima ieškoti kitos galimybės.{% elif called_off %}pasiūlymas nebegalioja, ir atsakyti į jį nebereikia. Niekas nekaltinamas. Jei reikia, galima ieškoti kitos galimybės.{% else %}pora sustabdyta, ir abu apie tai žino. Ko trūksta: {{ lacks|full_stop }} Kai viskas vėl bus sutvarkyta, mentorystė atsinaujins savaime.{% endif %}",
            en="Hello.\n\n{{ mentor }}, {{ mentee }}: {% if declined %}one of the two answers is no. Both know it, and nobody is blamed. You can look for another possibility for both.{% elif unanswered %}the two answers did not come by the day that was set, so the proposal has ended. Both know it, and nobody is blamed. You can look for another possibility for both.{% elif called_off %}the proposal no longer stands, and needs no answer any more. Nobody is blamed. Where it is needed, you can look for another possibility.{% else %}the pair is resting, and both know it. What is missing: {{ lacks|full_stop }} Once everything is in order again, the pair goes on by itself.{% endif %}",
        ),
        button=TranslatedText(lv="Atvērt", lt="Atidaryti", en="Open"),
        stop=TranslatedText(
            lv="Vairs nesūtīt vēstules par pāriem, kuriem vajag projekta vadītāju",
            lt="Nebesiųsti laiškų apie poras, kurioms reikia projekto vadovo",
            en="Send no more letters about pairs that need the project manager",
        ),
    )
)

PLAN_WAITS = register(
    LetterKind(
        key="pairs.plan_waits",
        answer="mailroom.on_page",
        essential=False,
        brief=TranslatedText(
            lv="Sadarbības plāns gaida apstiprinājumu",
            lt="Bendradarbiavimo planas laukia patvirtinimo",
            en="The cooperation plan waits for a yes",
        ),
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        subject=TranslatedText(
            lv="Sadarbības plāns gaida apstiprinājumu",
            lt="Bendradarbiavimo planas laukia patvirtinimo",
            en="The cooperation plan waits for a confirmation",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nSadarbības plānu no savas puses jau apstiprināja {{ other }}. {% if adult %}Izlasiet to un apstipriniet vai labojiet.{% else %}Izlasi to un apstiprini vai labo.{% endif %}",
            lt="Sveiki!\n\n{{ other }} bendradarbiavimo planą jau patvirtino. {% if adult %}Perskaitykite jį ir patvirtinkite arba pataisykite.{% else %}Perskaityk jį ir patvirtink arba pataisyk.{% endif %}",
            en="Hello.\n\n{{ other }} has confirmed the cooperation plan. Read it and confirm it, or change it.",
        ),
        button=TranslatedText(lv="Lasīt plānu", lt="Skaityti planą", en="Read the plan"),
        stop=TranslatedText(
            lv="Vairs nesūtīt vēstules par sadarbības plānu",
            lt="Nebesiųsti laiškų apie bendradarbiavimo planą",
            en="Send no more letters about the cooperation plan",
        ),
    )
)

PLAN_AGREED = register(
    LetterKind(
        key="pairs.plan_agreed",
        answer="mailroom.on_page",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Sadarbības plāns ir apstiprināts",
            lt="Bendradarbiavimo planas patvirtintas",
            en="The cooperation plan is agreed",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\n{% if staff %}No papīra, ko parakstījāt abi, {{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}, ir ierakstīts, ka sadarbības plāns ir apstiprināts: {{ on|day|full_stop }} Ierakstīja {{ staff }}. Teksts paliek uz papīra. Ja kaut kas nav pareizi, var sākt jaunu plāna redakciju.{% else %}Sadarbības plānu apstiprināja abi: {{ other }} un {% if adult %}Jūs{% else %}tu{% endif %}. To var lasīt, izdrukāt un, ja abi vienojas, mainīt.{% endif %}",
            lt="Sveiki!\n\n{% if staff %}Iš popieriaus, kurį pasirašėte abu, {{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}, įrašyta, kad bendradarbiavimo planas patvirtintas: {{ on|day|full_stop }} Įrašė {{ staff }}. Tekstas lieka popieriuje. Jei kas nors neteisinga, galima pradėti naują plano redakciją.{% else %}Bendradarbiavimo planas patvirtintas iš abiejų pusių: {{ other }} ir {% if adult %}Jūs{% else %}tu{% endif %}. Jį galima skaityti, išspausdinti ir, jei sutariate, keisti.{% endif %}",
            en="Hello.\n\n{% if staff %}{{ staff }} has entered from a paper that {{ other }} and you both signed that the cooperation plan is agreed: {{ on|day|full_stop }} Its text stays on the paper. If something is not right, a new version can be begun.{% else %}{{ other }} and you have both confirmed the cooperation plan. You can read it, print it, and change it if both agree.{% endif %}",
        ),
        button=TranslatedText(lv="Lasīt plānu", lt="Skaityti planą", en="Read the plan"),
    )
)


def reader(pair: Pair, side: str) -> Recipient:
    """One of the two as a reader, through the pair: a mentor is addressed with Jūs, a mentee with tu."""
    return replace(recipient(pair.member(side).person, adult=side == Side.MENTOR), through=pair.ref)


def both(
    kind: LetterKind, pair: Pair, *, about: str, once: str, link: str, now: datetime, **more: object
) -> None:
    """The same letter to each of the two, in each one's language; `other` is the other's name."""
    for side in Side.values:
        to = reader(pair, side)
        other = pair.member(other_side(side)).person
        context = {
            "programme": pair.programme.name.within(to.language),
            "other": without_contacts(other.name),
            **more,
        }
        post.send(kind, to=to, context=context, link=link, about=about, once=f"{once}:{side}", now=now)


def ask_both(pair: Pair, *, now: datetime) -> None:
    """Ask each for a yes, with what the other has said of place and topic."""
    for side in Side.values:
        to, other = reader(pair, side), pair.member(other_side(side))
        name = without_contacts(other.person.name)
        names = {"programme": pair.programme.name.within(to.language), "other": name}
        said = {name: without_contacts(getattr(other, name)) for name in ("place", "topic")}
        told = {"left_out": said["topic"] != other.topic, "until": pair.answer_by}
        post.send(
            PROPOSED,
            to=to,
            context={**names, **said, **told},
            link=f"/pairs/{pair.ref}/answer/",
            about=f"pair:{pair.ref}",
            once=f"pair.proposed:{pair.ref}:{side}",
            now=now,
        )


def still_asked_key(pair: Pair, side: str) -> str:
    """Which letter it is that reminds a side of the proposal."""
    return f"pair.still_asked:{pair.ref}:{side}"


def ask_again(pair: Pair, side: str, *, now: datetime) -> bool:
    """Remind a side that has not answered; unsent at the end of the time it does not go. Whether written."""
    to, other = reader(pair, side), without_contacts(pair.member(other_side(side)).person.name)
    programme, about = pair.programme.name.within(to.language), f"pair:{pair.ref}"
    letter = post.send(
        STILL_ASKED,
        to=to,
        context={"programme": programme, "other": other, "until": pair.answer_by},
        link=f"/pairs/{pair.ref}/answer/",
        about=about,
        once=still_asked_key(pair, side),
        now=now,
        ends=pair.answer_by,
    )
    return letter is not None


def tell_started(pair: Pair, *, now: datetime) -> None:
    """Both are prepared: the first meeting may be planned. Each gets the essentials of its guide."""
    for side in Side.values:
        to, other = reader(pair, side), pair.member(other_side(side)).person.name
        names = {"programme": pair.programme.name.within(to.language), "other": other}
        post.send(
            STARTED,
            to=to,
            context={**names, **_first_guide(pair, side, to.language)},
            link=f"/pairs/{pair.ref}/",
            about=f"pair:{pair.ref}",
            once=f"pair.started:{pair.ref}:{side}",
            now=now,
        )


def _first_guide(pair: Pair, side: str, language: str) -> dict[str, object]:
    """How the guide to the first meeting begins, what this side does before it, and where the rest stands."""
    methodology = methodology_of(pair.programme)
    kind = methodology.kind_of(KindAct.FIRST)
    brings = [each.text.within(language) for each in kind.before if each.role == side]
    if not kind.document:
        return {"brings": brings}
    page = f"/programmes/{pair.programme.ref}/library/{kind.document}/"
    body = methodology.document(kind.document).body.within(language)
    opening = "" if body.startswith("#") else body.partition("\n#")[0].replace("**", "").strip()
    return {"brings": brings, "opening": opening, "guide": absolute(page)}


def tell_declined(pair: Pair, *, now: datetime) -> None:
    """One of the two said no."""
    both(DECLINED, pair, about=f"pair:{pair.ref}", once=f"pair.declined:{pair.ref}", link="", now=now)


def tell_ended(pair: Pair, *, now: datetime) -> None:
    """The pair has ended, with whatever outcome."""
    about, link, completed = f"pair:{pair.ref}", f"/pairs/{pair.ref}/", pair.outcome == "completed"
    until = words_until(pair)
    if until:
        link += "closing/"
    once = f"pair.ended:{pair.ref}"
    both(ENDED, pair, about=about, once=once, link=link, now=now, completed=completed, until=until)


def tell_staff(pair: Pair, why: str, *, now: datetime) -> None:
    """The programme's managers: `why` is one of the four words above, never by which of the two."""
    missing = lacking(pair, now) if why == NOT_PREPARED else []
    for membership in staff_of(pair.programme):
        to = recipient(membership.person, adult=True)
        context = {
            "programme": pair.programme.name.within(to.language),
            "mentor": pair.mentor.person.name,
            "mentee": pair.mentee.person.name,
            why: True,
            "lacks": in_words(missing, to.language),
        }
        post.send(
            NEEDS_MANAGER,
            to=to,
            context=context,
            link=f"/pairs/{pair.ref}/manage/",
            about=f"pair:{pair.ref}",
            once=f"pair.{why}:{pair.ref}:{membership.ref}:{now:%Y%m%d}",
            now=now,
        )


def ask_confirmation(plan: Plan, side: str, *, now: datetime) -> None:
    """The other side of the one that confirmed is asked, once for what stands now.

    Not at once: two who sit side by side both confirm before the letter goes.
    """
    pair, asked = plan.pair, other_side(side)
    to = reader(pair, asked)
    post.send(
        PLAN_WAITS,
        to=to,
        context={
            "programme": pair.programme.name.within(to.language),
            "other": pair.member(side).person.name,
        },
        link=f"/pairs/{pair.ref}/plan/",
        about=f"plan:{plan.ref}",
        once=f"plan.waits:{plan.ref}:{asked}:{plan.edition}",
        now=now,
        not_before=now + ASKED_AFTER,
    )


def withdraw_confirmation(plan: Plan, *, now: datetime) -> None:
    """Nobody is asked any more: the plan was changed, or both have confirmed."""
    post.withdraw(about=f"plan:{plan.ref}", kinds=[PLAN_WAITS], now=now)


def tell_agreed(plan: Plan, *, staff: str = "", now: datetime) -> None:
    """Both have confirmed; `staff`: who entered it from the paper that both signed."""
    about, once, link = f"plan:{plan.ref}", f"plan.agreed:{plan.ref}", f"/pairs/{plan.pair.ref}/plan/"
    both(PLAN_AGREED, plan.pair, about=about, once=once, link=link, now=now, staff=staff, on=plan.signed_on)
