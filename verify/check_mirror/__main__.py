"""``python -I -S verify/check_mirror FILE...``: the reader alone.

Run as a folder, it is the package ``verify.check_mirror`` of a ``verify`` that holds nothing else:
nothing of ours outside this folder can be imported.
"""

import sys

if not __package__:
    here = sys.path.pop(0)
    for name, where in (("verify", []), ("verify.check_mirror", [here])):
        module = type(sys)(name)
        module.__path__ = where
        sys.modules[name] = module

from verify.check_mirror.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
