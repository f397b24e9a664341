"""How versions of a methodology are numbered."""

from varpa.methodology.checker import LONGEST_VERSION


def next_version(version: str, number: int) -> str:
    """The version that many steps on: 1.0 and 2 give 1.2."""
    head, dot, last = version.rpartition(".")
    bumped = f"{head}{dot}{int(last) + number}" if last.isascii() and last.isdecimal() else ""
    plain = f"{version}.{number}"
    return (bumped or plain)[-LONGEST_VERSION:]
