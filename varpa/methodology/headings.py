"""The headings of a methodology as a text to read: the same for every methodology."""

from typing import Final

from varpa.kernel.text import TranslatedText

HEADINGS: Final[dict[str, TranslatedText]] = {
    key: TranslatedText(*texts)
    for key, texts in {
        "definition": ("Kas ir mentorings", "Kas yra mentorystė", "What mentoring is"),
        "quoted": ("Citas definīcijas", "Kiti apibrėžimai", "Other definitions"),
        "value": ("Mentoringa īpašā vērtība", "Kuo mentorystė išskirtinė", "What makes mentoring unique"),
        "aims": ("Mērķi", "Tikslai", "Aims"),
        "aims_programme": ("Programmas mērķis", "Programos tikslas", "Aim of the programme"),
        "aims_methodology": ("Metodoloģijas mērķis", "Metodikos tikslas", "Aim of the methodology"),
        "is_not": ("Kas metodoloģija nav", "Kuo metodika nėra", "What the methodology is not"),
        "benefits": ("Ieguvumi", "Nauda", "Benefits"),
        "people": ("Cilvēki un viņu uzdevumi", "Žmonės ir jų užduotys", "The people and their tasks"),
        "knowing": (
            "Kas jāzina mentoram",
            "Ką turi žinoti mentorius",
            "What a mentor must know",
        ),
        "abilities": ("Mentora spējas", "Mentoriaus gebėjimai", "The abilities of a mentor"),
        "cycle": ("Fāzes", "Etapai", "Phases"),
        "communication": (
            "Saziņa un e-mentorings",
            "Bendravimas ir e. mentorystė",
            "Communication and e-mentoring",
        ),
        "means": ("Saziņas līdzekļi", "Bendravimo priemonės", "Means of communication"),
        "advantages": ("Priekšrocības", "Privalumai", "Advantages"),
        "drawbacks": ("Trūkumi", "Trūkumai", "Drawbacks"),
        "results": ("Ko sola programma", "Ką žada programa", "What the programme promises"),
        "outlines": (
            "Audzēkņa darbi un to daļas",
            "Mokinio darbai ir jų dalys",
            "The mentee’s work and its parts",
        ),
        "business_plan": ("Biznesa plāns", "Verslo planas", "Business plan"),
        "company_profile": ("Uzņēmuma profils", "Įmonės aprašas", "Company profile"),
        "presentation": ("Prezentācija", "Pristatymas", "Presentation"),
        "requirements": ("Ko abi paveic kopā", "Ką abi pusės nuveikia kartu", "What the two do together"),
        "relationship": ("Attiecības", "Santykiai", "The relationship"),
        "meetings": ("Tikšanās", "Susitikimai", "Meetings"),
        "kinds": ("Tikšanās veidi", "Susitikimų rūšys", "Kinds of meeting"),
        "first_meeting": ("Pirmā tikšanās", "Pirmasis susitikimas", "The first meeting"),
        "calendar": ("Kalendārs", "Kalendorius", "The calendar"),
        "training": ("Apmācības", "Mokymai", "Training"),
        "meeting_topics": (
            "Kopīgās tikšanās tēmas",
            "Bendro susitikimo temos",
            "Topics of the joint meeting",
        ),
        "evaluation": ("Novērtēšana", "Vertinimas", "Evaluation"),
        "competences": ("Kompetences", "Kompetencijos", "Competences"),
        "framework": ("Kompetenču ietvars", "Kompetencijų sandara", "Competence framework"),
        "month": ("{first}. mēnesis", "{first} mėnuo", "Month {first}"),
        "months": ("{first}.–{last}. mēnesis", "{first}–{last} mėnesiai", "Months {first} to {last}"),
        "day": ("{first}. mēneša {day}. diena", "{first} mėnesio {day} diena", "Month {first}, day {day}"),
        "last_day": (
            "{first}. mēneša pēdējā diena",
            "Paskutinė {first} mėnesio diena",
            "Last day of month {first}",
        ),
        "hours": (
            "Kopīgais laiks: {length}. Programmas ilgums mēnešos: {months}.",
            "Bendras laikas: {length}. Programos trukmė mėnesiais: {months}.",
            "Time together: {length}. Length of the programme in months: {months}.",
        ),
    }.items()
}
