"""What people do on the way, one step each; buttons and fields have the names that stand on the pages."""

from tests.journeys.walker import Walker

SENTENCE = "Apie ką kalbėjotės? Užtenka vieno sakinio"
SENTENCE_OF_SWAP = "Ką pakeitė apsikeitimas vaidmenimis? Užtenka vieno sakinio"
LENGTH = "Kiek minučių truko susitikimas?"


def make_the_pair(manager: Walker) -> None:
    """The manager sees a mentee without a mentor, chooses one beside the topic, and asks both."""
    manager.next("Raskite porą 1 laukiančiam žmogui")
    manager.follow("Sudaryti porą rankiniu būdu")
    manager.follow("Gabija Petrauskaitė")
    manager.follow("Rimantas Žukauskas")
    assert "Keramikos dirbtuvės" in manager.text
    manager.press("Paklausti abiejų")
    assert "Abiejų paklausta: Rimantas Žukauskas, Gabija Petrauskaitė." in manager.text


def say_yes(walker: Walker, *, other: str) -> None:
    """Who the other is stands there; then yes."""
    assert other in walker.text
    walker.press("Taip, kartu")


def read_everything(walker: Walker, texts: int) -> None:
    """The texts that prepare for the mentoring, one after the other, then the notice (R1)."""
    walker.follow("Pradėti skaityti")
    for _each in range(texts):
        walker.follow_first("Skaityti:")
        walker.press("Perskaityta")
    while walker.page.locator("main section.next a.button[href*='/lessons/']").count():
        study(walker)
    walker.follow("Prie pranešimo")
    walker.press("Perskaityta, dalyvauju")
    assert walker.heading == "Viskas parengta"


def study(walker: Walker) -> None:
    """One short lesson: its page, the first answer to each question, the end."""
    walker.follow_first("Pradėti:")
    walker.follow("Prie klausimų")
    finish = walker.page.get_by_role("button", name="Baigti pamokėlę", exact=True)
    while not finish.count():
        if walker.page.locator("main input[type=radio]").count():
            walker.page.locator("main input[type=radio]").first.check()
            walker.press("Atsakyti")
        else:
            walker.follow("Kitas klausimas")
    walker.press("Baigti pamokėlę")


def plan(walker: Walker, starts: str, minutes: int, *, kind: str = "", place: str = "") -> None:
    """Fill in when, how long and of which kind; the rest is filled in already."""
    if kind:
        walker.choose("Susitikimo rūšis", kind)
    walker.write("Diena ir valanda", starts)
    walker.write("Minutės", str(minutes))
    if place:
        walker.write("Vieta", place)
    walker.press("Suplanuoti susitikimą")
    assert "Susitikimas suplanuotas." in walker.text


def ask(mentee: Walker, question: str) -> None:
    """A question for the meeting, written where the home page asks for it."""
    mentee.home()
    mentee.write("Ko nori paklausti?", question)
    mentee.press("Pridėti klausimą")
    assert question in mentee.text


def review(walker: Walker, next_thing: str, text: str, minutes: int, *, asked: str = SENTENCE) -> None:
    """After the meeting, on the home page itself: one box and a length."""
    walker.home()
    assert walker.heading == next_thing
    walker.write(asked, text)
    walker.write(LENGTH, str(minutes))
    walker.press("Išsaugoti")
    assert walker.heading != next_thing


def confirm_hours(walker: Walker) -> None:
    """What the other entered waits for a yes on the sheet of hours."""
    to_the_room(walker)
    walker.follow("Valandų apskaita")
    walker.press_first("Patvirtinti")
    assert "Patvirtinta." in walker.text


def log(mentor: Walker, text: str, starts: str, minutes: int) -> None:
    """A meeting that nobody had planned: a length and one box."""
    to_the_room(mentor)
    mentor.follow("Visi susitikimai")
    mentor.follow("Susitikimas jau įvyko")
    mentor.write("Diena ir valanda", starts)
    mentor.write("Minutės", str(minutes))
    mentor.write(SENTENCE, text)
    mentor.press("Užrašyti")
    assert text in mentor.text


def look_at_the_topic(mentor: Walker) -> None:
    """The first half of the first meeting: the topic, and the goals that come of it (R5)."""
    mentor.next("Kartu aptarkite temą ir išsikelkite pirmuosius tikslus")
    mentor.write("Kokias problemas reikia išspręsti?", "Kur rasti pirmuosius pirkėjus")
    mentor.write("Kokių veiksmų ir žingsnių reikia?", "Apskaičiuoti puodelio kainą\nParodyti darbus mugėje")
    mentor.press("Išsaugoti ir pasirinkti tikslus", inside="body")
    mentor.tick("Apskaičiuoti puodelio kainą")
    mentor.tick("Parodyti darbus mugėje")
    mentor.press("Paversti pažymėtas eilutes tikslais")
    assert "Parodyti darbus mugėje" in mentor.text


def add_a_step(mentee: Walker) -> None:
    """The mentee's next step towards a goal."""
    to_the_room(mentee)
    mentee.follow("Tikslai ir žingsniai")
    mentee.follow("Apskaičiuoti puodelio kainą")
    mentee.write("Kitas žingsnis", "Sužinoti molio kainą")
    mentee.press("Pridėti žingsnį")
    assert "Sužinoti molio kainą" in mentee.text


def to_the_room(walker: Walker) -> None:
    """The page that both have together. Where a page saves itself, its bar hides the tabs."""
    if not walker.page.locator("nav.tabs").is_visible():
        walker.home()
    walker.follow("Kartu", inside="nav.tabs")


def begin_the_plan(mentee: Walker) -> None:
    """The mentee's view of the first question, and of how often to meet."""
    to_the_room(mentee)
    mentee.follow("Bendradarbiavimo planas")
    mentee.follow("Pradėti nuo pirmo klausimo")
    mentee.write("Mano nuomonė", "Vaizdo skambučiai ir vienas vizitas.")
    mentee.press("Išsaugoti ir tęsti", inside="body")
    mentee.write("Mano nuomonė", "Noriu suprasti, ar mano kaina teisinga.")
    mentee.press("Išsaugoti ir tęsti", inside="body")


def agree_the_plan(mentor: Walker) -> None:
    """The mentor reads the mentee's view, writes what both agree, and confirms."""
    to_the_room(mentor)
    mentor.follow("Bendradarbiavimo planas")
    mentor.follow_first("Atsakyti")
    assert "Vaizdo skambučiai ir vienas vizitas." in mentor.text
    mentor.write("Dėl ko susitariame", "Vaizdo skambutis kas dvi savaites ir vienas vizitas dirbtuvėse.")
    mentor.tick("vaizdo skambutis")
    mentor.press("Išsaugoti ir tęsti", inside="body")
    mentor.follow("Visi klausimai")
    mentor.press("Patvirtinti planą")
    assert mentor.heading == "Laukiama kito patvirtinimo"


def confirm_the_plan(mentee: Walker) -> None:
    """The mentee reads the plan and confirms it too: it is agreed."""
    mentee.next("Perskaityk ir patvirtink bendradarbiavimo planą")
    assert mentee.heading == "Reikia perskaityti planą ir patvirtinti"
    assert "Vaizdo skambutis kas dvi savaites ir vienas vizitas dirbtuvėse." in mentee.text
    mentee.press("Patvirtinti planą")
    assert mentee.heading == "Planas patvirtintas"


def promise(mentee: Walker, text: str, due: str) -> None:
    """A promise is written by who makes it."""
    to_the_room(mentee)
    mentee.follow("Visi pažadai")
    mentee.write("Pažadu", text)
    mentee.write("Iki kurios dienos", due)
    mentee.press("Pažadėti")
    assert text in mentee.text


def keep_the_promise(mentee: Walker) -> None:
    to_the_room(mentee)
    mentee.follow("Visi pažadai")
    mentee.press_first("Ištesėta")
    assert "ištesėta" in mentee.text


def look_back(walker: Walker, text: str) -> None:
    """One's own review of the results."""
    to_the_room(walker)
    walker.follow("Rezultatų aptarimas")
    walker.write("Kas pasiekta, kas ne ir ką verta pasiimti su savimi?", text)
    walker.tick("Norėčiau palaikyti ryšį")
    walker.press("Išsaugoti")
    assert "Apžvalga išsaugota." in walker.text


def hand_over_the_diary(mentor: Walker) -> None:
    """All of it read as it will be read, then handed over (R6)."""
    to_the_room(mentor)
    mentor.follow("Mentoriaus dienoraštis")
    mentor.follow("Perskaityti ir perduoti")
    mentor.tick("Viskas perskaityta")
    mentor.press("Perduoti dienoraštį")
    assert "Dienoraštis perduotas." in mentor.text
