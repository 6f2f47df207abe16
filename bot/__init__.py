"""How it is said: a function from Question to Answer, and the doors to it. Read `answering.py` first."""
