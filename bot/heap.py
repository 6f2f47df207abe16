"""What a server does with memory that it is done with."""

import ctypes
import sys

M_MMAP_THRESHOLD, LARGE = -3, 128 * 1024
"""mallopt(3): bytes from which memory is asked of the system for itself alone, and goes back to it."""


def give_memory_back() -> None:
    """Large arrays go back to the system when they are done with. glibc takes them into the heap after a while, where they leave gaps: 1,000 questions
    made a process grow by 16 MB instead of 11, and the caches held 3 of them. Does nothing where there is no such call: on another system
    than Linux, with another C library than glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, LARGE)
