"""The names of months and days of the week, in the forms that sentences need."""

from typing import Final

_LV = (
    ("janvārī", "janvārim", "janvāra"),
    ("februārī", "februārim", "februāra"),
    ("martā", "martam", "marta"),
    ("aprīlī", "aprīlim", "aprīļa"),
    ("maijā", "maijam", "maija"),
    ("jūnijā", "jūnijam", "jūnija"),
    ("jūlijā", "jūlijam", "jūlija"),
    ("augustā", "augustam", "augusta"),
    ("septembrī", "septembrim", "septembra"),
    ("oktobrī", "oktobrim", "oktobra"),
    ("novembrī", "novembrim", "novembra"),
    ("decembrī", "decembrim", "decembra"),
)

# Latvian declines: 17. oktobrī (when), līdz 17. oktobrim (until), 17. oktobra (of).
LV: Final = {form: tuple(month[place] for month in _LV) for place, form in enumerate(("when", "until", "of"))}
LT: Final = (
    "sausio",
    "vasario",
    "kovo",
    "balandžio",
    "gegužės",
    "birželio",
    "liepos",
    "rugpjūčio",
    "rugsėjo",
    "spalio",
    "lapkričio",
    "gruodžio",
)
EN: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# On which day of the week, Monday first.
WEEKDAYS: Final = {
    "lv": ("pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien"),
    "lt": (
        "pirmadienį",
        "antradienį",
        "trečiadienį",
        "ketvirtadienį",
        "penktadienį",
        "šeštadienį",
        "sekmadienį",
    ),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

# The month alone, as a heading of the calendar: the nominative.
NAMES: Final = {
    "lv": (
        "janvāris",
        "februāris",
        "marts",
        "aprīlis",
        "maijs",
        "jūnijs",
        "jūlijs",
        "augusts",
        "septembris",
        "oktobris",
        "novembris",
        "decembris",
    ),
    "lt": (
        "sausis",
        "vasaris",
        "kovas",
        "balandis",
        "gegužė",
        "birželis",
        "liepa",
        "rugpjūtis",
        "rugsėjis",
        "spalis",
        "lapkritis",
        "gruodis",
    ),
    "en": EN,
}
