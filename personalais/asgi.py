"""The site as an ASGI application: pages over HTTP, the chat over a websocket."""

from __future__ import annotations

import logging
import os
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "personalais.settings")
# Before numpy is loaded. For the small products of a search a second thread of OpenBLAS
# does nothing but wait for the next one, at full speed: a third of all that a search
# takes, and of a core that others want (benchmarks/RESULTS.md).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from django.core.asgi import get_asgi_application

# Django first: what is imported below needs its apps.
http_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.db import connection

from catalog.bridge import own_words_load
from catalog.columns.current import current_columns
from catalog.encoders.text import text_encoder
from chat.agent.understanding.tagging.tagger import tagger
from chat.routing import websocket_application
from personalais.access_log import access_logged

logger = logging.getLogger(__name__)


def load_text_encoder() -> None:
    """Load what reads words before anyone waits for it. Takes 5 to 9 s, more for CLAP."""
    try:
        text_encoder().load()
        tagger().load()
        own_words_load()
    except Exception:  # The border of a thread: the site answers, and says not ready.
        logger.exception("The text encoder could not be loaded")
    finally:
        connection.close()


def load_columns() -> None:
    """Read the catalog that search goes through before anyone waits for it."""
    try:
        current_columns()
    except Exception:  # The border of a thread: the first search tries again.
        logger.exception("The catalog's columns could not be read")
    finally:
        connection.close()


def load_model_client() -> None:
    """Load what speaks with a language model, on a site that has one. Half a second."""
    if settings.PLANNER == "llm":
        import openai  # noqa: F401


for load in (load_text_encoder, load_columns, load_model_client):
    threading.Thread(target=load, name=load.__name__, daemon=True).start()

application = access_logged(
    ProtocolTypeRouter({"http": http_application, "websocket": websocket_application})
)
