"""Bringing a roster in, step by step, with nothing changed before the last."""

from ui.dialogs.roster.dialog import RosterDialog

__all__ = ["RosterDialog"]
