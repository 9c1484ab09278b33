"""The command `roster`: its JSON is the contract with other tools."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from smassistant.cli import main
from smassistant.domain.consents import Channel, Use

TEXT = (
    "Student Number,First Name,Last Name,Birth Date,Kind,Restricted,Expires,Photo:Website,"
    "name_social_media\n"
    "0012,Zoë,Ng,2012-03-04,,no,2027-06-30,yes,no\n"
    '0013,Ann,Bo,2012-03-05,staff,yes,,yes,"yes, but ask"\n'
    ",No,Number,2012-03-06,,,,yes,yes\n"
)
KEYS = [f"{use}:{channel}" for use in Use for channel in Channel]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def run_roster(*arguments: str, text: str = TEXT) -> tuple[int, str, str]:
        path = tmp_path / "roster.csv"
        path.write_text(text, encoding="utf-8")
        status = main(["roster", str(path), *arguments], lambda _args: 9, lambda _args: 9)
        out, err = capsys.readouterr()
        return status, out, err

    return run_roster


def test_json(run: Run) -> None:
    status, out, err = run("--json")

    assert (status, err, out.count("\n")) == (0, "", 1)
    found = json.loads(out)
    assert list(found) == [
        "rows", "people", "people_by_kind", "encoding", "delimiter", "problems",
        "ignored_columns", "mapping", "permitted",
    ]  # fmt: skip
    assert (found["rows"], found["people"]) == (3, 2)
    assert found["people_by_kind"] == {"student": 1, "staff": 1}
    assert (found["encoding"], found["delimiter"]) == ("utf-8", ",")
    assert found["ignored_columns"] == ["Birth Date"]
    assert found["mapping"]["Photo:Website"] == "photo:website"
    assert found["mapping"]["name_social_media"] == "name:social_media"
    assert list(found["permitted"]) == KEYS
    assert {key: n for key, n in found["permitted"].items() if n} == {"photo:website": 2}
    assert [
        (item["row"], item["line"], item["column"], item["code"]) for item in found["problems"]
    ] == [(3, 3, "name_social_media", "bad_value"), (4, 4, "Student Number", "missing_number")]
    assert all(item["message"] for item in found["problems"])


def test_people_follow_one_a_line(run: Run) -> None:
    status, out, _err = run("--json", "--people")
    _summary, zoe, ann = (json.loads(line) for line in out.splitlines())

    assert status == 0
    assert zoe == {
        "student_number": "0012", "first_name": "Zoë", "last_name": "Ng", "preferred_name": "",
        "other_names": [], "kind": "student", "grade": "", "homeroom": "", "school": "",
        "status": "", "restricted": False, "expires": "2027-06-30",
        "permissions": {key: key == "photo:website" for key in KEYS},
    }  # fmt: skip
    assert ann["restricted"] is True
    assert ann["permissions"]["photo:website"] is True
    assert ann["expires"] is None


def test_mapping(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[columns]\n"No." = "student_number"\n"OK?" = "photo:website"\n')
    status, out, _err = run(
        "--json", "--mapping", str(own), text="No.,First Name,Last Name,OK?\n1,A,B,yes\n"
    )

    assert status == 0
    assert json.loads(out)["permitted"]["photo:website"] == 1


def test_readable(run: Run) -> None:
    status, out, _err = run("--people")

    assert status == 0
    assert "3 rows, 2 people" in out
    assert "row 4, Student Number" in out
    assert "Birth Date" in out
    assert "2012" not in out
    assert "ask" not in out
    assert "0012  Zoë Ng: photo:website; until 2027-06-30" in out
    assert "restricted" in out


def test_readable_without_permissions(run: Run) -> None:
    _status, out, _err = run(text="student_number,first_name,last_name\n1,A,B\n")

    assert "everyone is treated as not permitted" in out
    assert "No problems" in out


@pytest.mark.parametrize("text", ["", "hello\n", "student_number,first_name,last_name\n"])
def test_a_refused_file_is_one_sentence(run: Run, text: str) -> None:
    status, out, err = run("--json", text=text)

    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "Traceback" not in err


def test_a_missing_file_or_mapping(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "gone.csv"], lambda _args: 9, lambda _args: 9) == 2
    assert "gone.csv" in capsys.readouterr().err
    assert run("--mapping", "gone.toml")[0] == 2
    assert main(["roster"], lambda _args: 9, lambda _args: 9) == 2
