"""A programme keeps its methodology as JSON, so that it never changes because the folder did."""

import json
from dataclasses import replace

import pytest

from varpa.methodology import Methodology, digest, from_json, overrides, to_json


@pytest.mark.parametrize("name", ["seed", "other"])
def test_a_snapshot_comes_back_equal(request: pytest.FixtureRequest, name: str) -> None:
    methodology: Methodology = request.getfixturevalue(name)
    again = from_json(json.loads(json.dumps(to_json(methodology))))
    assert again == methodology
    assert type(again.phases[0].begins) is type(methodology.phases[0].begins)
    assert type(again.activities()[0].evidence) is type(methodology.activities()[0].evidence)
    assert digest(again) == digest(methodology)


def test_digests_differ_where_methodologies_do(seed: Methodology, other: Methodology) -> None:
    changed = replace(seed, hours_minutes=seed.hours_minutes + 1)
    assert len({digest(seed), digest(other), digest(changed)}) == 3
    assert len(digest(seed)) == 64


def test_a_snapshot_of_an_older_form_still_reads(seed: Methodology) -> None:
    data = to_json(seed)
    for name in ("text", "cycle", "competences"):
        del data[name]
    assert from_json(data).competences == ()


def test_something_else_is_no_snapshot(seed: Methodology) -> None:
    data = to_json(seed)
    del data["phases"]
    with pytest.raises(TypeError):
        from_json(data)


def test_the_changes_of_a_programme_leave_its_snapshot_alone(seed: Methodology) -> None:
    before = digest(seed)
    overrides.apply(seed, {"hours_minutes": 60})
    assert digest(seed) == before
