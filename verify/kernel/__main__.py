"""``python -I -S verify/kernel FILE...``: reads certificates and says what they prove.

Run as a folder, the kernel is the package ``verify.kernel`` of a ``verify`` that holds nothing
else: nothing of ours outside this folder can be imported, and no file here stands for a module of
Python's.
"""

import sys

if not __package__:
    here = sys.path.pop(0)
    for name, where in (("verify", []), ("verify.kernel", [here])):
        module = type(sys)(name)
        module.__path__ = where
        sys.modules[name] = module

from verify.kernel.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
