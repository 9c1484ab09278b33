"""The master key sealed under a passphrase, for computers without a keyring."""

from __future__ import annotations

import base64
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from smassistant.errors import UserError
from smassistant.i18n import _

FILE_NAME = "key.json"
_FORMAT = 1
_MOST_MEMORY = 2**31  # a file that asks for more would only stop this computer


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs: argon2id's `passes` over `memory` bytes."""

    passes: int = 3
    memory: int = 256 * 2**20


def has_passphrase(folder: Path) -> bool:
    """Whether a sealed key lies in the data folder."""
    return (folder / FILE_NAME).exists()


def seal_master(folder: Path, master: bytes, passphrase: str, cost: Cost | None = None) -> None:
    """Write the key file of the data folder, whole or not at all; replaces an earlier one."""
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox
    from nacl.utils import random

    cost = cost or Cost()
    salt = random(argon2id.SALTBYTES)
    sealed = bytes(SecretBox(_stretched(passphrase, salt, cost)).encrypt(master))
    data = {
        "format": _FORMAT,
        "method": "argon2id",
        **asdict(cost),
        "salt": base64.b64encode(salt).decode(),
        "sealed": base64.b64encode(sealed).decode(),
    }
    try:
        _replace(folder / FILE_NAME, json.dumps(data, indent=1) + "\n")
    except OSError:
        raise UserError(
            _("The key could not be saved."),
            _("The data folder can't be written, or the disk is full."),
            _("Free some space or ask for write access, then try again."),
        ) from None


def open_master(folder: Path, passphrase: str) -> bytes:
    """The master key; UserError for a wrong passphrase and for a file that can't be read."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    cost, salt, sealed = _read(folder / FILE_NAME)
    try:
        return SecretBox(_stretched(passphrase, salt, cost)).decrypt(sealed)
    except CryptoError:
        raise UserError(
            _("This passphrase is not right."),
            _("It does not open the key of the school's database."),
            _("Type it again, or use the printed recovery key."),
        ) from None


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """The key that a passphrase gives; slow on purpose."""
    import unicodedata

    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    # An é typed on a Mac and on Windows may be different characters.
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return argon2id.kdf(SecretBox.KEY_SIZE, typed, salt, cost.passes, cost.memory)


def _read(path: Path) -> tuple[Cost, bytes, bytes]:
    """Cost, salt and sealed key of the key file."""
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != _FORMAT or data["method"] != "argon2id":
            raise ValueError("another format")
        cost = Cost(int(data["passes"]), int(data["memory"]))
        salt = base64.b64decode(data["salt"], validate=True)
        sealed = base64.b64decode(data["sealed"], validate=True)
        if not 1 <= cost.passes <= 100 or not 8192 <= cost.memory <= _MOST_MEMORY:
            raise ValueError("a cost out of bounds")
        if len(salt) != argon2id.SALTBYTES or len(sealed) <= SecretBox.NONCE_SIZE:
            raise ValueError("a part of another length")
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(
            _("The file with the key of the school's database can't be read."),
            _("It is missing or damaged: {name}.").format(name=FILE_NAME),
            _("Use the printed recovery key, or put the file back from a backup."),
        ) from None
    return cost, salt, sealed


def _replace(path: Path, text: str) -> None:
    """Write a file that only its owner reads, so that a crash leaves the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
