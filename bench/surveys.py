"""Results of 2,000 answers to 60 questions: reckoned once by the worker, then a page of what is kept."""

import statistics
import time

from bench._report import Row, report
from bench._site import FLOOR, floor_page, folder, served, session

PAGE, QUERIES = 5.0, 12
ROUNDS, TIMES = 5, 20


def main() -> None:
    with folder() as data:
        from django.test import Client
        from django.utils import timezone

        from bench import _growth
        from bench._queries import asked
        from tests.surveys.test_marks import ANSWERS, QUESTIONS, large
        from varpa.surveys.actions.results import compute_results

        grown = _growth.grow(20)
        survey = large(grown.programme)
        begun = time.process_time()
        compute_results(survey=survey, now=timezone.now())
        reckoned = time.process_time() - begun
        path, cookie = f"/surveys/{survey.ref}/results/", session(grown.manager)
        client = Client()
        client.force_login(grown.manager)
        queries = asked(client, path)
        floor = floor_page()
        with served(FLOOR, data) as least, served(data=data) as site:
            costs = [
                site.cost(path, cookie, TIMES, warm=4) / least.cost(*floor, TIMES, warm=4)
                for _round in range(ROUNDS)
            ]
            weight = len(site.get(path, cookie)[1]) / 1000
    report(
        "surveys",
        [
            Row(f"reckoned, {ANSWERS} answers to {QUESTIONS} questions", reckoned, "s"),
            Row("page: processor ÷ floor", statistics.median(costs), "", PAGE, f"{weight:.1f} kB"),
            Row("page: queries", queries, "", QUERIES),
        ],
    )


if __name__ == "__main__":
    main()
