"""Which file of a methodology folder holds what; `docs/methodology-format.md` says it in words."""

from typing import Final

FILES: Final[dict[str, tuple[str, ...]]] = {
    "methodology.toml": (
        "key",
        "version",
        "title",
        "text",
        "hours_minutes",
        "months",
        "phases",
        "means",
        "kinds",
        "requirements",
        "documents",
    ),
    "people.toml": ("roles", "benefits", "stance", "abilities"),
    "calendar.toml": ("calendar",),
    "mentoring.toml": (
        "definitions",
        "unique_value",
        "aims",
        "is_not",
        "cycle",
        "communication",
        "advantages",
        "drawbacks",
        "results",
        "relationship",
        "meetings",
        "steps",
    ),
    "training.toml": ("training",),
    "lessons.toml": ("lessons",),
    "outlines.toml": ("business_plan", "company_profile", "presentation", "listening"),
    "evaluation.toml": ("evaluation", "competences", "framework"),
    "report.toml": ("report",),
    "surveys.toml": ("surveys",),
}
QUESTION_FILES: Final = ("plan", "first_meeting", "diary")
REQUIRED_FILES: Final = (
    "methodology.toml",
    "people.toml",
    "calendar.toml",
    *(f"{key}.toml" for key in QUESTION_FILES),
)
