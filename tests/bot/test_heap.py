"""Memory that is done with goes back."""

import subprocess
import sys

import pytest

from settings import CHECKOUT

GAPS = """
import sys
from bot.heap import give_memory_back
import numpy as np
def resident():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) / 1024
give_memory_back()
np.ones(1_000_000, np.uint8)  # freed: from now on glibc by itself takes arrays up to that size into its heap
before, arrays, kept = resident(), [], []
for _ in range(300):
    arrays.append(np.ones(200_000, np.uint8))
    kept.append(bytes(5_000))
del arrays
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own call")
def test_large_arrays_leave_no_gaps():
    told = subprocess.run([sys.executable, "-c", GAPS], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert float(told.stdout) < 10  # MB, of 60
