"""What the database's errors mean in plain words, for both engines."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from smassistant.errors import Clash, UserError
from smassistant.i18n import _

log = logging.getLogger(__name__)


def wrong_key() -> UserError:
    """The key is not the one this database was made with."""
    return UserError(
        _("This key does not open the school's database."),
        _("The database was made with another key."),
        _("Enter the recovery key that was printed when the school was set up."),
    )


def damaged() -> UserError:
    """The file can't be read although the key is right."""
    return UserError(
        _("The school's database is damaged."),
        _("A part of the file was changed or lost, for example by a failing disk."),
        _("Keep the file as it is and restore the newest backup."),
    )


def missing_file(check: str) -> UserError:
    """The file was there before (its key check still is) and is gone."""
    return UserError(
        _("The school's database is no longer where it was."),
        _("The file was moved or deleted; starting with an empty one would hide that."),
        _("Put it back or restore the newest backup. To begin anew, delete {file} too.").format(
            file=check
        ),
    )


def wrong_key_or_damaged() -> UserError:
    """The file can't be read and nothing tells which of the two it is."""
    return UserError(
        _("The school's database could not be opened."),
        _("Either the key is not the right one or the file is damaged."),
        _("Try the printed recovery key first. If it does not help, restore the newest backup."),
    )


def unreadable_row() -> UserError:
    """A row holds something this program can't understand."""
    return UserError(
        _("Something stored in the school's database can't be read."),
        _("It may be damaged, or written by a newer version of the program."),
        _("Update the program on this computer, or restore the newest backup."),
    )


def newer_version() -> UserError:
    """The database was changed by a newer program than this one."""
    return UserError(
        _("The school's database belongs to a newer version of the program."),
        _("Opening it with this older version could spoil it, so nothing was changed."),
        _("Update the program on this computer."),
    )


def missing_folder() -> UserError:
    """The folder for the database is not there."""
    return UserError(
        _("The folder of the school's database is not there."),
        _("It may have been moved, or a drive may not be connected."),
        _("Connect the drive or put the folder back, then start again."),
    )


def read_only() -> UserError:
    """The file or its folder can't be written."""
    return UserError(
        _("The school's database can't be written."),
        _("This computer allows only reading in the folder where it lies."),
        _("Ask for write access to the folder, or move the data to a folder of your own."),
    )


def network_folder() -> UserError:
    """The file lies on a network drive, where SQLite's locks are not reliable."""
    return UserError(
        _("The school's database can't be on a network drive."),
        _("Several computers writing to one file there would spoil it."),
        _("Move it to this computer's own disk, or use a shared PostgreSQL database."),
    )


def disk_full() -> UserError:
    """There is no room left."""
    return UserError(
        _("The disk is full."),
        _("The last change could not be saved; everything saved before is safe."),
        _("Free some space, then save again."),
    )


def disk_failing() -> UserError:
    """The disk reports errors."""
    return UserError(
        _("The disk could not be read or written."),
        _("The drive may be failing or was taken out. Everything saved before is kept."),
        _("Check the drive, then try again."),
    )


def busy() -> UserError:
    """Another program has held the database too long."""
    return UserError(
        _("The school's database is busy."),
        _("Another program has been writing to it for more than ten seconds."),
        _("Wait a moment and try again. Nothing was lost."),
    )


def unreachable() -> UserError:
    """The server does not answer."""
    return UserError(
        _("The school's database server can't be reached."),
        _("It may be switched off, or this computer may be off the network."),
        _("Check the network and try again. If it lasts, tell your technician."),
    )


def refused_sign_in() -> UserError:
    """The server does not accept the name or password in the address."""
    return UserError(
        _("The school's database server refused the sign-in."),
        _("The name or password in the database address is not right."),
        _("Ask your technician for the right database address."),
    )


def missing_database() -> UserError:
    """The server answers but has no such database."""
    return UserError(
        _("The server has no database of this name."),
        _("The database address names one that does not exist or has been removed."),
        _("Ask your technician for the right database address."),
    )


def no_right() -> UserError:
    """The server's user lacks a right."""
    return UserError(
        _("The database server does not allow this."),
        _("The database user lacks a right that the program needs."),
        _("Ask your technician to give the database user its rights."),
    )


def overloaded() -> UserError:
    """The server accepts no more connections."""
    return UserError(
        _("The school's database server is busy."),
        _("It accepts no more connections just now."),
        _("Wait a moment and try again. Nothing was lost."),
    )


def clash() -> Clash:
    """Two programs changed or added the same thing at once."""
    return Clash(
        _("Somebody else changed the same thing in the meantime."),
        _("Your change was not saved so that theirs is not lost."),
        _("Look at it again and repeat your change."),
    )


def unstorable() -> UserError:
    """A text holds a character that can't be stored."""
    return UserError(
        _("A text contains a character that can't be saved."),
        _("Such characters are invisible and come from copying out of damaged files."),
        _("Type the text again instead of pasting it."),
    )


def unknown() -> UserError:
    """Anything else."""
    return UserError(
        _("The school's database reported an error."),
        _("The last change was not saved; everything saved before is safe."),
        _("Try again. If it happens again, tell your technician."),
    )


_Maker = Callable[[], UserError]

_SQLITE: dict[int, _Maker] = {
    5: busy, 6: busy, 8: read_only, 10: disk_failing, 11: damaged, 13: disk_full,
    14: missing_folder, 19: clash, 26: damaged,
}  # fmt: skip

# The server's five-letter codes; a shorter key stands for all that begin with it.
_POSTGRES: dict[str, _Maker] = {
    "53100": disk_full, "53300": overloaded, "25006": read_only, "55P03": busy, "57014": busy,
    "40": clash, "23502": unknown, "23": clash, "28": refused_sign_in, "3D000": missing_database,
    "42501": no_right, "08": unreachable, "57P": unreachable, "22021": unstorable,
    "22P05": unstorable, "XX": damaged,
}  # fmt: skip


def plain(error: DBAPIError) -> UserError:
    """The database's error in plain words; holds no value of any row."""
    original = error.orig
    number = getattr(original, "sqlite_errorcode", None)
    if number is not None:
        if "NOT NULL" in str(original):
            return unknown()  # a defect of the program, nobody else's change
        return _SQLITE.get(number & 0xFF, unknown)()
    state: str = getattr(original, "sqlstate", None) or ""
    for length in (5, 3, 2):
        if state[:length] in _POSTGRES:
            return _POSTGRES[state[:length]]()
    stateless: dict[str, _Maker] = {
        "DataError": unstorable, "OperationalError": unreachable, "InterfaceError": unreachable,
    }  # fmt: skip
    return stateless.get(type(original).__name__, unknown)()


def _log(error: DBAPIError) -> None:
    """Write down what a technician needs. Only errors about the SQL itself never hold values."""
    original = error.orig
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None) or ""
    about_sql = code == "SQLITE_ERROR" or code.startswith("42")
    words = str(original) if about_sql else ""
    log.warning("database error %s %s %s", type(original).__name__, code, words)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the database's errors inside into `UserError`; the log gets codes, never values."""
    try:
        yield
    except PoolTimeout:
        raise busy() from None
    except UnicodeEncodeError:
        raise unstorable() from None
    except DBAPIError as error:
        _log(error)
        raise plain(error) from None
