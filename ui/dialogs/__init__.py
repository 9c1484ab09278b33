"""Dialogs: few, and only where a banner is not enough."""
