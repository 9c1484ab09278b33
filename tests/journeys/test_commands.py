"""Every headless command as a task scheduler or a technician runs it: on real input and on bad."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from smassistant.demo import SAMPLE
from smassistant.domain.consents import Answer, Channel, Source, Use
from smassistant.services.keeping_registry import find_people, record_decision
from tests.journeys import harm
from tests.journeys.homes import PASSPHRASE, ROSTER, Home, approved, environment, some_text
from tests.journeys.readers import Reader
from tests.servers.bluesky import Bluesky
from tests.servers.processes import free_port

ROOT = Path(__file__).resolve().parents[2]
PHOTO = SAMPLE / "photos" / "track_meet.jpg"


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str


def command(*arguments: object, person: bool = False, **environ: str) -> Ended:
    """Run main.py; whatever it was given, it never shows a traceback."""
    line = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    done = subprocess.run(
        harm.as_a_person(line) if person else line,
        capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=60,
        env={**os.environ, **environment(), **environ},
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout
    return Ended(done.returncode, done.stdout, done.stderr)


def refused(ended: Ended, words: str) -> bool:
    """Whether it ended with 2 and one clear sentence."""
    assert ended.status == 2, ended
    assert ended.err.count("\n") == 1, ended.err
    assert words in ended.err, ended.err
    return True


@pytest.fixture
def bad_file(tmp_path: Path) -> Path:
    """Bytes that are no roster, no text and no picture."""
    path = tmp_path / "bad.bin"
    path.write_bytes(bytes(range(256)) * 40)
    return path


# --- a school -------------------------------------------------------------------------------------


def test_publish_due_publishes_once(home: Home, bluesky: Bluesky) -> None:
    text = some_text()
    context = home.open()
    approved(home, context, text, (home.bluesky,), (home.picture,))
    context.store.close()
    first, second = command("publish-due"), command("publish-due")
    assert (first.status, first.out) == (0, "published 1, waiting 0, needing a person 0\n")
    assert (second.status, second.out) == (0, "published 0, waiting 0, needing a person 0\n")
    assert len(Reader(bluesky).posts(text)) == 1
    assert command("verify").status == 0


def test_publish_due_says_that_a_person_is_needed(home: Home, bluesky: Bluesky) -> None:
    text = f"Tessaly Brightwater won the spelling bee! {some_text()}"
    context = home.open()
    approved(home, context, text, (home.bluesky,))
    (line,) = find_people(context, home.leader, "brightwater").lines
    record_decision(
        context, home.leader, line.person.id, tuple(Use), (Channel.SOCIAL_MEDIA,),
        Answer.WITHDRAWN, Source.FORM, "Parent of Tessaly",
    )  # fmt: skip
    context.store.close()
    ended = command("publish-due")
    assert (ended.status, ended.out) == (1, "published 0, waiting 0, needing a person 1\n")
    assert not Reader(bluesky).posts(text)


def test_verify_finds_a_forged_trail(home: Home) -> None:
    harm.forge_trail(home.folder)
    ended = command("verify")
    assert ended.status == 1
    assert "trail" in ended.out


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (harm.cut_off, "damaged"),
        (harm.make_newer, "newer version"),
        (harm.take_away, "no longer where it was"),
        (harm.break_home, "home.json"),
        (harm.lose_key, "key"),
    ],
)
def test_what_happened_to_the_school_is_told(home: Home, happened: harm.Harm, words: str) -> None:
    happened(home.folder)
    before = harm.contents(home.folder)
    assert refused(command("publish-due"), words)
    assert harm.contents(home.folder) == before, "nothing may be changed"


def test_wrong_passphrase(home: Home) -> None:
    ended = command("verify", SMASSISTANT_PASSPHRASE=PASSPHRASE + "s")
    assert refused(ended, "passphrase is not right")
    assert PASSPHRASE not in ended.err


def test_no_school(data_dir: Path) -> None:
    assert refused(command("publish-due"), "no school here yet")
    assert not data_dir.exists()


def test_server_that_is_not_there(home: Home) -> None:
    url = f"postgresql://somebody:secret@127.0.0.1:{free_port()}/school"
    ended = command("publish-due", SMASSISTANT_DATABASE_URL=url)
    assert refused(ended, "can't be reached")
    assert "secret" not in ended.err


@pytest.fixture
def read_only_home(home: Home) -> Iterator[Home]:
    """A school whose folder somebody may only read."""
    paths = [home.folder, *home.folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield home
    for path in paths:
        path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_read_only_school(read_only_home: Home) -> None:
    before = harm.contents(read_only_home.folder)
    assert refused(command("publish-due", person=True), "can't be written")
    assert harm.contents(read_only_home.folder) == before


# --- files ----------------------------------------------------------------------------------------


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def test_check_blocks_and_clears(roster: Path, tmp_path: Path) -> None:
    posts = tmp_path / "posts.jsonl"
    lines = [
        {"id": "a", "text": "Logan Vantongeren read aloud.", "places": ["facebook"]},
        {"id": "b", "text": "Tessaly Brightwater read aloud.", "places": ["facebook"]},
    ]
    posts.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ended = command("check", "--registry", roster, "--posts", posts, "--json")
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.status == 1
    assert [answer["verdict"] for answer in answers] == ["blocked", "clear"]
    assert answers[0]["findings"][0]["code"] == "name.not_permitted"
    assert [mention["people"] for mention in answers[1]["mentions"]] == [["52"]]
    clean = tmp_path / "clean.txt"
    clean.write_text("The library is open on Friday.", encoding="utf-8")
    assert command("check", "--registry", roster, "--text-file", clean, "--json").status == 0


def test_check_refuses_what_it_can_not_read(roster: Path, bad_file: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Hello", encoding="utf-8")
    registry = ("check", "--registry", roster)
    assert refused(command(*registry, "--text-file", tmp_path / "none.txt"), "none.txt")
    assert refused(command(*registry, "--text-file", text, "--place", "moon"), "moon")
    assert refused(command("check", "--registry", bad_file, "--text-file", text), "binary data")
    assert refused(command(*registry, "--text-file", text, "--photo", bad_file), "bad.bin")
    assert refused(command(*registry), "nothing to check")


def test_photo(bad_file: Path) -> None:
    ended = command("photo", bad_file, PHOTO, "--json")
    broken, whole = map(json.loads, ended.out.splitlines())
    assert ended.status == 0
    assert broken["error"]
    assert len(whole["faces"]) == 4
    alone = command("photo", bad_file, "--json")
    assert alone.status == 2
    assert json.loads(alone.out)["error"]


def test_export(bad_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    ended = command("export", PHOTO, "--to", folder, "--blur", "all", "--place", "bluesky")
    assert ended.status == 0, ended
    (copy,) = folder.iterdir()
    with Image.open(copy) as picture:
        assert not picture.getexif()
        assert max(picture.size) <= 2000
    assert copy.stat().st_size <= 1_000_000
    assert command("photo", copy, "--json").out.count('"score"') < 4, "faces are blurred away"
    assert refused(command("export", PHOTO, "--to", folder, "--place", "moon"), "moon")
    assert refused(command("export", bad_file, "--to", tmp_path / "none"), "bad.bin")


@pytest.mark.skipif(sys.platform == "win32", reason="rights work otherwise there")
def test_export_into_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o555)
    ended = command("export", PHOTO, "--to", folder, person=True)
    folder.chmod(0o755)
    assert ended.status == 2
    assert not list(folder.iterdir())


def test_roster(roster: Path, bad_file: Path, tmp_path: Path) -> None:
    ended = command("roster", roster, "--json")
    found = json.loads(ended.out)
    assert (ended.status, found["people"]) == (0, 2)
    assert found["permitted"]["photo:social_media"] == 1
    assert refused(command("roster", bad_file), "binary data")
    assert refused(command("roster", tmp_path / "none.csv"), "none.csv")
    shutil.copy(PHOTO, tmp_path / "photo.xlsx")
    assert refused(command("roster", tmp_path / "photo.xlsx"), "binary data")


def test_bad_usage(tmp_path: Path) -> None:
    assert refused(command("nonsense"), "nonsense")
    assert refused(command("roster"), "--help")
    assert command("--version").out.startswith("SM Assistant ")
