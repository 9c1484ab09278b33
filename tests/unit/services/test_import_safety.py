"""An import is whole or not at all, and what nobody needs never reaches the disk."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from smassistant.domain.consents import Channel, Use
from smassistant.domain.imports import RosterChoices
from smassistant.errors import Cancelled, UserError
from smassistant.jobs import Task
from smassistant.log import close_log, open_log
from smassistant.services import importing
from smassistant.services.importing import import_roster, mark_missing, preview_roster, undo_import
from smassistant.services.keeping_registry import find_people, open_person, restrict_person
from smassistant.services.merging import merge_people
from tests.unit.services.conftest import LOGAN, TESS, School
from tests.unit.services.registry_dump import dump

HEAD = "student_number,first_name,last_name,photo,name\n"
PLANTED = ("2016-02-29", "17 Hidden Lane", "780-555-0147", "peanut anaphylaxis", "father may not")
UNNEEDED = "Birth Date,Home Address,Phone,Medical Alert,Custody Notes,"


def many(folder: Path, count: int) -> Path:
    file = folder / "many.csv"
    rows = (f"{1000 + n},First{n},Last{n},yes,no\n" for n in range(count))
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    return file


@pytest.mark.parametrize("stop_after", [1, 2, 3])
def test_a_cancel_at_any_point_changes_nothing(
    either: School, tmp_path: Path, stop_after: int
) -> None:
    preview = preview_roster(either.context, many(tmp_path, 5000))
    was = dump(either.context)
    seen: list[int] = []
    task = Task()

    def watch(done: int, _total: int, _label: str) -> None:
        seen.append(done)
        if len(seen) == stop_after:
            task.cancel()

    task.progress = watch
    with pytest.raises(Cancelled):
        import_roster(either.context, either.records, preview, task)
    assert dump(either.context) == was
    assert len(seen) == stop_after


def test_a_failure_in_the_middle_changes_nothing(
    either: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = preview_roster(either.context, many(tmp_path, 5000))
    was = dump(either.context)
    make, made = importing.id_in_step, []

    def fail_late(step_id: str, number: int) -> str:
        made.append(number)
        if len(made) > 4500:
            raise OSError("power cut")
        return make(step_id, number)

    monkeypatch.setattr(importing, "id_in_step", fail_late)
    with pytest.raises(OSError, match="power cut"):
        import_roster(either.context, either.records, preview)
    assert dump(either.context) == was


def test_a_full_disk_changes_nothing_and_is_told_plainly(school: School, tmp_path: Path) -> None:
    preview = preview_roster(school.context, many(tmp_path, 5000))
    was = dump(school.context)
    engine = school.context.store._engine  # type: ignore[attr-defined]
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 40}")
    with pytest.raises(UserError, match="disk is full"):
        import_roster(school.context, school.records, preview)
    assert dump(school.context) == was


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from smassistant.jobs import Task
    from smassistant.services.importing import import_roster, preview_roster
    from tests.unit.services.conftest import open_school

    folder, file = Path(sys.argv[1]), Path(sys.argv[2])
    school = open_school(folder)
    def die(done, total, label):
        if done >= 4000:
            os.kill(os.getpid(), signal.SIGKILL)
    preview = preview_roster(school.context, file)
    import_roster(school.context, school.records, preview, Task(die))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_import_leaves_nothing_behind(tmp_path: Path) -> None:
    from smassistant.storage.engine import open_sqlite

    file = many(tmp_path, 9000)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), str(file)],
        cwd=Path(__file__).parents[3], capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    engine = open_sqlite(tmp_path / "school.db", bytes(32))
    with engine.connect() as connection:
        people = connection.execute(text("SELECT count(*) FROM people")).scalar()
        imports = connection.execute(text("SELECT count(*) FROM imports")).scalar()
        assert (people, imports) == (2, 0)
        assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
    engine.dispose()


def test_what_nobody_needs_never_reaches_the_disk(
    school: School,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    data_dir: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    data_dir.mkdir()
    open_log(data_dir / "logs")
    caplog.set_level(logging.DEBUG, "smassistant")
    outside = tmp_path.parent / "the-roster"
    outside.mkdir(exist_ok=True)
    file = outside / "export.csv"
    head = HEAD.replace("photo", UNNEEDED + "photo")
    rows = [f"90,Ines,Corbett,{','.join(PLANTED)},yes,no\n", f"91,Bo,,{','.join(PLANTED)},x,=1\n"]
    file.write_text(head + "".join(rows), encoding="utf-8")
    try:
        preview = preview_roster(school.context, file)
        done = import_roster(school.context, school.records, preview)
        held = [*tmp_path.rglob("*"), *data_dir.rglob("*")]
        undo_import(school.context, school.records, done.import_id)
        logging.getLogger("smassistant").warning("the log is open")
    finally:
        close_log()
    assert list(data_dir.rglob("*.log"))
    assert set(preview.ignored_columns) == set(UNNEEDED.strip(",").split(","))
    everything = str(dump(school.context)) + repr(preview) + str(preview.sample) + trail(school)
    assert not [word for word in PLANTED if word in everything]
    for path in (*held, *tmp_path.rglob("*"), *data_dir.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in PLANTED if word.encode() in content], path
            assert b"Corbett" not in content, path


def trail(school: School) -> str:
    with school.context.store.read() as work:
        return str(work.trail.list())


def test_every_column_of_the_database_is_free_of_what_nobody_needs(
    either: School, tmp_path: Path
) -> None:
    file = tmp_path / "export.csv"
    head = HEAD.replace("photo", UNNEEDED + "photo")
    file.write_text(f"{head}90,Ines,Corbett,{','.join(PLANTED)},yes,no\n", encoding="utf-8")
    import_roster(either.context, either.records, preview_roster(either.context, file))
    engine = either.context.store._engine  # type: ignore[attr-defined]
    from sqlalchemy import inspect

    stored = ""
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            stored += str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
    assert "Corbett" in stored
    assert not [word for word in PLANTED if word in stored]


def test_two_people_who_bring_one_roster_in_at_once_add_nobody_twice(
    either: School, tmp_path: Path
) -> None:
    file = many(tmp_path, 300)
    together = threading.Barrier(2)

    def bring(_: int) -> int:
        preview = preview_roster(either.context, file)
        together.wait()
        return import_roster(either.context, either.records, preview).added

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(bring, range(2))) == [0, 300]
    assert find_people(either.context, either.records).total == 302


# What a preview says


@pytest.fixture
def preview_of(school: School, tmp_path: Path):
    def preview(*rows: str, head: str = HEAD, choices: RosterChoices | None = None):
        file = tmp_path / "roster.csv"
        file.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return preview_roster(school.context, file, choices)

    return preview


def test_what_gets_better_and_worse_is_told_before_anything_changes(
    school: School, preview_of
) -> None:
    school.clock.pass_time(days=1)
    preview = preview_of("52,Tessaly,Brightwater,no,yes", "51,Logan,Vantongeren,yes,no")
    worse = {(item.person.id, item.use, item.channel) for item in preview.worse}
    assert worse == {(TESS.id, Use.PHOTO, Channel.SOCIAL_MEDIA)}
    assert preview.better == 3 + 4  # Logan's photo everywhere, Tess's names on two more channels
    done = import_roster(school.context, school.records, preview)
    assert done.worsened == (TESS.id,)
    record = open_person(school.context, school.records, TESS.id)
    assert not record.rulings[Use.PHOTO, Channel.SOCIAL_MEDIA].permitted


def test_a_new_restriction_makes_everything_worse(school: School, preview_of) -> None:
    head = "student_number,first_name,last_name,restricted\n"
    preview = preview_of("52,Tessaly,Brightwater,yes", head=head)
    assert {item.use for item in preview.worse} == set(Use)
    restrict_person(school.context, school.records, TESS.id, True)
    assert preview_of("52,Tessaly,Brightwater,yes", head=head).worse == ()


def test_new_changed_and_missing_people_are_described(preview_of) -> None:
    preview = preview_of(
        "52,Tess,Brightwater,yes,yes", "90,Ines,Corbett,yes,yes"
    )  # fmt: skip
    assert [one.described for one in preview.new_people] == ["Ines Corbett"]
    (changed,) = preview.changed_people
    assert (changed.person_id, changed.fields) == (TESS.id, ("first_name",))
    assert [one.person_id for one in preview.missing_people] == [LOGAN.id]


def test_only_whom_the_preview_misses_can_be_marked(school: School, preview_of) -> None:
    preview = preview_of("52,Tessaly,Brightwater,yes,yes")
    both = [LOGAN.id, TESS.id]
    assert mark_missing(school.context, school.records, preview, both) == 1
    assert open_person(school.context, school.records, LOGAN.id).person.status == "left"
    assert open_person(school.context, school.records, TESS.id).person.status == ""
    assert preview_of("52,Tessaly,Brightwater,yes,yes").missing == 0
    back = preview_of("51,Logan,Vantongeren,yes,yes", "52,Tessaly,Brightwater,yes,yes")
    import_roster(school.context, school.records, back)
    assert open_person(school.context, school.records, LOGAN.id).person.status == ""


def test_staff_are_not_missed_in_a_list_of_students(preview_of) -> None:
    head = "student_number,first_name,last_name,kind,photo\n"
    assert preview_of("90,Ann,Teach,staff,yes", head=head).missing == 0


def test_choices_are_taken_again_for_the_same_headings(school: School, preview_of) -> None:
    choices = RosterChoices({}, {"sure": True}, blank_permitted=True, ends=date(2027, 6, 30))
    first = preview_of("90,Ines,Corbett,sure,", choices=choices)
    import_roster(school.context, school.records, first)
    again = preview_of("91,Bo,Dell,sure,")
    assert again.choices == RosterChoices({}, {"sure": True}, blank_permitted=True)
    assert dict(again.answers)["sure"] is True
    other = preview_of("91,Bo,Dell,sure", head="student_number,first_name,last_name,photo\n")
    assert other.choices == RosterChoices()


def test_another_end_takes_the_place_of_the_old_one(school: School, preview_of) -> None:
    head = "student_number,first_name,last_name,expires,photo\n"

    def bring(expires: str) -> None:
        preview = preview_of(f"90,Ines,Corbett,{expires},yes", head=head)
        import_roster(school.context, school.records, preview)
        school.clock.pass_time(days=1)

    bring("")
    bring("2026-12-31")
    (ines,) = find_people(school.context, school.records, "Corbett").lines
    assert ines.photo.decision is not None
    assert ines.photo.decision.valid_until == date(2026, 12, 31)
    bring("2027-06-30")
    (ines,) = find_people(school.context, school.records, "Corbett").lines
    assert ines.photo.decision is not None
    assert ines.photo.decision.valid_until == date(2027, 6, 30)
    lines = len(open_person(school.context, school.records, ines.person.id).history)
    bring("2027-06-30")
    record = open_person(school.context, school.records, ines.person.id)
    assert len(record.history) == lines


def test_another_end_never_undoes_a_withdrawal(school: School, preview_of) -> None:
    from smassistant.domain.consents import Answer

    head = "student_number,first_name,last_name,expires,photo:social_media\n"
    first = preview_of("90,Ines,Corbett,2026-12-31,yes", head=head)
    import_roster(school.context, school.records, first)
    (ines,) = find_people(school.context, school.records, "Corbett").lines
    school.clock.pass_time(days=5)
    school.decide(ines.person, Answer.WITHDRAWN)
    school.clock.pass_time(days=5)
    again = preview_of("90,Ines,Corbett,2027-12-31,yes", head=head)
    assert (again.better, again.worse) == (0, ())
    import_roster(school.context, school.records, again)
    (ines,) = find_people(school.context, school.records, "Corbett").lines
    assert not ines.photo.permitted


def test_a_merged_record_does_not_come_back_with_the_next_roster(
    school: School, preview_of
) -> None:
    merge_people(school.context, school.records, TESS.id, LOGAN.id)
    school.clock.pass_time(days=1)
    preview = preview_of("51,Tess,Brightwater,no,yes", "52,Tessaly,Brightwater,yes,yes")
    assert (preview.new, preview.missing) == (0, 0)
    import_roster(school.context, school.records, preview)
    assert find_people(school.context, school.records).total == 1
    record = open_person(school.context, school.records, TESS.id)
    assert record.person.first_name == "Tessaly"
    assert not record.rulings[Use.PHOTO, Channel.SOCIAL_MEDIA].permitted
    assert record.conflicts
