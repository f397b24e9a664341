"""The addresses that the journey of every page cannot open, each with the reason."""

from typing import Final

FILES: Final = "gives a file that was uploaded; the tests of its room upload one"
ONCE: Final = "its key is mailed or shown once; the tests of its room follow it"
CLOSED: Final = "there only after a day of defence was closed; the journey of the whole way closes one"
STAGE: Final = "there only while a day of defence is going on"
DEMO: Final = "shown in a demonstration only"
BROWSER: Final = (
    "belongs to the browser in which an application was begun; the journey of applying begins one"
)
WITH: Final = "names something beside the address that only its page knows"
PUBLISHED: Final = "there once the report is published, after which it cannot be commented on"

WHY_NOT: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            "businessplans:picture",
            "calls:emblem",
            "dossier:archive",
            "dossier:fetched",
            "events:material",
            "events:sheet",
            "guardians:scan",
            "meetings:picture",
            "messaging:file",
            "pairs:photograph",
            "presentations:file",
            "presentations:picture",
            "presentations:source",
            "profiles:photograph",
            "programmes:emblem",
            "support:opened_file",
        ),
        FILES,
    ),
    **dict.fromkeys(
        ("calls:link", "diary:handover_by_link", "events:here", "meetings:feed", "post:stop"),
        ONCE,
    ),
    **dict.fromkeys(("calls:review", "calls:step", "calls:withdraw"), BROWSER),
    **dict.fromkeys(
        (
            "defence:badge",
            "defence:certificate",
            "defence:issuer",
            "defence:key",
            "defence:protocol",
            "defence:verify",
            "home:everything",
        ),
        CLOSED,
    ),
    **dict.fromkeys(
        (
            "defence:favourite",
            "defence:favourite_pulse",
            "defence:guest",
            "defence:guest_pulse",
            "defence:phone",
            "defence:scan",
        ),
        STAGE,
    ),
    **dict.fromkeys(("people:stand_in", "post:body", "post:calendar", "post:letter", "post:letters"), DEMO),
    **dict.fromkeys(
        (
            "guidelines:begin",
            "matching:compare",
            "matching:cost",
            "matching:mentee",
            "merges:compare",
            "profiles:school_document",
        ),
        WITH,
    ),
    **dict.fromkeys(
        ("reports:edition", "reports:edition_paper", "reports:public", "reports:public_paper"), PUBLISHED
    ),
    **dict.fromkeys(("surveys:export", "surveys:results_paper"), "there once a survey has closed"),
    "support:opened_meeting": "of a meeting with notes only",
    "diary:answer": "there once a diary is asked for, and the pair of the cast is in its middle",
    "events:reply": "there once somebody has asked something before an event",
    "events:saying_answer": "there once the members of an event talk",
}
