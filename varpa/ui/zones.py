"""The names of the cities by which time zones are known; a city that is not here has its English name."""

from typing import Final

_CITIES = (
    ("Riga", "Rīga", "Ryga"),
    ("Vilnius", "Viļņa", "Vilnius"),
    ("Tallinn", "Tallina", "Talinas"),
    ("Amsterdam", "Amsterdama", "Amsterdamas"),
    ("Athens", "Atēnas", "Atėnai"),
    ("Berlin", "Berlīne", "Berlynas"),
    ("Brussels", "Brisele", "Briuselis"),
    ("Bucharest", "Bukareste", "Bukareštas"),
    ("Budapest", "Budapešta", "Budapeštas"),
    ("Chisinau", "Kišiņeva", "Kišiniovas"),
    ("Copenhagen", "Kopenhāgena", "Kopenhaga"),
    ("Dublin", "Dublina", "Dublinas"),
    ("Helsinki", "Helsinki", "Helsinkis"),
    ("Istanbul", "Stambula", "Stambulas"),
    ("Kyiv", "Kijiva", "Kyjivas"),
    ("Lisbon", "Lisabona", "Lisabona"),
    ("London", "Londona", "Londonas"),
    ("Luxembourg", "Luksemburga", "Liuksemburgas"),
    ("Madrid", "Madride", "Madridas"),
    ("Minsk", "Minska", "Minskas"),
    ("New York", "Ņujorka", "Niujorkas"),
    ("Oslo", "Oslo", "Oslas"),
    ("Paris", "Parīze", "Paryžius"),
    ("Prague", "Prāga", "Praha"),
    ("Reykjavik", "Reikjavīka", "Reikjavikas"),
    ("Rome", "Roma", "Roma"),
    ("Sofia", "Sofija", "Sofija"),
    ("Stockholm", "Stokholma", "Stokholmas"),
    ("Vienna", "Vīne", "Viena"),
    ("Warsaw", "Varšava", "Varšuva"),
    ("Zurich", "Cīrihe", "Ciurichas"),
)

CITIES: Final[dict[str, dict[str, str]]] = {
    "lv": {english: latvian for english, latvian, _lithuanian in _CITIES},
    "lt": {english: lithuanian for english, _latvian, lithuanian in _CITIES},
    "en": {},
}
