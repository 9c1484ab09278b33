"""Whether the encrypted file is whole, page by page."""

from __future__ import annotations

from sqlalchemy import Connection

from smassistant.i18n import _


def file_faults(connection: Connection) -> tuple[str, ...]:
    """What is wrong with the embedded database's file; a server looks after its own files."""
    if connection.dialect.name != "sqlite":
        return ()
    pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
    structure = connection.exec_driver_sql("PRAGMA quick_check(20)").all()
    faults = [
        _("The database file is damaged: {what}.").format(what=str(row[0]).rstrip("."))
        for row in (*pages[:20], *structure)
        if str(row[0]) != "ok"
    ]
    return tuple(faults)
