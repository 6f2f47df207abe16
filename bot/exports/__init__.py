"""A conversation as a file, a module each, named by its extension: `NAME`, `MIME` and `export(transcript) -> bytes`. One new file adds one."""

from types import ModuleType

from corpus import registry


def forms() -> dict[str, ModuleType]:
    """All forms there are, by extension."""
    return {module.__name__.rpartition(".")[2]: module for module in registry.load_all("bot.exports")}
