"""What is handed to a person who posts, and what they paste back."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from smassistant.connectors.by_hand import ByHand, check_address, write_out
from smassistant.domain.places import Account
from smassistant.errors import UserError
from smassistant.jobs import Task
from smassistant.ports import Parcel, SurelyRefused
from tests.unit.connectors.conftest import NOW, some_picture


def account(place: str = "facebook", address: str = "") -> Account:
    return Account("a", place, "by_hand", "Oak Primary", "Oak", address=address)


def test_the_program_never_posts_itself() -> None:
    connector, parcel, picture = ByHand(), Parcel("Hello"), some_picture()
    assert connector.by_hand
    assert connector.identify(account(), "") == "Oak Primary"
    for call in (
        lambda: connector.upload(picture, account(), "", Task()),
        lambda: connector.send(parcel, account(), "", {}, {}),
        lambda: connector.find(account(), "", {}),
        lambda: connector.remove(account(), "", "x"),
    ):
        with pytest.raises(SurelyRefused, match="by hand"):
            call()


def test_folders_differ_and_say_nothing_of_the_post() -> None:
    parcel = Parcel("Emma won")
    folders = {ByHand().marker(parcel, account(), NOW)["folder"] for _time in range(20)}
    assert len(folders) == 20
    assert all(folder.startswith("2026-11-24-153000-facebook-") for folder in folders)
    strange = Account("a", "../../etc", "by_hand", "Oak", "Oak")
    assert "/" not in ByHand().marker(parcel, strange, NOW)["folder"]


def test_parcel_is_written_out(tmp_path: Path) -> None:
    first, second = some_picture("a", "Two cakes 🍰"), some_picture("b", "")
    folder = tmp_path / "outbox" / "one"
    files = write_out(Parcel("Fête 🎉\nFriday", (first, second)), folder)
    names = ["text.txt", "1.jpg", "2.jpg", "alt-text.txt"]
    assert [file.relative_to(folder).as_posix() for file in files] == names
    assert (folder / "text.txt").read_bytes().decode() == "Fête 🎉\nFriday"
    assert (folder / "1.jpg").read_bytes() == first.data
    assert (folder / "2.jpg").read_bytes() == second.data
    alt_text = (folder / "alt-text.txt").read_text("utf-8")
    assert alt_text == "1.jpg\nTwo cakes 🍰\n\n2.jpg\n(no description)\n"
    assert [path.name for path in folder.parent.iterdir()] == ["one"]


def test_writing_out_again_replaces_all(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    write_out(Parcel("first", (some_picture(),)), folder)
    write_out(Parcel("second"), folder)
    assert [path.name for path in folder.iterdir()] == ["text.txt"]
    assert (folder / "text.txt").read_text() == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "could not be written"),
        (errno.EACCES, "could"),
    ],
)
def test_disk_trouble_leaves_the_old_folder_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    folder = tmp_path / "one"
    write_out(Parcel("first"), folder)
    calls = iter(range(10))

    def fail_at_the_second(_file: int) -> None:
        if next(calls) == 1:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail_at_the_second)
    with pytest.raises(UserError, match=words) as caught:
        write_out(Parcel("second", (some_picture(),)), folder)
    assert caught.value.next_step
    assert (folder / "text.txt").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="could not be written"):
        write_out(Parcel("x"), tmp_path / "file" / "one")


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("https://www.facebook.com/oak/posts/12", "https://www.facebook.com/oak/posts/12"),
        (" www.Facebook.com/oak/posts/12\n", "https://www.facebook.com/oak/posts/12"),
        (
            "https://m.facebook.com/p/1?id=5&fbclid=x&utm_source=y",
            "https://m.facebook.com/p/1?id=5",
        ),
        ("https://fb.watch/abc", "https://fb.watch/abc"),
        ("http://facebook.com:80#top", "http://facebook.com:80/#top"),
    ],
)
def test_pasted_address_is_cleaned(pasted: str, cleaned: str) -> None:
    assert check_address(pasted, account()) == cleaned
    assert check_address(cleaned, account()) == cleaned


@pytest.mark.parametrize(
    "pasted",
    [
        "https://evil.example/facebook.com",
        "https://facebook.com.evil.example/x",
        "https://notfacebook.com/x",
        "https://x.com/oak/status/1",
        "https://facebook.com@evil.example/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://facebook.com/x",
        "facebook",
        "https://",
        "https://[::1/x",
        "https://face book.com .example/",
        "https://facebook.com:99999/",
        "see https://facebook.com/x",
        "",
    ],
)
def test_wrong_addresses_are_refused(pasted: str) -> None:
    with pytest.raises(UserError) as caught:
        check_address(pasted, account())
    assert "address" in str(caught.value)


@pytest.mark.parametrize(
    ("place", "own", "pasted", "fits"),
    [
        ("website", "https://school.example.ab.ca/news", "https://school.example.ab.ca/p/1", True),
        ("website", "school.example.ab.ca", "https://news.example.ab.ca/p/1", True),
        ("website", "school.example.ab.ca", "https://other.ab.ca/p/1", False),
        ("website", "https://oak.ca", "https://www.oak.ca/p/1", True),
        ("website", "https://oak.ca", "https://elm.ca/p/1", False),
        ("website", "", "https://anything.example/p", True),
        ("news_media", "", "https://gazette.example/p", True),
        ("x", "", "https://twitter.com/oak/status/1", True),
        ("threads", "", "https://www.threads.com/@oak/post/1", True),
        ("instagram", "https://linktr.ee/oak", "https://www.instagram.com/p/1", True),
        ("unknown", "", "https://anything.example/p", True),
    ],
)
def test_the_site_is_the_accounts_or_the_places(
    place: str, own: str, pasted: str, fits: bool
) -> None:
    if fits:
        assert check_address(pasted, account(place, own)) == pasted
    else:
        with pytest.raises(UserError, match="leads to"):
            check_address(pasted, account(place, own))
