"""How it is found: versions of the index, vectors, words, and the search over both. Knows nothing of questions and answers."""
