"""Plain text: the first line is the title, paragraphs are parted by blank lines. Knows no headings."""

from pathlib import Path

from corpus.document import Block, Document, Section, Source
from corpus.rows import MalformedFile, digest

EXTENSIONS = (".txt",)


def read(path: Path) -> Document:
    """The document in `path`, read as UTF-8 or GB 18030. Raises MalformedFile if it is neither."""
    lines = _decoded(path).replace("\r\n", "\n").split("\n")
    blocks, start = list[Block](), 0
    for number, line in enumerate([*lines, ""]):
        if not line.strip():
            text = "\n".join(lines[start:number]).strip()
            blocks += [Block(text, (), start + 1)] if text else []
            start = number + 1
    title = blocks[0].text.split("\n")[0][:80] if blocks else path.stem
    return Document(
        path.stem, title, (Section("", tuple(blocks), 1),), Source(title), path=str(path), digest=digest(path)
    )


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise MalformedFile(path, 1, "is neither UTF-8 nor GB 18030 text: save it as UTF-8")
