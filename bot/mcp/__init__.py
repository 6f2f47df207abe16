"""The Model Context Protocol: assistants ask the bot, search its passages and use its tools. `python -m bot.mcp`, or /mcp of the server."""
