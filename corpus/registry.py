"""A folder is a registry: every module in it is a plug-in, found by its file name. One new file adds one, no other edit.

Built-ins enter by the same gate. A registry may be given several folders, so that a higher floor brings its own.
"""

import importlib
import pkgutil
from types import ModuleType


class UnknownPlugin(LookupError):
    """No module of that name in the folder; the message lists those there are."""


class MissingPackage(UnknownPlugin):
    """A plug-in needs a package that is not installed; the message says which."""


def names(*packages: str) -> tuple[str, ...]:
    """Names of all plug-ins in the folders of `packages` (dotted), sorted. Names that start with _ are helpers, not plug-ins."""
    found = set()
    for package in packages:
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
            if not module.name.startswith("_"):
                found.add(module.name)
    return tuple(sorted(found))


def load(name: str, *packages: str) -> ModuleType:
    """The plug-in `name` from the first of `packages` that has it. Raises UnknownPlugin, MissingPackage."""
    for package in packages:
        if name in names(package):
            return _imported(package, name)
    raise UnknownPlugin(f"{name!r} is not in {' or '.join(packages)}; there are: {', '.join(names(*packages))}")


def _imported(package: str, name: str) -> ModuleType:
    try:
        return importlib.import_module(f"{package}.{name}")
    except ModuleNotFoundError as error:
        if str(error.name).startswith(package.partition(".")[0]):
            raise  # ours, not somebody else's
        raise MissingPackage(
            f"{name!r} of {package} needs {error.name}, which is not installed: python -m pip install -c constraints.txt -e '.[{name}]'"
        ) from error


def load_all(*packages: str) -> tuple[ModuleType, ...]:
    """All plug-ins of the folders, in order of their names."""
    return tuple(load(name, *packages) for name in names(*packages))
