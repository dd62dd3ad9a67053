"""Papers that the claims come from."""

from verify.claim import Source

DEEP_LDA = Source("2603.02622v1", "abstract")
DERIVED = Source("2603.02622v1", note="derived for its setting; not stated in its abstract")
LINDSEY_MENON = Source("2511.01137v2")
