"""The writer that lets a chat model phrase the evidence: any behind an OpenAI-compatible address (Qwen, DeepSeek, GLM, Ollama, vLLM …).

The model is never a source: what it says is shown sentence by sentence, each once it has been checked; all else the quoting writer says.
"""

from collections.abc import Mapping

from bot.words import Wording
from bot.writers import Writer, quote
from bot.writers.chat.compose import ChatWriter
from bot.writers.chat.model import ChatModel
from bot.writers.chat.propose import propose_for
from corpus.regions import Regions
from settings import Settings

__all__ = ["create", "propose_for"]


def create(wordings: Mapping[str, Wording], settings: Settings) -> Writer:
    """The chat writer for the model that the settings name."""
    model = ChatModel.at(
        settings.chat_url, settings.chat_key, settings.chat_model, settings.chat_first_word, settings.chat_limit
    )
    regions = Regions.load(settings.corpus[0] / "words")
    return ChatWriter(model, quote.create(wordings, settings), wordings[ChatWriter.LANGUAGE], regions)
