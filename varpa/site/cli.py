"""The command line: `varpa COMMAND`, the same as `python3 start.py COMMAND`."""

import click

from varpa.site.commands import (
    backup,
    dossier,
    guidelines,
    mail,
    matching,
    methodology,
    organisation,
    person,
    replay,
    roster,
    service,
    serving,
    slides,
    testing,
    upkeep,
)

COMMANDS = (
    serving.serve,
    serving.demo,
    serving.work,
    serving.grow,
    organisation.organisation,
    person.person,
    methodology.methodology,
    guidelines.guidelines,
    replay.replay,
    roster.roster,
    dossier.dossier,
    dossier.dossiers,
    slides.slides,
    matching.match,
    matching.matchings,
    mail.mail_in,
    mail.lmtp,
    backup.backup,
    backup.restore,
    backup.restored,
    upkeep.migrate,
    upkeep.prepare,
    upkeep.check,
    service.service,
    upkeep.catalogues,
    upkeep.docs,
    testing.test,
    testing.bench,
    testing.tidy,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Varpa runs a whole mentoring programme by its methodology.

    Without a command, `python3 start.py` serves the site. What belongs to an installation lies in the
    folder VARPA_DATA (default ./data); another database is named by DATABASE_URL, a mail server by
    VARPA_SMTP, the address of answers by VARPA_REPLY, the public address by VARPA_URL.
    """


for command in COMMANDS:
    main.add_command(command)
