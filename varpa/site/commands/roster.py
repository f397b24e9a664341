"""`varpa import`: a list of people from a file, shown first and then taken in whole or not at all."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from varpa.site import boot

if TYPE_CHECKING:
    from varpa.programmes.models import Programme

# What the pages say of their form is said here of the options.
NO_ROLE = (
    "The list does not say who is a mentor and who a mentee. "
    "Say it with --role mentor or --role mentee, or add a column “role”."
)
FIRST = 5
"""So many names are said, so that wrong letters are seen."""
LINES = {
    "no_role": "the role is missing: write mentor or mentee, or say it with --role.",
    "no_country": "the country is missing: write it in the list, or say it with --country.",
}


@click.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--programme", "ref", help="The programme, by its reference; may be left out where there is one."
)
@click.option(
    "--role", type=click.Choice(["mentor", "mentee"]), help="What people are where the list does not say it."
)
@click.option(
    "--country",
    metavar="CODE",
    help="Where people take part (LV, LT …) of whom neither the list nor the programme knows it.",
)
@click.option(
    "--saved-in",
    metavar="ENCODING",
    help="How a CSV was saved (cp1250, cp775 …), where its letters tell it wrong.",
)
@click.option("--yes", is_flag=True, help="Take the list in without asking.")
def roster(
    path: Path, ref: str | None, role: str | None, country: str | None, saved_in: str | None, yes: bool
) -> None:
    """Take in the people of a CSV or XLSX file PATH, as a school or a company has it.

    Any encoding and separator, headings in Latvian, Lithuanian or English, in any order. What the list would
    do is shown first. One wrong line keeps all of it out, and the same list may be taken in again. New people
    come in as applications. Ends with 1 where something is wrong, or nothing was taken in.
    """
    boot.wake()
    from varpa.applications.actions import rosters
    from varpa.applications.rosters.reading import NoRoleColumn
    from varpa.history.models import Channel
    from varpa.kernel import clock
    from varpa.kernel.refusals import Refusal
    from varpa.site import tables

    tables.migrate()
    given: dict[str, Any] = {"by": None, "now": clock.now(), "channel": Channel.COMMAND}
    try:
        shown = rosters.hold_roster(
            programme=_programme(ref),
            name=path.name,
            content=path.read_bytes(),
            role=role or "",
            country=(country or "").strip().upper(),
            saved_in=_known(saved_in),
            **given,
        )
        told, good = _told(shown.preview)
        click.echo(told)
        asked = sys.stdin.isatty() and good and not yes
        if good and (yes or (asked and click.confirm("Take these people in?"))):
            counts = rosters.take_roster(roster=shown, **given)
            click.echo(f"{counts['new']} added, {counts['changed']} changed, {counts['same']} as before.")
            return
        rosters.drop_roster(roster=shown, **given)
    except NoRoleColumn as refusal:
        raise click.ClickException(NO_ROLE) from refusal
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if good and not asked:
        click.echo("Nothing was taken in. To do it, add --yes.")
    sys.exit(1)


def _known(saved_in: str | None) -> str:
    """An encoding as the page offers it, by Python's name or the one that offices know."""
    from varpa.applications.rosters.encodings import choices

    asked = (saved_in or "").strip().lower()
    found = [codec for codec, name in choices() if asked in (codec, name.lower())]
    if asked and not found:
        told = ", ".join(codec for codec, _name in choices())
        raise click.ClickException(f"No encoding here is called {saved_in}. Known are: {told}.")
    return found[0] if found else ""


def _programme(ref: str | None) -> "Programme":
    from varpa.programmes.models import OVER, Programme

    found = Programme.objects.filter(ref=ref) if ref else Programme.objects.exclude(state__in=OVER)
    programmes = list(found.select_related("organisation", "methodology_version")[:20])
    if len(programmes) == 1:
        return programmes[0]
    if not programmes:
        raise click.ClickException(
            f"There is no programme {ref}." if ref else "There is no programme that runs. Make one first."
        )
    lines = "\n".join(f"  {each.ref}  {each}" for each in programmes)
    raise click.ClickException(f"Say which programme, by --programme:\n{lines}")


def _told(preview: dict[str, Any]) -> tuple[str, bool]:
    """What a list would do, in words; and whether it can be taken in."""
    from varpa.applications.rosters.told import column_name, sentence

    counts = preview["counts"]
    columns = ", ".join(f"{heading} ({column_name(name)})" for name, heading in preview["columns"])
    lines = [f"{preview['people']} people, read as {preview['read_as']}.", f"Columns: {columns}."]
    first = [str(line["name"]) for line in preview["first"] if line.get("name")]
    lines += [f"The first: {', '.join(first[:FIRST])}."] if first else []
    left_out = [*preview["unread"], *preview["private"]]
    lines += [f"Left out: {', '.join(left_out)}."] if left_out else []
    for name, title in (("problem", "To be put right"), ("note", "Worth knowing")):
        entries = preview[f"{name}_list"]
        lines += [f"{title}:"] if entries else []
        said = [(each, LINES.get(each["what"]) or sentence(each)) for each in entries]
        lines += [f"  line {each['line']}, {each['who'] or '?'}: {text}" for each, text in said]
        more = preview[f"{name}s"] - len(entries)
        lines += [f"  and {more} more"] if more else []
    new, changed, same = (counts.get(kind, 0) for kind in ("new", "changed", "same"))
    lines.append(f"New: {new}. Known, with something new: {changed}. Known, as before: {same}.")
    return "\n".join(lines), not preview["problems"]
