"""Every check, connector and page is in its list: one left out would never run."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from types import ModuleType


def modules_of(package: ModuleType) -> list[ModuleType]:
    names = [info.name for info in pkgutil.iter_modules(package.__path__)]
    return [import_module(f"{package.__name__}.{name}") for name in names]


def classes_of(module: ModuleType) -> list[type]:
    classes = [value for _, value in inspect.getmembers(module, inspect.isclass)]
    return [one for one in classes if one.__module__ == module.__name__]


def test_every_check_is_listed() -> None:
    import smassistant.checks

    made = [module.CHECK for module in modules_of(smassistant.checks) if hasattr(module, "CHECK")]
    assert made
    assert {check.key for check in made} == {c.key for c in smassistant.checks.ALL_CHECKS}
    assert len(smassistant.checks.ALL_CHECKS) == len(made)


def test_every_connector_is_listed() -> None:
    import smassistant.connectors
    from smassistant.ports import Connector

    wanted = {name for name in dir(Connector) if not name.startswith("_")}
    wanted |= set(Connector.__annotations__)
    made = {
        f"{module.__name__.rsplit('.', 1)[1]}.{one.__name__}"
        for module in modules_of(smassistant.connectors)
        for one in classes_of(module)
        if wanted <= {*dir(one), *one.__annotations__}
    }
    assert made
    assert made == set(smassistant.connectors.ALL_CONNECTORS)


def test_every_page_is_listed() -> None:
    import ui.pages
    from ui.pages.page import Page

    made = {
        one
        for module in modules_of(ui.pages)
        for one in classes_of(module)
        if issubclass(one, Page) and one is not Page and not one.__name__.startswith("_")
    }
    assert made
    assert made == set(ui.pages.ALL_PAGES)
