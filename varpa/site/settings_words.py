"""What each variable of the environment says, for docs/settings.md; a house test asks for every one."""

WORDS = {
    "DATABASE_URL": (
        "PostgreSQL instead of SQLite: `postgresql://user:password@host:5432/name?sslmode=require`. Of two "
        "servers, `postgresql://…@one,two/name?target_session_attrs=read-write`, the one that takes changes "
        "is used."
    ),
    "PORT": "The port to listen on. Unless asked for: 8000, or the next free one.",
    "PYTHONPATH": "Where Python finds this checkout; set by `start.py`.",
    "VARPA_DATA": "The folder of everything that belongs to this installation. Default: `./data`.",
    "VARPA_FROM": "The sender of letters: `Varpa <varpa@school.example>`.",
    "VARPA_IMAP": "The mailbox of answers, read every few seconds: `imaps://user:password@host/INBOX`.",
    "VARPA_METHODOLOGIES": "The folder of the methodologies. Default: `methodologies` beside the code.",
    "VARPA_PROXIES": "How many proxies of one's own stand before the site. Default: 1 with https, else 0.",
    "VARPA_MAIL_SERVER_NAME": "The receiving mail server in `Authentication-Results`: `mx.school.example`.",
    "VARPA_REPLY": "The address of answers: `reply@school.example`; mail to `reply+…@` has to reach it too.",
    "VARPA_SCANNER": "A virus scanner, ClamAV's clamd: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`.",
    "VARPA_SECOND_STEP_DAYS": "So many days staff may go on without a second step. Default: 7; 0: at once.",
    "VARPA_SECRET": "The key of signatures. Default: made once and kept in the data folder.",
    "VARPA_SMS": "A gateway of short messages: `https://…?to={number}&text={text}` or `mailto:{number}@…`.",
    "VARPA_SMTP": "The mail server: `smtp+tls://user:password@host:587`. Without it they lie in `mailbox`.",
    "VARPA_STATIC": "Where gathered static files lie. Default: `static` in the data folder.",
    "VARPA_TEST_DATABASE": "The tests' SQLite file. Default: in memory.",
    "VARPA_URL": "The public address, `https://…`; cookies are then sent over TLS only.",
}
