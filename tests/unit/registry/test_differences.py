"""What an import would change."""

from __future__ import annotations

from pathlib import Path

from smassistant.domain.people import LEFT, Person
from smassistant.registry.differences import compare
from tests.unit.registry.roster_files import HEADINGS, read_rows


def test_new_changed_and_missing(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path,
        [*HEADINGS, "grade", "restricted"],
        ["1", "Ann", "Bo", "5", ""],
        ["2", "Cy", "Do", "6", "yes"],
        ["3", "Eve", "Fox", "7", ""],
    )
    same = Person("id-1", "1", "Ann", "Bo", grade="5", version=4)
    older = Person("id-2", "2", "Cy", "Do", grade="5", version=9)
    gone = Person("id-9", "9", "Gus", "Hay")
    found = compare(roster, [same, older, gone])

    assert [item.person.number for item in found.new] == ["3"]
    assert found.missing == (gone,)
    assert len(found.changed) == 1
    change = found.changed[0]
    assert change.before is older
    assert (change.after.id, change.after.version) == ("id-2", 9)
    assert change.after.restricted
    assert change.fields == ("grade", "restricted")


def test_nothing_to_do(tmp_path: Path) -> None:
    roster = read_rows(tmp_path, HEADINGS, ["1", "Ann", "Bo"])
    found = compare(roster, [Person("id-1", "1", "Ann", "Bo")])

    assert (found.new, found.changed, found.missing) == ((), (), ())


def test_who_was_marked_as_left_is_not_asked_about_again(tmp_path: Path) -> None:
    roster = read_rows(tmp_path, HEADINGS, ["1", "Ann", "Lee"])
    gone = Person("g", "8", "Bo", "Ng", status=LEFT)
    lost = Person("l", "9", "Cy", "Do", status="active")

    assert compare(roster, (gone, lost)).missing == (lost,)


def test_nobody_is_changed_by_what_they_have_already(tmp_path: Path) -> None:
    roster = read_rows(
        tmp_path, [*HEADINGS, "other_names", "restricted", "grade"],
        ["1", "Ann", "Lee", "", "", "4"], ["2", "Bo", "Ng", "Bob", "no", "4"],
    )  # fmt: skip
    ann = Person("a", "1", "Ann", "Lee", other_names=("Annie",), restricted=True, grade="4")
    bo = Person("b", "2", "Bo", "Ng", grade="4", avoid_names=("Robert",), signs_for_self=True)
    differences = compare(roster, (ann, bo))

    assert [(change.before, change.fields) for change in differences.changed] == [
        (bo, ("other_names",))
    ]
    assert differences.changed[0].after.avoid_names == ("Robert",)
    assert differences.changed[0].after.signs_for_self
