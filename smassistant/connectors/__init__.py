"""Ways of publishing, one per file; a new one is a file here and a line in `ALL_CONNECTORS`."""

from __future__ import annotations

from importlib import import_module

from smassistant.ports import Connector

# "module.Class", imported only when somebody wants to publish.
ALL_CONNECTORS: tuple[str, ...] = (
    "bluesky.Bluesky",
    "by_hand.ByHand",
)


def make_connectors() -> dict[str, Connector]:
    """One connector of each kind, by its key."""
    made: dict[str, Connector] = {}
    for entry in ALL_CONNECTORS:
        module, name = entry.split(".")
        connector: Connector = getattr(import_module(f"{__name__}.{module}"), name)()
        made[connector.key] = connector
    return made
