"""Every connector is listed, light to make, and keeps the protocol."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import smassistant.connectors as package
from smassistant.connectors import ALL_CONNECTORS, make_connectors
from smassistant.ports import Connector


def test_every_connector_in_the_folder_is_listed() -> None:
    found = set()
    for module in iter_modules(package.__path__):
        content = import_module(f"smassistant.connectors.{module.name}")
        for name, thing in inspect.getmembers(content, inspect.isclass):
            if thing.__module__ == content.__name__ and hasattr(thing, "by_hand"):
                found.add(f"{module.name}.{name}")
    assert found == set(ALL_CONNECTORS)


def test_connectors_keep_the_protocol() -> None:
    made = make_connectors()
    assert len(made) == len(ALL_CONNECTORS)
    for key, connector in made.items():
        assert connector.key == key
        assert connector.title
        for name, method in inspect.getmembers(Connector, inspect.isfunction):
            if not name.startswith("_"):
                own = inspect.signature(getattr(type(connector), name))
                assert own.parameters.keys() == inspect.signature(method).parameters.keys()


def test_making_connectors_loads_no_http_library() -> None:
    code = (
        "import sys; from smassistant.connectors import make_connectors; make_connectors(); "
        "sys.exit('requests' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
