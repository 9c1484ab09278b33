"""Publishing by hand: the program hands over text and pictures, a person posts them."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

from smassistant.domain.places import PLACES, Account
from smassistant.errors import UserError
from smassistant.i18n import N_, _
from smassistant.jobs import Task
from smassistant.ports import Parcel, ParcelPicture, Sent, SurelyRefused

TEXT_FILE = "text.txt"
ALT_TEXT_FILE = "alt-text.txt"

# What links pasted from a network carry of the person who copied them.
_TRACKING = frozenset({"fbclid", "gclid", "igsh", "igshid", "mibextid", "rcm", "si", "xmt"})
_SHORT_HOSTS = {
    "facebook.com": ("fb.com", "fb.watch", "fb.me"),
    "x.com": ("twitter.com",),
    "threads.net": ("threads.com",),
    "linkedin.com": ("lnkd.in",),
}
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


class ByHand:
    """For accounts that the program can't reach: a person posts and says where it stands.

    The marker holds `folder`, the name of the folder that `write_out` fills.
    """

    key = "by_hand"
    title = N_("By hand")
    by_hand = True

    def identify(self, account: Account, secret: str) -> str:
        """The account's own name: there is nothing to ask."""
        return account.handle or account.name

    def marker(self, parcel: Parcel, account: Account, now: datetime) -> Mapping[str, str]:
        """The name of the folder for text and pictures: time, place and chance, no words."""
        place = account.place if account.place in PLACES else "place"
        return {"folder": f"{now:%Y-%m-%d-%H%M%S}-{place}-{secrets.token_hex(3)}"}

    def upload(self, picture: ParcelPicture, account: Account, secret: str, task: Task) -> str:
        """Always SurelyRefused: a person uploads."""
        raise _not_by_program()

    def send(
        self,
        parcel: Parcel,
        account: Account,
        secret: str,
        marker: Mapping[str, str],
        parts: Mapping[str, str],
    ) -> Sent:
        """Always SurelyRefused: a person posts."""
        raise _not_by_program()

    def find(self, account: Account, secret: str, marker: Mapping[str, str]) -> Sent | None:
        """Always SurelyRefused: a person looks."""
        raise _not_by_program()

    def remove(self, account: Account, secret: str, remote_id: str) -> None:
        """Always SurelyRefused: a person takes it down."""
        raise SurelyRefused(
            _("The program can't take this post down: it was published by hand."),
            next_step=_("Open the post, delete it there, and say here that it is gone."),
        )


def _not_by_program() -> SurelyRefused:
    return SurelyRefused(
        _("This account is published to by hand."),
        next_step=_("Post the text and pictures yourself, then paste the post's address here."),
    )


def write_out(parcel: Parcel, folder: Path) -> tuple[Path, ...]:
    """Write the parcel into `folder` (text.txt, 1.jpg, 2.mp4 …, alt-text.txt), which appears whole.

    An earlier folder of that name is replaced. Returns the files, text first. Raises UserError
    when the disk is full or the place can't be written; nothing half-written stays.
    """
    made: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        names = _fill(parcel, made)
        _put_in_place(made, folder)
    except OSError as error:
        trouble = _disk_error(error)
    else:
        return tuple(folder / name for name in names)
    if made is not None:
        shutil.rmtree(made, ignore_errors=True)
    raise trouble


def _fill(parcel: Parcel, folder: Path) -> list[str]:
    files = {TEXT_FILE: parcel.text.encode(errors="replace")}
    for number, picture in enumerate(parcel.pictures, start=1):
        files[_name(number, picture)] = picture.data
    if parcel.pictures:
        files[ALT_TEXT_FILE] = _alt_texts(parcel).encode(errors="replace")
    for name, data in files.items():
        with (folder / name).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    return list(files)


def _name(number: int, picture: ParcelPicture) -> str:
    return f"{number}.mp4" if picture.is_video else f"{number}.jpg"


def _alt_texts(parcel: Parcel) -> str:
    missing = _("(no description)")
    return "\n".join(
        f"{_name(number, picture)}\n{picture.alt_text or missing}\n"
        for number, picture in enumerate(parcel.pictures, start=1)
    )


def _put_in_place(made: Path, folder: Path) -> None:
    old = made.with_name(f"{made.name}-old")
    if folder.exists():
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _disk_error(error: OSError) -> UserError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return UserError(
            _("The disk is full, the pictures could not be written."),
            next_step=_("Free some space and try again."),
        )
    return UserError(
        _("The pictures could not be written into the folder."),
        _("The folder is read-only, missing, or one of its files is open elsewhere."),
        _(
            "Close open pictures, check that the program’s data folder may be written, then try "
            "again."
        ),
    )


def check_address(address: str, account: Account) -> str:
    """The pasted address of a post, cleaned: https where no scheme was given, host in lower
    case, without what tracks the person who copied it.

    Raises UserError when it is no web address, or when it leads to another site than the
    account's own address or its place.
    """
    parts = _address_parts(address)
    host = _host(parts)
    expected = [known for known in (account.address, _home(account)) if known]
    hosts = [_host(_address_parts(known)) for known in expected]
    if hosts and not any(_same_site(host, known) for known in hosts):
        raise UserError(
            _("This address leads to {host}, not to {expected}.").format(
                host=host, expected=hosts[0]
            ),
            next_step=_("Open the post, copy its address there, and paste it here."),
        )
    kept = [pair for pair in parts.query.split("&") if not _tracks(pair.partition("=")[0])]
    place = f"{host}:{parts.port}" if parts.port else host
    return urlunsplit((parts.scheme, place, parts.path or "/", "&".join(kept), parts.fragment))


def _address_parts(address: str) -> SplitResult:
    text = "".join(address.split())
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        usable = parts.scheme in {"http", "https"} and parts.username is None
        if usable and _HOST.fullmatch(_host(parts)) and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise UserError(
        _("This is not the address of a web page."),
        next_step=_("Open the post, copy its address from the address bar, and paste it here."),
    )


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")


def _home(account: Account) -> str:
    place = PLACES.get(account.place)
    return place.home if place else ""


def _same_site(host: str, known: str) -> bool:
    """Whether two hosts belong to one site, as far as that can be told without a list of all
    public suffixes: equal, one below the other, or below the same name (example.ab.ca)."""
    host, known = host.removeprefix("www."), known.removeprefix("www.")
    below = host.endswith(f".{known}") or known.endswith(f".{host}")
    site, other = _registrable(known), _registrable(host)
    return below or other == site or other in _SHORT_HOSTS.get(site, ())


def _registrable(host: str) -> str:
    """The name somebody registered: two labels, or three below a country's short second level."""
    labels = host.removeprefix("m.").split(".")
    short = len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if short else -2 :])


def _tracks(name: str) -> bool:
    return name.lower() in _TRACKING or name.lower().startswith("utm_")
