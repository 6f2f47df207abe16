"""What is known: documents, facts, regions, terms. The lowest floor: imports nothing of ours but itself."""
