"""One thread at a time loads what stands on transformers."""

import threading

# transformers fills itself in as its names are asked for. A thread that asks while
# another one is at it can be told that a name isn't there (ImportError).
LIBRARIES = threading.RLock()
