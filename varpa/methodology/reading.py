"""The whole methodology as one text to read, in its own order."""

from varpa.methodology.model import Methodology


def as_markdown(methodology: Methodology, language: str) -> str:
    """The methodology as Markdown, without its title."""
    return "\n\n".join(
        f"- {phase.name.within(language)}: {phase.text.within(language)}" for phase in methodology.phases
    )
