"""Measures how fast we are beside others: ``make bench``, or ``python tests/bench/run.py --help``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.command import main

if __name__ == "__main__":
    main()
