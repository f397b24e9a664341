"""What somebody means by the first words of an answer: yes, no, another time. In four languages.

Only the beginning counts, and only what cannot mean anything else: all other words are words to somebody.
"""

import re
from typing import Final

from varpa.mailroom.courtesy import without_courtesy, without_greeting, without_signature

YES: Final = "yes"
NO: Final = "no"
MOVE: Final = "move"

_PLAIN = {"ā": "[āa]", "č": "[čc]", "ē": "[ēe]", "ė": "[ėe]", "ī": "[īi]", "š": "[šs]", "ū": "[ūu]"}


def _also_plain(words: str) -> str:
    """The same words, also as they are written without the marks of their letters."""
    return "".join(_PLAIN.get(letter, letter) for letter in words)


# Where words follow, "ja" may be "if", "no" "from" and "ne" "not", and whoever "will be" may be elsewhere:
# then only the bare word counts.
_ALONE = r"(?=\W*$|\s*[,.!])"
_YES = re.compile(
    rf"^\W*(jā|ja{_ALONE}|taip|yes|да|(ok(ay|ej|ei)?|labi|der|tinka|gerai|(būšu|būsiu|буду)( klāt| tur| ten)?"
    r"|(man|mums|viss|abiem|mudviem) (der|tinka)|tas (man|mums) der|mums abiem (der|tinka)"
    r"|(that |it )?(works|suits|is fine)( for)? (me|us)|(viss|viskas|tas|tai|all|everything|that|it|всё|все)"
    r"( ir| yra| is|['’]s)? (labi|pareizi|kārtībā|gerai|teisingai|tvarkoj\w*|right|correct|fine|good|верно"
    r"|правильно)|(man )?nav (nekādu )?iebildumu|neturiu (prieštaravimų|nieko prieš)|no objections?"
    r"|нет возражений"
    rf"|fine|sure|correct|хорошо|верно){_ALONE}|piekrītu|sutinku"
    r"|apstiprinu|patvirtinu|piedalīšos|ieradīšos|dalyvausiu|ateisiu|atvyksiu|sarunāts|sutarta"
    r"|agreed|confirmed|(i will|i['’]ll) (be there|come|join)|pareizi|teisingai|согласен|согласна"
    r"|приду)(?!\w)",
    re.IGNORECASE,
)
_DAYS = (
    r"(šo|šī|šią|this|on|в|во)|(pirm|otr|treš|ceturt|piekt|sest|svēt)dien(u|ā)?"
    r"|(pirma|antra|trečia|ketvirta|penkta|šešta|sekma)dienį|(mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье"
    r"|šodien|rīt|parīt|šiandien|rytoj|poryt|today|tomorrow|сегодня|завтра|послезавтра"
)
_SOFTLY = (
    r"((diemžēl|deja|sorry|unfortunately|к сожалению|atvaino\w*|piedod\w*|atsiprašau|извините|простите"
    rf"|es|man|mēs|aš|mes|i|we|я|мне|мы|{_DAYS})\b[\s,]*)*"
)
# A verb that is denied says no only where nothing else is denied: "I won't" does, "I won't be late" does not.
_DENIED = _also_plain(
    r"nevaru|nevaram|nevarē(šu|sim)|nebū(šu|sim)|neder|nesanāk(s)?|netieku|netikšu|nepiedalīšos|neieradīšos"
    r"|(ne|neat)nākšu|negal(iu|ime|ėsi(u|me))|nebūsi(u|me)|nedalyvausi(u|me)|neateisi(u|me)|neatvyksi(u|me)"
    r"|netinka|can(not|['’]?t| not)|won['’]?t|will not|(am|['’]m|are|['’]re) not (able to|coming)"
    r"|не (с?мо(гу|жем)|прид(у|ём|ем)|буд(у|ем)|получится|подходит)"
)
_NO = re.compile(
    rf"^\W*{_SOFTLY}(nē|(ne|no|нет){_ALONE}|{_DENIED})(?!\w)",
    re.IGNORECASE,
)
_BARE_NO = re.compile(rf"^\W*{_SOFTLY}(nē|(ne|no|нет){_ALONE})(?!\w)", re.IGNORECASE)
# "In time" and "for long" are none of these: whoever cannot come in time may come.
_OF_COMING = (
    rf"{_DAYS}|(šajā|tajā|šai|tai|tanī|šinī) (laikā|dienā|reizē)|(tuo|šiuo|tokiu) (metu|laiku)|(tą|šią) dieną"
    r"|(at )?(this|that) time|that day|(это|то|этот|тот) (время|день)"
    r"|šoreiz|tad|šįkart|tada|then|тогда|diemžēl|deja|unfortunately|sorry|к сожалению"
    r"|man|mums|es|aš|i|мне|я|klāt|tur|ten|there|там|it"
    r"|(at)?nākt|ierasties|piedalīties|būt|tikt|(sa)?tikties|atbraukt|ateiti|atvykti|dalyvauti|būti|susitikti"
    r"|be|able|to|come|make|attend|join|meet|при(й|д)ти|быть|участвовать|встретиться|приехать"
)
_NO_AT_ALL = re.compile(
    rf"{_NO.pattern}(\s+({_OF_COMING})(?!\w))*\W*?($|\n|[.,!;:–—(]|\s-|\s(jo|nes|because|since|as|потому)\b)",
    re.IGNORECASE,
)
_MOVE_WORDS = (
    r"(jā)?pārce(l(t|tu|sim|siet|iet|šu)?|ļ(u|am|at)?)|pārlikt|pārliekam|pārliksim"
    r"|perkel(t|ti|sim|siu|kim|kime|kite|iam|iame)|reschedule"
    r"|перен(ести|есём|есем|есите|осим)|cit(s|u|ā) laik(s|u|ā)|kit(as|u|ą) laik(as|u|ą|o)"
    r"|(an)?other time|другое время"
)
_MOVE = re.compile(rf"\b({_MOVE_WORDS}|(can|could|let|please|we)\b[^,.!]{{0,20}}\bmove)\b", re.IGNORECASE)
# That nothing is to be moved, or that one is glad that it was.
_NOT_MOVED = re.compile(
    r"\b(nevajag|nevajadz\w*|nav|nevar\w*|negrib\w*|nereik\w*|negal\w*|nenor\w*|nėra|not|\w+n['’]?t|no need"
    rf"|never|не|без)\s+([\w'’]+\s+){{0,4}}?({_MOVE_WORDS}|move)\b"
    r"|\b(paldies|prieks|priecājos|ačiū|džiaugiuosi|thanks?|glad|good that|спасибо|рад|рада)\b",
    re.IGNORECASE,
)
BUT = re.compile(r"\b(bet|tomēr|tačiau|but|however|но|vai|может)\b|\?", re.IGNORECASE)
# Whatever stands between, it turns what was said before into its opposite, or into perhaps.
_TURNS = (
    r"bet|tomēr|taču|tačiau|but|however|though|но|однако|varbūt|iespējams|galbūt|maybe|perhaps|наверное"
    r"|возможно|jei(gu)?|if|unless|если"
)
# Words of somebody who has read and will say later, who is ill, or who calls it off: no yes to anything.
_UNSURE = (
    r"padomā\w*|apdomā\w*|paskatī\w*|pateikšu|atrakstī\w*|uzrakstī\w*|atbildēšu|redzēju|saņēmu|slim\w*|atceļ\w*"
    r"|atcel\w*|treniņ\w*|pagalvo\w*|pažiūrė\w*|pasakysiu|parašy\w*|atsakysiu|gavau|mačiau|serg\w*|susirg\w*"
    r"|atšauk\w*|treniruot\w*|think|check|let you know|get back|read it|got it|seen it|ill|sick|cancel\w*"
    r"|practice|подума\w*|посмотр\w*|отвечу|напишу|получил\w*|болею|заболел\w*|отмен\w*"
)
# A sentence that begins with a yes and says in the end that one does not come.
_TAKEN_BACK = re.compile(
    rf"\b({_TURNS}|{_UNSURE}|ja(?=\s+\w)|labāk|geriau|rather|instead|лучше|tikai|tiktai|only|только|nē|(ne|no|нет){_ALONE}"
    r"|diemžēl|deja|unfortunately|nevar\w*|netiek\w*|netik[sš]\w*|nebū[sš]\w*|nenāk\w*|neatnāk\w*|nesanāk\w*"
    r"|neder|neierad\w*|nepiedal\w*|nezin\w*|negal\w*|neateis\w*|neatvyk\w*|nedalyv\w*|netinka|nežin\w*"
    r"|can(not|['’]?t| not)|won['’]?t|will not|don['’]?t know|not (sure|come|coming|able)"
    r"|не (с?мо(гу|жем)|прид(у|ём|ем)|буд(у|ем)|зна(ю|ем)|получится|подходит))(?!\w)",
    re.IGNORECASE,
)
# What begins with a no and says that one comes, or that nothing speaks against it.
_AFTER_ALL = re.compile(
    rf"\b({_TURNS}|ja(?=\s+\w)|jā|taip|yes|да|ok|okay|labi|der|derēs|tinka|tiks|gerai|fine|good|great|sure|хорошо"
    r"|iebild\w*|pretī|problēm\w*|prieš|problem\w*|objection\w*|worr\w*|mind|возраж\w*|против|проблем\w*"
    r"|nepār\w*|nevajag|nevajadz\w*|neperk\w*|nereik\w*|no need|не (надо|нужно|перенос\w*)"
    r"|(at|ie|aiz)?nākšu|būšu|būsim|ieradīšos|piedalīšos|varu|varēšu|varam|varēsim|tiekamies|tiksimies"
    r"|ateisi\w*|būsi(u|me)|galiu|galėsiu|galime|atvyksi\w*|dalyvausi\w*|susitin?k\w*"
    r"|i['’]ll|i will|i can(?!['’]?t|not| not)|see you|приду|буду(?!щ)|могу|смогу|увидимся|встречи)(?!\w)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    rf"^\W*((bet|tomēr|taču|tačiau|but|and|no|un|ir|но|и|а|{_OF_COMING})\s+)*({_DENIED})(\s+({_OF_COMING}))*\W*$",
    re.IGNORECASE,
)
_A_MEETING = re.compile(rf"\b({_DAYS}|\w*tikšan\w*|susitikim\w*|meeting|встреч\w*)(?!\w)", re.IGNORECASE)
_WRONG = re.compile(
    r"\b(nepareiz\w*|nav (pareiz\w*|tā|taisnība)|iebilstu|kļūd\w*|nesakrīt|neatbilst|nebija|netikāmies"
    r"|īsāk\w*|ilgāk\w*|mazāk\w*|vairāk\w*|trumpiau|ilgiau|mažiau|daugiau|shorter|longer|less|more"
    r"|neteising\w*|ne taip|nesutinku|prieštarauju|klaid\w*|nesutampa|neatitinka|nebuvo|nesusitikome|netikslu"
    r"|wrong|mistake|not (right|correct|true)|incorrect|object|disagree|(was|were|did) ?n[o'’]t"
    r"|неверно|неправильно|ошибк\w*|не было|не согласен|не согласна)(?!\w)",
    re.IGNORECASE,
)
_NODS = re.compile(r"[\s👍👌✅🆗\U0001F3FB-\U0001F3FF\ufe0f]+")
# Whoever cannot wait is glad to come.
_GLAD = re.compile(
    r"\b(nevar(u|am) (vien )?(sa)?gaidīt|negaliu sulaukti|can(not|['’]?t| not) wait|не могу дождаться)\b",
    re.I,
)
# Nothing else is named that could be moved: it is the meeting, perhaps to some day.
_MOVES_IT = re.compile(
    rf"\b({_MOVE_WORDS}|move)( it| to| mūs| mus)?(\W+(uz|į|to|till|на)\b[^,.!?]*)?\W*$", re.IGNORECASE
)
_INSTEAD = re.compile(rf"\b(can|could|may) we\b[^.!?]*\b({_DAYS})\b[^.!?]*\binstead\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(vai|varbūt|ar|gal|galbūt|can|could|would|does|may|maybe|perhaps|how about|может|можно)\b[^?]*\?",
    re.IGNORECASE,
)
_DENIES = re.compile(rf"\b({_DENIED})(?!\w)", re.IGNORECASE)


def meant(text: str) -> str:
    """YES, NO or MOVE where an answer to an invitation begins with that, behind a greeting; else ""."""
    text = _said(text)
    if _NODS.fullmatch(text):
        return YES
    sentence = _first_sentence(text)
    if _NO.match(text):
        return NO if _is_no(text) else ""
    begins = bool(_YES.match(text))
    if _MOVE.search(sentence) and not _NOT_MOVED.search(sentence):
        return "" if begins else MOVE
    if not begins:
        return NO if cannot_come(sentence) and not _comes_after_all(text) else ""
    yes = not BUT.search(sentence) and not _TAKEN_BACK.search(_GLAD.sub(" ", text))
    return YES if yes else ""


def _said(text: str) -> str:
    """An answer without its greeting and its signature."""
    return without_signature(without_greeting(text.strip(), lambda rest: _YES.match(rest) or _NO.match(rest)))


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text.split("\n")[0])[0]


def cannot_come(text: str) -> bool:
    """Whether a part of it says so, whatever was asked: "No questions. But I can't on Friday."."""
    return any(_ABSENT.match(clause) for clause in re.split(r"[.,!?;:\n]+", text))


def wants_to_move(text: str) -> bool:
    """Whether it asks, in any of its sentences, that the meeting be moved."""
    sentences = re.split(r"(?<=[.!?])\s", text)
    return any(
        (meant(each) == MOVE and (_A_MEETING.search(each) or _MOVES_IT.search(each))) or _INSTEAD.search(each)
        for each in sentences
    )


def _is_no(text: str) -> bool:
    """Whether what begins with a no is one: of the hour, and not taken back by what follows."""
    if not (_BARE_NO.match(text) or _NO_AT_ALL.match(text)):
        return False
    return not _comes_after_all(text)


def _comes_after_all(text: str) -> bool:
    # Whether another hour suits is asked by whoever cannot at this one.
    return bool(_AFTER_ALL.search(_DENIES.sub(" ", _ASKS.sub(" ", text))))


def is_only_yes(text: str, name: str = "") -> bool:
    """Whether there is nothing in it but a yes, however often, thanks, a greeting and the writer's name.

    Then there is no word for somebody to read.
    """
    return _is_only(_YES, text, name)


def is_only_no(text: str, name: str = "") -> bool:
    """The same of a no."""
    return _is_only(_NO, text, name)


def _is_only(said: re.Pattern[str], text: str, name: str) -> bool:
    text = _said(text)
    if said is _YES and _NODS.fullmatch(text):
        return True
    if not said.match(text):
        return False
    rest = text
    # A picture of a smile is no word either.
    while re.search(r"\w|\?", rest):
        word = said.match(rest)
        left = rest[word.end() :] if word else without_courtesy(rest, name)
        if left == rest.strip():
            return False
        rest = left
    return True


def without_answer(text: str) -> str:
    """What stands behind a yes or a no at the beginning."""
    text = _said(text)
    said = _YES.match(text) or _NO.match(text)
    return text[said.end() :] if said else text


def is_bare(text: str) -> bool:
    """Whether a no says nothing of why."""
    text = _said(text)
    no = _NO.match(text)
    return no is not None and not re.search(r"\w", text[no.end() :])


def agrees(text: str) -> bool:
    """Whether it says yes, and nothing that follows doubts it: what is confirmed then counts."""
    return meant(text) == YES and not BUT.search(text)


def objects(text: str) -> bool:
    """Whether it says that something is not right: a no, or words for wrong."""
    return meant(text) == NO or bool(_WRONG.search(_said(text)))
