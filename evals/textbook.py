"""The pipeline of the textbooks, to compare with: recursive splitter 500/50, Chroma, the same embedder, top 4, the best chunk returned.

Knows no region, no day, no refusal; nothing of index/ or bot/ is used but the embedder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document as Chunk
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.document import Document
from index.embedders import Embedder

SIZE, OVERLAP, TOP = 500, 50, 4
STATED = 0.5
"""Share of a statement that a chunk must hold to count as stating its facts."""


class _Adapter(Embeddings):
    """The project's embedder as LangChain's."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.question(text).tolist()
        return vector


@dataclass(frozen=True, slots=True)
class Found:
    """A chunk with the facts that it states."""

    id: str
    text: str
    facts: frozenset[str]


class Textbook:
    """The pipeline over the same documents."""

    def __init__(self, documents: Sequence[Document], embedder: Embedder, folder: Path) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP, add_start_index=True)
        self._found: dict[str, Found] = {}
        chunks = []
        for document in documents:
            text, spots = _flat(document)
            for chunk in splitter.create_documents([text]):
                identity = f"{document.id}-{chunk.metadata['start_index']}"
                self._found[identity] = Found(identity, chunk.page_content, _stated(chunk, spots))
                chunks.append(Chunk(chunk.page_content, id=identity))
        space = {"hnsw": {"space": "cosine"}}
        self._store = Chroma("textbook", _Adapter(embedder), str(folder), collection_configuration=space)  # type: ignore[arg-type]
        self._store.add_documents(chunks, ids=[str(chunk.id) for chunk in chunks])

    @property
    def chunks(self) -> Sequence[Found]:
        """All chunks."""
        return tuple(self._found.values())

    def search(self, question: str, limit: int = TOP) -> list[Found]:
        """The nearest chunks, best first."""
        return [self._found[str(chunk.id)] for chunk in self._store.similarity_search(question, k=limit)]


def _flat(document: Document) -> tuple[str, list[tuple[int, int, tuple[str, ...]]]]:
    """The document as one text, headings included, and where each statement of facts stands in it."""
    text, spots = f"{document.title}\n\n", []
    for section in document.sections:
        text += f"{section.heading}\n\n"
        for block in section.blocks:
            spots.append((len(text), len(text) + len(block.text), block.facts))
            text += block.text + "\n\n"
    return text, spots


def _stated(chunk: Chunk, spots: list[tuple[int, int, tuple[str, ...]]]) -> frozenset[str]:
    start = chunk.metadata["start_index"]
    end = start + len(chunk.page_content)
    return frozenset(
        fact
        for first, last, facts in spots
        for fact in facts
        if min(end, last) - max(start, first) >= STATED * (last - first)
    )
