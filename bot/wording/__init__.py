"""Every sentence the bot says of itself, a YAML file per language. Words about the world stand in the corpus, not here."""
