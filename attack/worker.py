"""One process of the campaign: a draw per line of standard input, its result as a line of JSON
where standard output was.
"""

from __future__ import annotations

import json
import os
import sys

from attack.examine import examine
from attack.plants import plant


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever prints does not get in between
    if len(sys.argv) > 1:
        plant(sys.argv[1])
    for line in sys.stdin:
        language, seed, index = line.split()
        answers.write(json.dumps(examine(language, int(seed), int(index))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
