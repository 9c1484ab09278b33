"""`check`: the contract's JSON, one line a post, and no bad input that stops a batch."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smassistant import cli
from tests.unit.imaging.pictures import group, saved, sign, with_one_lying

Run = Callable[..., tuple[int, str, str]]

ROSTER = """student_number,first_name,last_name,preferred_name,grade,homeroom,school,expires,\
full_name:social_media,first_name:social_media,photo:social_media,name:website
0101,Tove,Ekström,,4,4-Vance,Fernleigh School,,yes,yes,yes,no
0102,Omar,Haddad,,4,4-Vance,Fernleigh School,,no,yes,no,yes
0103,Ana,Quiroga,,6,6-Dunn,Fernleigh School,2026-06-30,yes,yes,yes,yes
0104,Ana,Bellamy,,2,2-Pratt,Westmount School,,no,no,no,no
0105,Hope,Marsden,,1,1-Pratt,Fernleigh School,,,,,
"""


def no_window(args: object) -> int:
    raise AssertionError("a command opened the window")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


@pytest.fixture
def run(roster: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*argv: object) -> tuple[int, str, str]:
        status = cli.main(
            ["check", "--registry", str(roster), "--as-of", "2026-06-01", *map(str, argv)],
            no_window,
            no_window,
        )
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return run


@pytest.fixture
def posts(tmp_path: Path) -> Callable[..., Path]:
    def write(*given: object) -> Path:
        path = tmp_path / "posts.jsonl"
        lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in given]
        path.write_bytes(b"\n".join(lines) + b"\n")
        return path

    return write


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_line_has_the_contracts_shape(run: Run, posts: Callable[..., Path]) -> None:
    text = "🎉 Well done, Omar Haddad!"
    status, out, err = run("--posts", posts({"id": "a", "text": text, "more": 1}), "--json")
    assert (status, err) == (1, "")
    (line,) = lines(out)
    assert list(line) == ["id", "verdict", "mentions", "findings"]
    assert (line["id"], line["verdict"]) == ("a", "blocked")
    assert line["mentions"] == [
        {
            "start": 13, "end": 24, "surface": "Omar Haddad", "form": "full",
            "people": ["0102"], "confidence": 0.97,
        }
    ]  # fmt: skip
    (finding,) = line["findings"]
    assert list(finding) == [
        "code", "clause", "severity", "where", "start", "end", "surface", "people", "places",
        "message", "mend",
    ]  # fmt: skip
    assert finding["code"] == "name.not_permitted"
    assert (finding["clause"], finding["severity"], finding["where"]) == ("4.1", "block", "text")
    assert (finding["start"], finding["end"]) == (13, 24)
    assert (finding["people"], finding["places"]) == (["0102"], ["facebook"])
    assert "Omar" in finding["mend"]


def test_a_mention_is_reported_whether_or_not_permitted(
    run: Run, posts: Callable[..., Path]
) -> None:
    status, out, _err = run("--posts", posts({"id": 7, "text": "Tove Ekström won."}), "--json")
    (line,) = lines(out)
    assert status == 0
    assert line["id"] == 7
    assert line["verdict"] == "clear"
    assert line["mentions"][0]["people"] == ["0101"]
    assert line["findings"] == []


def test_broken_lines_are_told_and_the_batch_goes_on(run: Run, posts: Callable[..., Path]) -> None:
    given = posts(
        {"id": "1", "text": "Book fair."},
        b"{broken",
        b"[1, 2]",
        b"",
        b"\xff\xfe",
        {"id": "6"},
        {"id": "7", "text": 3},
        {"id": "8", "text": "x", "alt_texts": [1]},
        {"id": "9", "text": "x", "places": ["nowhere"]},
        {"id": "10", "text": "x", "photos": ["gone.jpg"]},
        b"[" * 100_000,
        {"id": "12", "text": "Track meet \ud800 today."},
    )
    status, out, _err = run("--posts", given, "--json")
    answers = lines(out)
    assert status == 1
    assert [answer.get("line") for answer in answers] == [
        None, 2, 3, 5, 6, 7, 8, 9, 10, 11, None,
    ]  # fmt: skip
    for answer in answers[1:-1]:
        assert answer["id"] is None
        assert answer["error"]
    assert answers[-1]["verdict"] == "clear"


def test_a_posts_own_places_win_over_the_option(run: Run, posts: Callable[..., Path]) -> None:
    given = posts(
        {"id": "1", "text": "Omar Haddad won.", "places": ["website"]},
        {"id": "2", "text": "Omar Haddad won."},
    )
    _status, out, _err = run("--posts", given, "--place", "x", "--place", "website", "--json")
    first, second = lines(out)
    assert first["verdict"] == "clear"
    assert second["findings"][0]["places"] == ["x"]


def test_permission_runs_out(run: Run, posts: Callable[..., Path]) -> None:
    given = posts({"id": "1", "text": "Ana Quiroga won."})
    assert lines(run("--posts", given, "--json")[1])[0]["verdict"] == "clear"
    _status, out, _err = run("--posts", given, "--json", "--as-of", "2026-07-01")
    assert "run out" in lines(out)[0]["findings"][0]["message"]


def test_people_of_the_school_come_first(run: Run, posts: Callable[..., Path]) -> None:
    given = posts({"id": "1", "text": "Congratulations to Ana!"})
    for school, first in (("fernleigh school", "0103"), ("Westmount School", "0104")):
        _status, out, _err = run("--posts", given, "--school", school, "--json")
        (mention,) = lines(out)[0]["mentions"]
        assert mention["people"][0] == first
        assert set(mention["people"]) == {"0103", "0104"}


def test_text_from_a_file_and_from_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "post.txt"
    path.write_text("\ufeffOmar Haddad won.", encoding="utf-8")
    assert lines(run("--text-file", path, "--json")[1])[0]["mentions"][0]["start"] == 0
    for data, count in ((b"Omar Haddad\nwon.", 1), (b'{"id": "1", "text": "Omar"}\n' * 2, 2)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert len(lines(run("-", "--json")[1])) == count


def test_photos_need_their_faces_accounted_for_and_described(
    run: Run, tmp_path: Path, posts: Callable[..., Path]
) -> None:
    (tmp_path / "omar-haddad.png").write_bytes(saved(group([(60, 100), (340, 100)], 220), "PNG"))
    described = {"id": "1", "text": "Fun!", "photos": ["omar-haddad.png"], "alt_texts": ["Two."]}
    bare = {"id": "2", "text": "Fun!", "photos": ["omar-haddad.png"]}
    _status, out, _err = run("--posts", posts(described, bare), "--json")
    codes = [[finding["code"] for finding in line["findings"]] for line in lines(out)]
    assert codes[0].count("photo.face_unaccounted") == 2
    assert "access.alt_text" not in codes[0]
    assert "access.alt_text" in codes[1]
    named = next(one for one in lines(out)[0]["findings"] if one["code"].startswith("name."))
    assert (named["where"], named["people"]) == ("photo:1", ["0102"])


def test_what_is_perhaps_a_face_warns(run: Run, tmp_path: Path, posts: Callable[..., Path]) -> None:
    (tmp_path / "team.png").write_bytes(saved(with_one_lying(), "PNG"))
    given = posts({"id": "1", "text": "Fun!", "photos": ["team.png"], "alt_texts": ["A team."]})
    found = lines(run("--posts", given, "--json")[1])[0]["findings"]
    severities = {one["code"]: one["severity"] for one in found}
    assert severities["photo.face_unaccounted"] == "block"
    assert severities["photo.face_unaccounted.perhaps"] == "warn"


def test_a_name_that_can_be_read_in_a_photo_is_found(
    run: Run, tmp_path: Path, posts: Callable[..., Path]
) -> None:
    (tmp_path / "tag.png").write_bytes(saved(sign("Hello my name is", "Omar Haddad"), "PNG"))
    given = posts({"id": "1", "text": "Fun!", "photos": ["tag.png"], "alt_texts": ["A tag."]})
    found = lines(run("--posts", given, "--json")[1])[0]["findings"]
    (named,) = (one for one in found if one["code"] == "photo.name_in_picture")
    assert (named["severity"], named["clause"], named["where"]) == ("block", "4.1", "photo:1")
    assert (named["surface"], named["people"]) == ("Omar Haddad", ["0102"])
    assert not [one for one in found if one["code"].startswith("photo.writing_unread")]


def test_a_description_without_its_photo_is_checked_all_the_same(
    run: Run, posts: Callable[..., Path]
) -> None:
    given = posts({"id": "1", "text": "Fun!", "alt_texts": ["Omar Haddad with a fish."]})
    found = lines(run("--posts", given, "--json")[1])[0]["findings"]
    (finding,) = (one for one in found if one["code"] == "name.not_permitted")
    assert (finding["where"], finding["start"], finding["end"]) == ("alt:1", 0, 11)


def test_own_contacts_are_harmless(run: Run, posts: Callable[..., Path]) -> None:
    given = posts({"id": "1", "text": "Text 403-555-0188."})
    assert lines(run("--posts", given, "--json")[1])[0]["verdict"] == "blocked"
    own = run("--posts", given, "--json", "--own-contact", "(403) 555-0188")
    assert lines(own[1])[0]["verdict"] == "clear"


def test_a_roster_without_permissions_permits_nothing_and_says_so_once(
    run: Run, roster: Path, posts: Callable[..., Path]
) -> None:
    roster.write_text("student_number,first_name,last_name\n0101,Tove,Ekström\n", encoding="utf-8")
    given = posts({"id": "1", "text": "Tove Ekström"}, {"id": "2", "text": "Tove Ekström"})
    status, out, err = run("--posts", given, "--json")
    assert status == 1
    assert [line["verdict"] for line in lines(out)] == ["blocked", "blocked"]
    assert err.count("\n") == 1
    assert "not permitted" in err


def test_for_people_to_read(run: Run, posts: Callable[..., Path]) -> None:
    given = posts({"id": "a", "text": "Omar Haddad won."}, b"{")
    status, out, _err = run("--posts", given)
    assert status == 1
    assert "a: blocked" in out
    assert "Omar Haddad, 4-Vance" in out
    assert "clause 4.1" in out
    assert "Line 2:" in out


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("--posts", "no-such-file.jsonl"),
        ("--text-file", "."),
        ("--posts", "{posts}", "--place", "myspace"),
        ("--posts", "{posts}", "--school", "Nowhere"),
        ("--posts", "{posts}", "--as-of", "yesterday"),
        ("--posts", "{posts}", "--mapping", "no-such.toml"),
        ("--posts", "{posts}", "--photo", "no-such.jpg"),
        ("--posts", "{posts}", "--text-file", "x"),
        ("--registry", "no-such.csv", "--posts", "{posts}"),
    ],
)
def test_bad_usage_is_one_sentence_and_status_2(
    run: Run, posts: Callable[..., Path], argv: tuple[str, ...]
) -> None:
    given = str(posts({"id": "1", "text": "x"}))
    status, out, err = run(*(given if word == "{posts}" else word for word in argv))
    assert (status, out) == (2, "")
    assert err.strip()
    assert err.count("\n") == 1


def test_a_text_that_is_not_utf8(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "post.txt"
    path.write_bytes("Zoë".encode("latin-1"))
    status, _out, err = run("--text-file", path)
    assert status == 2
    assert "UTF-8" in err


RULE = """\
[[rule]]
id = "ours.soup"
code = "topic.policy"
clause = "6"
severity = "warn"
any = ["soup"]
message = "Soup is not for posts."
fires = ["Soup!"]
"""


def found_codes(out: str) -> list[str]:
    """The codes of what is no hint."""
    found = (finding for line in lines(out) for finding in line["findings"])
    return [finding["code"] for finding in found if "by" not in finding]


def test_rule_packs_of_ones_own_stand_beside_and_in_place_of_the_shipped_ones(
    run: Run, posts: Callable[..., Path], tmp_path: Path
) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "ours.toml").write_text(RULE, encoding="utf-8")
    (packs / "legal.toml").write_text(RULE.replace("soup", "stew"), encoding="utf-8")
    file = posts({"text": "Soup and stew. The lawsuit goes on. He was fired."})
    _status, out, err = run("--posts", file, "--rules", packs, "--json")
    warned = {
        f["surface"] for line in lines(out) for f in line["findings"] if f["severity"] == "warn"
    }
    assert {"Soup", "stew"} <= warned
    assert "lawsuit" not in warned
    assert [words for words in warned if "fired" in words]
    assert ".toml" not in err


def test_a_pack_with_a_mistake_is_named_once_and_the_shipped_one_counts(
    run: Run, posts: Callable[..., Path], tmp_path: Path
) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "legal.toml").write_text(RULE.replace('clause = "6"', "clause = 6"), encoding="utf-8")
    (packs / "odd.toml").write_bytes(b"\xff")
    file = posts({"text": "The lawsuit goes on."}, {"text": "The lawsuit goes on."})
    _status, out, err = run("--posts", file, "--rules", packs, "--json")
    assert found_codes(out).count("topic.legal") == 2
    assert err.count("legal.toml") == 1
    assert "Line 1, rule “ours.soup”" in err
    assert "odd.toml" in err


def test_a_folder_without_packs_is_bad_usage(run: Run, tmp_path: Path) -> None:
    status, _out, err = run("--text-file", __file__, "--rules", tmp_path / "nowhere")
    assert status == 2
    assert "nowhere" in err


def test_a_hint_says_that_it_is_one(run: Run, posts: Callable[..., Path]) -> None:
    text = "Everyone who cleans here now works for a company from Calgary for three dollars less."
    plain = "The Grade 3 choir sings at the care home on Thursday at two."
    status, out, err = run("--posts", posts({"id": "a", "text": text}, {"id": "b", "text": plain}),
                           "--json")  # fmt: skip
    hinted, quiet = (json.loads(line) for line in out.splitlines())
    assert (status, err) == (0, "")
    assert quiet["findings"] == []
    codes = {finding["code"]: finding for finding in hinted["findings"]}
    assert "topic.contractual" in codes
    assert all("by" not in one or one["by"] == "hint" for one in hinted["findings"])


def test_without_hints_the_rules_go_on(
    run: Run, posts: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from smassistant.hints import reader

    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    reader.shipped_reader.cache_clear()
    text = "A former employee has filed a lawsuit against the division."
    status, out, err = run("--posts", posts({"id": "a", "text": text}), "--json")
    reader.shipped_reader.cache_clear()
    assert "topic.legal" in [one["code"] for one in json.loads(out)["findings"]]
    assert err.count("\n") == 1
    assert err.startswith("Hints are off")
    assert status == 0
