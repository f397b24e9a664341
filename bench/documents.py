"""What a PDF costs: processor time a document, beside an empty accessible page from the same run.

The first document of a process, which reads the fonts, is shown apart.
"""

import os
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import django

from bench._report import Row, report

ROUNDS = 30
MARK_MS = 40.0


def milliseconds(work: Callable[[int], bytes]) -> tuple[float, float, int]:
    """Median and worst processor time of a round, and the bytes of the last document."""
    spent = []
    size = 0
    for number in range(ROUNDS):
        began = time.process_time()
        size = len(work(number))
        spent.append((time.process_time() - began) * 1000)
    return statistics.median(spent), max(spent), size


def documents() -> dict[str, Callable[[int], bytes]]:
    """A year of one pair in each document; every round differs, so that nothing is answered from a cache."""
    from tests.documents import samples, works
    from varpa.documents.render import pdf

    def diary(number: int) -> bytes:
        entries = [
            samples.entry(notes=f"{number} {place} " + "Pārrunājām cenu. " * 30) for place in range(20)
        ]
        return pdf("diary", samples.diary(entries=entries), language="lv", title="Mentora dienasgrāmata")

    def plan(number: int) -> bytes:
        answers = [
            {"question": "Kas mums svarīgi?", "answer": f"{number} {place} " * 40} for place in range(11)
        ]
        versions = [samples.version(place, answers=answers) for place in (3, 2, 1)]
        return pdf("plan", samples.plan(versions=versions), language="lv", title="Sadarbības plāns")

    def hours(number: int) -> bytes:
        return pdf(
            "hours", samples.hours(lines=40, mentor=f"Nr. {number}"), language="lv", title="Stundu uzskaite"
        )

    def made(template: str, data: Callable[[int], Mapping[str, Any]]) -> Callable[[int], bytes]:
        return lambda number: pdf(template, data(number), language="lv", title=f"Dokuments {number}")

    return {
        "diary": diary,
        "cooperation plan": plan,
        "hours": hours,
        "business plan, 1500 words, 1 year": made(
            "business", lambda number: works.business(number, words=1500, years=1)
        ),
        "business plan, 1500 words, 3 years": made(
            "business", lambda number: works.business(number, words=1500, years=3)
        ),
        "business plan, 3000 words, 3 years": made(
            "business", lambda number: works.business(number, words=3000, years=3)
        ),
        "company profile": made("profile", works.profile),
        "presentation, 9 slides": made("slides", works.slides),
        "attendance list, 60 people": made("attendance", works.attendance),
        "protocol, 30 slots, 60 jurors": made("protocol", works.protocol),
        "certificate": made("certificate", works.certificate),
        **long_documents(),
    }


def long_documents() -> dict[str, Callable[[int], bytes]]:
    """What comes of a whole programme: its report, guidelines, results of ten and of sixty questions."""
    from tests.documents import long_samples as long
    from varpa.documents.render import pdf
    from varpa.reports.word import docx

    def written(template: str, data: Callable[[str], Mapping[str, Any]]) -> Callable[[int], bytes]:
        return lambda number: pdf(template, data(str(number)), language="lv", title="Pārskats")

    return {
        "report": written("report", long.report),
        "report as DOCX": lambda number: docx(long.edition(number), long.paper(f"Nr. {number}"), "lv"),
        "guidelines": written("guidelines", long.guidelines),
        "results, 10 questions": written("results", lambda day: long.results(day, 10)),
        "results, 60 questions": written("results", long.results),
    }


def empty(number: int) -> bytes:
    """The comparison: one accessible page with one line, by the same part and the same fonts."""
    import typst

    from varpa.documents.render import _fonts

    source = f'#set document(title: "Nr. {number}")\n#set text(font: "Piazzolla")\n= Nr. {number}\n'.encode()
    written: bytes = typst.compile(
        source, format="pdf", pdf_standards=["ua-1"], font_paths=_fonts(), ignore_system_fonts=True
    )
    return written


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varpa.site.settings")
    django.setup()
    began = time.process_time()
    empty(-1)
    first = (time.process_time() - began) * 1000
    floor, _worst, _size = milliseconds(empty)
    rows = [Row("an empty page", floor, "ms"), Row("the first of a process", first, "ms")]
    for name, work in documents().items():
        work(-1)
        median, worst, size = milliseconds(work)
        beside = f"{median / floor:.1f} x an empty page, worst {worst:.0f} ms, {size / 1000:.0f} kB"
        rows.append(Row(name, median, "ms", MARK_MS, beside))
    report("documents", rows)


if __name__ == "__main__":
    main()
