"""The addresses that the journey of every page cannot open, each with the reason."""

from typing import Final

FILES: Final = "gives a file that was uploaded; the tests of its room upload one"
BUILT: Final = "gives the archive that the worker has built; the tests of the dossier build and fetch one"
MAILED: Final = "its key is mailed, and to some once; the tests of its room follow it"
SHOWN_KEY: Final = "its key stands on a wall, a phone or a page of its owner; the tests of its room follow it"
CLOSED: Final = "there only after a day of defence was closed; the tests of the defence close one"
WHOLE_WAY: Final = "there once a pair has gone the whole way; the tests of closing end one so"
STAGE: Final = "there only while a day of defence is going on"
DEMO: Final = "shown in a demonstration only"
BROWSER: Final = (
    "belongs to the browser in which an application was begun; the journey of applying begins one"
)
WITH: Final = "names something beside the address that only its page knows"
PUBLISHED: Final = "there once the report is published, after which it cannot be commented on"
BEGUN: Final = "leads to the work that is begun, else its page begins it; the tests of its room begin one"
HANDED_OVER: Final = "there once the diary is handed over, and the pair of the cast is in its middle"

WHY_NOT: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            "calls:emblem",
            "diary:photograph",
            "diary:photograph_by_link",
            "events:material",
            "events:sheet",
            "guardians:scan",
            "meetings:picture",
            "meetings:private_photograph",
            "messaging:file",
            "pairs:photograph",
            "presentations:file",
            "presentations:picture",
            "presentations:source",
            "profiles:photograph",
            "programmes:emblem",
            "support:opened_file",
            "support:reported_file",
        ),
        FILES,
    ),
    **dict.fromkeys(("dossier:archive", "dossier:fetched"), BUILT),
    **dict.fromkeys(
        (
            "account_confirm_login_code",
            "calls:link",
            "defence:guest",
            "defence:guest_pulse",
            "diary:handover_by_link",
            "post:stop",
        ),
        MAILED,
    ),
    **dict.fromkeys(("defence:key", "defence:scan", "events:here", "meetings:feed"), SHOWN_KEY),
    **dict.fromkeys(("calls:review", "calls:step", "calls:withdraw"), BROWSER),
    **dict.fromkeys(
        (
            "defence:badge",
            "defence:certificate",
            "defence:issuer",
            "defence:protocol",
            "defence:protocol_table",
            "defence:verify",
            "home:everything",
        ),
        CLOSED,
    ),
    **dict.fromkeys(("closing:certificate", "closing:verify"), WHOLE_WAY),
    **dict.fromkeys(("defence:favourite", "defence:favourite_pulse", "defence:hall_page"), STAGE),
    "defence:phone": "of a made-up juror, while a day is rehearsed; the tests of the defence rehearse one",
    **dict.fromkeys(("people:stand_in", "post:body", "post:calendar", "post:letter", "post:letters"), DEMO),
    **dict.fromkeys(
        (
            "applications:decide_all",
            "guidelines:begin",
            "matching:compare",
            "matching:cost",
            "matching:mentee",
            "profiles:school_document",
        ),
        WITH,
    ),
    **dict.fromkeys(
        ("reports:edition", "reports:edition_paper", "reports:public", "reports:public_paper"), PUBLISHED
    ),
    **dict.fromkeys(("surveys:export", "surveys:results_paper"), "there once a survey has closed"),
    **dict.fromkeys(("businessplans:of_pair", "presentations:of_pair", "profiles:of_pair"), BEGUN),
    "diary:copy": HANDED_OVER,
    **dict.fromkeys(
        ("providers:begin", "providers:back"),
        "there where a provider is configured; the journey of accounts goes to one and comes back",
    ),
    "mfa_authenticate": "stands between the mailed code and the second step; the journey of both opens it",
    "factors:prove_address": "stands in the letter to a new address; the tests of it open it",
    "factors:codes": "shown to whoever has just done the second step; the journey of it opens them",
    "meetings:review": "there once a meeting has begun; the journey of the whole way writes how each was",
    "support:opened_meeting": "of a meeting of which something is noted or said only",
    "support:alone": "of somebody without a pair, whom the cast lacks; the tests of cases tell one there",
    "events:reply": "there once somebody has asked something before an event",
}

LEADS: Final[dict[str, str]] = {
    "defence:hall_slide": STAGE,
    **dict.fromkeys(
        (
            "businessplans:answer",
            "businessplans:cell_remark",
            "businessplans:remark",
            "closing:contact",
            "closing:end",
            "closing:excuse",
            "matching:by_hand",
            "meetings:agenda",
            "meetings:notes",
            "meetings:object",
            "meetings:preparation",
            "meetings:private_notes",
            "meetings:promise_day",
            "meetings:settle",
            "meetings:topics",
            "presentations:bring",
            "presentations:recommend",
            "profiles:correct",
        ),
        "takes a form that stands on another page: opened, as after signing in, it only ever leads there",
    ),
    "mfa_login_webauthn": "asked by a script; opened by itself, it only ever leads to signing in",
    "account_signup": "nobody signs up by themselves: it only ever leads to signing in",
}
"""Addresses that only ever lead to another page: that they do is all that there is to see."""

LEADS_LATER: Final[dict[str, str]] = {
    "diary:answer": HANDED_OVER,
    "events:saying_answer": "there once the members of an event talk",
}
"""Such as well, but of something that the cast does not have."""
