"""A whole programme lived through by the command: what comes of it, twice the same, by actions alone."""

import ast
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.site.lived import DOORS, LABELLED, NAMELESS
from varpa.site.boot import MARKER, ROOT

PACKAGE = ROOT / "varpa" / "site" / "replay"
OTHER = ROOT / "tests" / "methodology" / "other"
WRITES = {
    "create",
    "save",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
MINUTES = 960


@dataclass
class Lived:
    """A replay that is going, and what it tells at its end."""

    folder: Path
    process: subprocess.Popen[str]
    account: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        if not self.account:
            out, err = self.process.communicate(timeout=300)
            assert self.process.returncode == 0, err
            self.account.update(json.loads(out))
        return self.account


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database has its tables and nothing in them."""
    folder = tmp_path_factory.mktemp("empty")
    _run(folder, ["-m", "varpa.site", "migrate"]).communicate(timeout=120)
    return folder


@pytest.fixture(scope="module")
def begun(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Lived]:
    """The programmes that these tests look at, all begun at once."""

    def begin(*options: str) -> Lived:
        folder = tmp_path_factory.mktemp("lived") / "data"
        shutil.copytree(empty, folder)
        return Lived(folder, _run(folder, ["-m", "varpa.site", "replay", *options, "--json"]))

    unread = Path(shutil.copytree(OTHER, tmp_path_factory.mktemp("unread") / "other"))
    written = (unread / "methodology.toml").read_text("utf-8")
    (unread / "methodology.toml").write_text(written.replace("required = true\n", ""), "utf-8")
    half = ("--pairs", "2", "--seed", "3", "--until", "2013-10-31")
    return {
        "whole": begin("--pairs", "6", "--seed", "7"),
        "half": begin(*half),
        "the same half": begin(*half),
        "other": begin("--pairs", "1", "--methodology", str(OTHER)),
        "unread": begin("--pairs", "2", "--until", "2013-05-31", "--methodology", str(unread)),
    }


def _run(folder: Path, command: list[str]) -> subprocess.Popen[str]:
    surroundings = {**os.environ, "VARPA_DATA": str(folder), "DATABASE_URL": "", "VARPA_SMTP": ""}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=surroundings, **pipes)


def _rows(folder: Path, ask: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "varpa.sqlite3")) as database:
        return database.execute(ask).fetchall()


def test_five_of_six_pairs_go_the_whole_way(begun: dict[str, Lived]) -> None:
    pairs = begun["whole"].told()["pairs"]
    complete = [each for each in pairs if each["outcome"] == "completed"]
    assert len(pairs) == 6
    assert len(complete) >= 5
    for each in complete:
        assert each["hours_minutes"] >= MINUTES
        assert each["visit_held"]
        assert each["role_swap_held"]
        assert each["plan_versions"] >= 1
        assert each["diary_handed_over"]


FOUND = (
    "SELECT line.id FROM matching_line line JOIN matching_run run ON run.id = line.run_id"
    " JOIN matching_entrant mentee ON mentee.id = line.mentee_id"
    " JOIN matching_entrant mentor ON mentor.id = line.mentor_id"
    " WHERE mentee.membership_id = pair.mentee_id AND mentor.membership_id = pair.mentor_id"
    " AND run.state = 'done' AND run.ended_at <= pair.proposed_at"
)
"""The lines in which a run has found the two of a pair before they were asked."""
PROVEN = "SELECT DISTINCT state, json_extract(figures, '$.proven') FROM matching_run"


def test_the_pairs_are_those_of_a_run_that_is_proven_the_best(begun: dict[str, Lived]) -> None:
    pairs = begun["whole"].told()["pairs"]
    folder = begun["whole"].folder
    assert _rows(folder, f"SELECT count(*) FROM pairs_pair pair WHERE EXISTS ({FOUND})") == [(len(pairs),)]
    assert _rows(folder, "SELECT count(*) FROM pairs_pair WHERE answer_by IS NULL") == [(0,)]
    assert _rows(folder, "SELECT count(*) FROM pairs_answer WHERE yes") == [(2 * len(pairs),)]
    assert _rows(folder, PROVEN) == [("done", 1)]
    assert _rows(folder, "SELECT count(*) FROM matching_line WHERE locked") == [(1,)]
    points = {found for (found,) in _rows(folder, "SELECT points FROM matching_line")}
    assert len(points) == len(pairs)


def test_the_two_write_to_each_other_answer_and_say_when_they_are_away(begun: dict[str, Lived]) -> None:
    begun["whole"].told()
    folder = begun["whole"].folder
    pairs = "SELECT count(DISTINCT thread.pair_id) FROM messaging_thread thread"
    written = " JOIN messaging_message message ON message.thread_id = thread.id"
    assert _rows(folder, pairs + written + " WHERE message.side = 'mentee'")[0][0] >= 5
    assert _rows(folder, pairs + written + " WHERE message.side = 'mentor'")[0][0] >= 5
    assert _rows(folder, pairs + " WHERE thread.about_kind = 'meeting'")[0][0] >= 1
    assert _rows(folder, "SELECT count(*) FROM absences_absence")[0][0] >= 1


def test_the_pairs_report_to_the_joint_meeting_half_way(begun: dict[str, Lived]) -> None:
    activity = next(each for each in begun["whole"].told()["activities"] if each["key"] == "pairs_report")
    assert activity["done"] == activity["of"]


def test_who_has_applied_twice_is_one(begun: dict[str, Lived]) -> None:
    begun["whole"].told()
    assert _rows(begun["whole"].folder, "SELECT state FROM merges_merge") == [("done",)]


BEGUN_FROM = (
    "SELECT programme.state, taken.version FROM programmes_programme programme"
    " JOIN programmes_methodologyversion taken ON taken.id = programme.methodology_version_id"
    " ORDER BY programme.id"
)
"""The programmes, with the version of the methodology from which each began."""


def test_the_next_programme_starts_from_what_this_one_has_learnt(begun: dict[str, Lived]) -> None:
    told = begun["whole"].told()["guidelines"]
    assert (told["versions"], told["languages"]) == (1, ["lv", "lt", "en"])
    assert told["recommendations"] >= 3
    assert _rows(begun["whole"].folder, BEGUN_FROM) == [("closed", "1.0"), ("draft", "1.1")]


def test_the_account_has_the_agreed_shape(begun: dict[str, Lived]) -> None:
    told = begun["whole"].told()
    counted = {"letters", "history_lines", "actions", "seconds"}
    lists = {"programme", "pairs", "activities", "deliverables", "events", "defence", "support"}
    evaluated = {"surveys", "promised_results", "guidelines"}
    assert set(told) == {*lists, *evaluated, *counted}
    support = {"failed", "failed_flagged_four_weeks_before", "flagged", "flagged_rightly"}
    assert set(told["support"]) == support
    assert told["support"]["failed_flagged_four_weeks_before"] <= told["support"]["failed"]
    assert told["support"]["flagged_rightly"] <= told["support"]["flagged"]
    assert set(told["programme"]) == {"ref", "state", "starts", "ends", "languages"}
    assert {each["state"] for each in told["activities"]} <= {"not_yet", "open", "late", "done"}
    assert set(told["letters"]) == {"lv", "lt", "en"}


def test_the_joint_meetings_are_held_and_counted(begun: dict[str, Lived]) -> None:
    """In July and in November: people once, and every time (methodology §10)."""
    told = begun["whole"].told()["events"]
    assert [each["key"] for each in told] == ["first", "second"]
    for each in told:
        assert set(each) == {"key", "invited", "attended_persons", "participations"}
        assert 0 < each["attended_persons"] <= each["participations"] <= each["invited"]


def test_what_mentees_make_is_handed_in_approved_and_rehearsed(begun: dict[str, Lived]) -> None:
    made = begun["whole"].told()["deliverables"]
    assert set(made) == {"plans_submitted", "profiles_approved", "presentations_rehearsed"}
    assert all(5 <= count <= 6 for count in made.values())


def test_plans_are_defended_and_nothing_is_said_after_the_close(begun: dict[str, Lived]) -> None:
    told = begun["whole"].told()
    defence = told["defence"]
    assert 4 <= defence["slots"] <= told["deliverables"]["plans_submitted"]
    assert defence["jurors"] >= 6
    assert defence["money_cents"] > 0
    assert defence["votes_after_close"] == 0
    assert len(defence["protocol_sha256"]) == 64
    folder = begun["whole"].folder
    assert _rows(folder, "SELECT count(*) FROM defence_juror WHERE spent > budget") == [(0,)]
    assert _rows(folder, "SELECT place FROM defence_defence") == [("Jelgava, Svētes iela 33",)]
    own = (
        "SELECT count(*) FROM defence_word word JOIN defence_slot slot ON slot.id = word.slot_id"
        " JOIN defence_juror juror ON juror.id = word.juror_id"
        " JOIN businessplans_businessplan plan ON plan.id = slot.plan_id"
        " JOIN pairs_pair pair ON pair.mentee_id = plan.membership_id"
        " JOIN programmes_membership mentor ON mentor.id = pair.mentor_id"
        " WHERE mentor.person_id = juror.person_id AND word.amount > 0"
    )
    assert _rows(folder, own) == [(0,)]


def test_people_are_asked_in_the_middle_and_at_the_end(begun: dict[str, Lived]) -> None:
    told = {each["key"]: each for each in begun["whole"].told()["surveys"]}
    assert {"progress_survey", "final_survey", "competences_start", "competences_end"} == set(told)
    for each in told.values():
        assert each["sent"] // 2 < each["answered"] <= each["sent"]
    folder = begun["whole"].folder
    anonymous = (
        "SELECT count(*) FROM surveys_sheet sheet JOIN surveys_survey survey ON survey.id = sheet.survey_id"
        " WHERE survey.secrecy = 'anonymous' AND sheet.membership_id IS NOT NULL"
    )
    assert _rows(folder, anonymous) == [(0,)]
    assert _rows(folder, "SELECT count(*) FROM surveys_draft") == [(0,)]


def test_each_promised_result_says_what_shows_it(begun: dict[str, Lived]) -> None:
    results = begun["whole"].told()["promised_results"]
    states = {each["key"]: each["state"] for each in results}
    assert list(states) == [
        "competences",
        "business_plans",
        "company_profile",
        "diary",
        "evaluation",
        "guidelines",
    ]
    assert set(states.values()) <= {"reached", "partly", "missing"}
    assert states["evaluation"] == states["guidelines"] == "reached"
    assert all(any(map(str.isdigit, each["evidence"])) for each in results[:4])
    folder = begun["whole"].folder
    assert _rows(folder, "SELECT count(*), min(gaps), max(gaps) FROM reports_edition") == [(1, 0, 0)]


def test_what_is_called_the_same_is_counted_the_same(begun: dict[str, Lived]) -> None:
    """In the dossier's sums and in the report's figures: whoever reads both holds them against each other."""
    begun["whole"].told()
    out, err = _run(begun["whole"].folder, ["-c", LABELLED]).communicate(timeout=120)
    assert out, err
    dossier, report = json.loads(out)
    both = dossier.keys() & report.keys()
    assert both >= {"Diaries handed over", "Company profiles approved", "Business plans submitted"}
    assert {each: dossier[each] for each in both} == {each: report[each] for each in both}
    assert "Mentors" in report.keys() - dossier.keys()


def test_what_happens_by_itself_is_not_said_to_be_done_on_the_page(begun: dict[str, Lived]) -> None:
    for lived in begun.values():
        lived.told()
        on_pages = {verb for (verb,) in _rows(lived.folder, NAMELESS.format("web"))}
        assert on_pages <= DOORS
    by_itself = {verb for (verb,) in _rows(begun["whole"].folder, NAMELESS.format("system"))}
    assert by_itself > {"hours.confirm", "pair_report.begin", "survey.close", "survey.open", "survey.remind"}
    assert not by_itself & DOORS


def test_one_seed_is_one_programme(begun: dict[str, Lived]) -> None:
    """Only `seconds` may differ."""
    first, second = ({**begun[name].told(), "seconds": 0} for name in ("half", "the same half"))
    assert first == second


def test_stopped_in_the_middle_it_stands_in_the_middle(begun: dict[str, Lived]) -> None:
    told = begun["half"].told()
    assert told["programme"]["state"] == "running"
    assert {each["state"] for each in told["pairs"]} == {"active"}
    assert {"done", "open", "not_yet"} <= {each["state"] for each in told["activities"]}


def test_another_methodology_runs_without_a_line_of_code(begun: dict[str, Lived]) -> None:
    pairs = begun["other"].told()["pairs"]
    assert [each["outcome"] for each in pairs] == ["completed"]
    assert all(each["hours_minutes"] >= 600 for each in pairs)


def test_where_nothing_has_to_be_read_the_manager_prepares_people(begun: dict[str, Lived]) -> None:
    assert {each["state"] for each in begun["unread"].told()["pairs"]} == {"active"}


def test_nobody_is_written_to_about_a_meeting_before_being_prepared(begun: dict[str, Lived]) -> None:
    begun["whole"].told()
    written = "letter.kind LIKE 'meetings.%' OR letter.kind = 'pairs.started'"
    people = (
        "FROM post_letter letter JOIN programmes_membership member ON member.person_id = letter.person"
        " JOIN programmes_preparation step ON step.membership_id = member.id"
    )
    assert _rows(begun["whole"].folder, f"SELECT count(*) {people} WHERE {written}") > [(100,)]
    # Who comes of age meanwhile confirms it later: until then the guardian's permission counts.
    first = "step.step IN ('training', 'notice')"
    early = f"SELECT letter.kind {people} WHERE {first} AND letter.created_at < step.at AND ({written})"
    assert _rows(begun["whole"].folder, early) == []


def test_a_folder_with_people_is_refused_in_a_sentence(begun: dict[str, Lived]) -> None:
    begun["half"].told()
    process = _run(begun["half"].folder, ["-m", "varpa.site", "replay", "--pairs", "1", "--json"])
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert out == ""
    assert "needs an empty one" in err


def test_the_demonstration_lays_the_table_for_its_cast(empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(empty, folder)
    (folder / MARKER).write_text("A demonstration.\n")
    grow = (
        "from varpa.site import boot; boot.wake(); from varpa.site.replay import live;"
        "live(running=3, ended=1); live(running=3, ended=1)"
    )
    process = _run(folder, ["-c", grow])
    _out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    people = "people_person WHERE roster_key LIKE 'cast:%'"
    mentoring = [f"cast:{side}-{which}" for side in ("mentor", "mentee") for which in ("lv", "lt", "new")]
    keys = {key for (key,) in _rows(folder, f"SELECT roster_key FROM {people}")}
    assert keys == {"cast:manager", "cast:lead", *mentoring}
    assert _rows(folder, BEGUN_FROM) == [("closed", "1.0"), ("running", "1.1"), ("recruiting", "1.1")]
    assert _rows(folder, "SELECT count(*) FROM programmes_lessondone")[0][0] > 0
    taken = "SELECT kind, count(*) FROM absences_takenhours GROUP BY kind ORDER BY kind"
    assert _rows(folder, taken) == [("lessons", 10), ("practice", 2)]
    learnt = "SELECT state FROM guidelines_version v JOIN programmes_programme p ON p.id = v.programme_id"
    assert _rows(folder, f"{learnt} WHERE v.public_at IS NOT NULL") == [("closed",)]
    asked = {"guardians_schoolcontact": 2, "applications_view": 2, "applications_note": 2}
    for table, wanted in {**asked, "guardians_schoolword": 1}.items():
        assert _rows(folder, f"SELECT count(*) FROM {table}") == [(wanted,)], table
    recruits = "programme_id IN (SELECT id FROM programmes_programme WHERE state = 'recruiting')"
    applied = f"SELECT count(*) FROM programmes_membership WHERE state = 'applied' AND {recruits}"
    assert _rows(folder, applied) == [(6,)]
    assert _rows(folder, "SELECT count(*) FROM pairs_pair WHERE state = 'proposed'") == [(1,)]
    of_the_cast = (
        f"mentee_id IN (SELECT id FROM programmes_membership WHERE person_id IN (SELECT id FROM {people}))"
    )
    going = f"pair_id IN (SELECT id FROM pairs_pair WHERE state = 'active' AND {of_the_cast})"
    for wanted in (
        "meetings_meeting WHERE state = 'planned'",
        "meetings_hourline WHERE state = 'waiting'",
        "meetings_promise WHERE state = 'open'",
        "pairs_plan WHERE state = 'agreed'",
        "pairs_happening WHERE fact = 'visit_held'",
    ):
        assert _rows(folder, f"SELECT count(DISTINCT pair_id) FROM {wanted} AND {going}") == [(2,)], wanted
    assert _rows(
        folder, "SELECT count(*) FROM pairs_pair WHERE state = 'proposed' AND answer_by IS NOT NULL"
    ) == [(1,)]
    of_their_own = f"{of_the_cast} AND {of_the_cast.replace('mentee_id', 'mentor_id')}"
    assert _rows(folder, f"SELECT count(*) FROM pairs_pair WHERE {of_their_own}") == [(3,)]
    _matched_again(folder)
    diaries = f"SELECT id FROM diary_diary WHERE {going}"
    drafts = f"diary_entry WHERE state = 'draft' AND diary_id IN ({diaries})"
    assert _rows(folder, f"SELECT count(DISTINCT diary_id) FROM {drafts}") == [(2,)]


def _matched_again(folder: Path) -> None:
    """One has said no, with a reason, and a smaller run has found another mentor; nobody else has moved."""
    assert _rows(folder, PROVEN) == [("done", 1)]
    declined = "SELECT pair.mentee_id FROM pairs_answer said JOIN pairs_pair pair ON pair.id = said.pair_id"
    declined += " WHERE NOT said.yes AND said.reason != '' AND pair.state = 'ended'"
    assert len(_rows(folder, declined)) == 1
    again = f"SELECT count(*) FROM pairs_pair pair WHERE state = 'active' AND mentee_id IN ({declined})"
    assert _rows(folder, f"{again} AND EXISTS ({FOUND})") == [(1,)]
    running = "programme_id IN (SELECT id FROM programmes_programme WHERE state = 'running')"
    runs = f"SELECT json_extract(figures, '$.placed') FROM matching_run WHERE {running} ORDER BY id"
    assert [placed for (placed,) in _rows(folder, runs)] == [3, 1, 1]
    assert _rows(folder, f"SELECT count(*) FROM pairs_pair pair WHERE NOT EXISTS ({FOUND})") == [(0,)]


def test_nothing_is_written_but_through_actions() -> None:
    direct = [
        f"{path.name}:{node.lineno} .{node.func.attr}()"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert direct == []
