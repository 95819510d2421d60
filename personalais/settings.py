"""Django's settings, derived from personalais.env."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

from personalais.env import ROOT, read_env
from personalais.secret_key import kept_secret_key
from personalais.sizes import MAX_BODY_BYTES

# Both addresses are always there: of the servers that are given, or the embedded ones.
ENV = read_env().with_addresses()
HOME = ENV.personalais_home

SECRET_KEY = ENV.secret_key.get_secret_value() or kept_secret_key(HOME)
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "channels",
    "django_rq",
    "social_django",
    "personalais",
    "accounts",
    "catalog",
    "playlists",
    "feedback",
    "chat",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "personalais.compression.TextGZipMiddleware",
    "personalais.csp.CspMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "personalais.languages.LanguageMiddleware",
    "personalais.bodies.large_bodies_refused",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.TokenMiddleware",
    "accounts.middleware.SeenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.spotify.middleware.SpotifyErrorMiddleware",
]

ROOT_URLCONF = "personalais.urls"
ASGI_APPLICATION = "personalais.asgi.application"
WEB_PROCESSES = ENV.web_processes

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # {% translate %} in every template, without a line that loads it.
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "chat:show-home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "accounts.passwords.UnlikeTheUser"},
    {"NAME": "accounts.passwords.Uncommon"},
    {"NAME": "accounts.passwords.NotOnlyDigits"},
]

# --- mail ---------------------------------------------------------------------------

# Without a host the site sends none, and shows nothing that would need it.
EMAIL_HOST = ENV.email_host
EMAIL_PORT = ENV.email_port
EMAIL_USE_TLS = ENV.email_security == "starttls"
EMAIL_USE_SSL = ENV.email_security == "tls"
EMAIL_HOST_USER = ENV.email_user
EMAIL_HOST_PASSWORD = ENV.email_password.get_secret_value()
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
PASSWORD_RESET_TIMEOUT = 3 * 3600

# --- accounts elsewhere -------------------------------------------------------------

# Spotify's is asked only where the site has an app there; it takes no password.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "accounts.spotify.backend.SpotifyBackend",
]
SPOTIFY_CLIENT_ID = ENV.spotify_client_id
SPOTIFY_CLIENT_SECRET = ENV.spotify_client_secret
SPOTIFY_ACCOUNTS_URL = ENV.spotify_accounts_url
SPOTIFY_API_URL = ENV.spotify_api_url
# How long Spotify may take to answer one call.
SPOTIFY_TIMEOUT_S = 15.0
LISTENBRAINZ = ENV.listenbrainz
LISTENBRAINZ_API_URL = ENV.listenbrainz_api_url
# How long ListenBrainz may take to answer one call.
LISTENBRAINZ_TIMEOUT_S = 15.0
LIBRARY_DAYS = ENV.library_days
TOKEN_KEYS = ENV.token_keys
SECOND_LOOK_SHARE = ENV.second_look_share

# Keys of the pseudonyms of what is given: feedback/donation/keys.py.
DONATION_KEYS = ENV.donation_keys
SOCIAL_AUTH_REQUESTS_TIMEOUT = 15
SOCIAL_AUTH_LOGIN_REDIRECT_URL = "/"
SOCIAL_AUTH_LOGIN_ERROR_URL = "/account/sign-in/"
SOCIAL_AUTH_INACTIVE_USER_URL = "/account/sign-in/"
SOCIAL_AUTH_NEW_ASSOCIATION_REDIRECT_URL = "/account/services/"
SOCIAL_AUTH_PIPELINE = (
    "social_core.pipeline.social_auth.social_details",
    "social_core.pipeline.social_auth.social_uid",
    "social_core.pipeline.social_auth.auth_allowed",
    "social_core.pipeline.social_auth.social_user",
    "accounts.spotify.pipeline.refuse_second",
    "accounts.spotify.pipeline.note_return",
    "accounts.spotify.pipeline.choose_username",
    "social_core.pipeline.user.create_user",
    "social_core.pipeline.social_auth.associate_user",
    # In place of social_auth.load_extra_data, which would store tokens in the clear.
    "accounts.spotify.pipeline.keep_tokens",
)

# --- who may do what --------------------------------------------------------------

_spotify = urlsplit(ENV.spotify_accounts_url)
SPOTIFY_ORIGIN = (
    [f"{_spotify.scheme}://{_spotify.netloc}"] if ENV.spotify_client_id else []
)

# A pasted list may be as large as a file; what is larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES

# The browser may load nothing from elsewhere and run nothing that is written into a
# page. 'self' covers the websocket too (CSP level 3).
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "media-src": ["'self'", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    # Chromium holds a form's redirects to it as well: to Spotify, where that is on.
    "form-action": ["'self'", *SPOTIFY_ORIGIN],
    "frame-ancestors": ["'none'"],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = ENV.csrf_trusted_origins

TRUSTED_PROXIES = ENV.trusted_proxies
# Without HTTPS a Secure cookie would never come back, so this is a setting.
SESSION_COOKIE_SECURE = ENV.https
CSRF_COOKIE_SECURE = ENV.https
SECURE_SSL_REDIRECT = ENV.https
# The health page is asked on the machine itself, where there is no proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None

# Tries of one address with one user name; "address" bounds those with any name, and
# "mail" what is sent to one address whoever asks.
RATE_LIMITS = {
    "sign-in": "10/minute",
    "sign-up": "10/minute",
    "reset": "10/hour",
    "mail": "5/hour",
    "import": "60/hour",
    "connect": "10/minute",
    "rename": "10/hour",
    "address": "60/minute",
}
REDIS_PREFIX = ENV.redis_prefix

# --- words --------------------------------------------------------------------------

# What pages are written in, and what they are translated into (docs/translating.md).
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("el", "Ελληνικά"), ("ar", "العربية")]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENV.https
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = HOME / "static"
MEDIA_ROOT: Path = HOME / "media"
# What listeners download of themselves: served to its owner alone, and not for long.
EXPORTS_ROOT: Path = HOME / "exports"
# Releases of donated data, a folder each, which nothing changes once it is there.
RELEASES_ROOT: Path = HOME / "releases"
RELEASE_FLOOR = ENV.release_floor
RELEASE_LICENCE = ENV.release_licence
# Where training of a bridge is kept while it goes on.
TRAINING_ROOT: Path = HOME / "training"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Names with a hash: cached for ever, and never stale.
        "BACKEND": "personalais.storage.StaticFiles"
    },
}

TEXT_MODEL = ENV.text_model
# Where train_mood puts the head of another text model.
MOOD_FOLDER: Path = HOME / "mood"
AUDIO_ENCODER = ENV.audio_encoder
AUDIO_MODEL = ENV.audio_model
SECONDS_PER_WORD = ENV.seconds_per_word

PLANNER = ENV.planner
OPENAI_BASE_URL = ENV.openai_base_url
OPENAI_API_KEY = ENV.openai_api_key  # a SecretStr, which no error page shows
LLM_MODEL = ENV.llm_model
LLM_MAX_TOKENS_PARAM = ENV.llm_max_tokens_param
LLM_USAGE_IN_STREAM = ENV.llm_usage_in_stream
LLM_MAX_TOKENS = ENV.llm_max_tokens
LLM_MAX_ROUNDS = ENV.llm_max_rounds
LLM_TURN_TOKENS = ENV.llm_turn_tokens
LLM_CONNECT_TIMEOUT_S = ENV.llm_connect_timeout_s
LLM_READ_TIMEOUT_S = ENV.llm_read_timeout_s
LLM_TURN_TIMEOUT_S = ENV.llm_turn_timeout_s
LLM_DAILY_TOKENS = ENV.llm_daily_tokens
LLM_LOG_DAYS = ENV.llm_log_days

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- data -----------------------------------------------------------------------


def database(url: str) -> dict[str, object]:
    """Return Django's settings of the database that a libpq URL names."""
    parts = conninfo_to_dict(url)
    host = parts.pop("host", "")
    options: dict[str, object] = {
        "pool": {"min_size": 1, "max_size": 12},
        # What is asked again and again is parsed and planned once a connection, which
        # is most of what a small statement costs.
        "server_side_binding": True,
        "prepare_threshold": 5,
    }
    named = {
        "NAME": parts.pop("dbname", "personalais"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": host,
        "PORT": parts.pop("port", ""),
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        # The pool keeps connections open; Django must not keep them as well.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**parts, **options},
    }


DATABASES = {"default": database(ENV.database_url)}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": ENV.redis_url,
        "KEY_PREFIX": f"{ENV.redis_prefix}:cache",
    }
}

CHANNEL_LAYERS = {
    "default": {
        # The pub/sub layer has no capacity past which it drops frames in silence.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [ENV.redis_url], "prefix": ENV.redis_prefix},
    }
}

# --- background jobs --------------------------------------------------------------

# RQ reads it when it is first imported, which is after the settings.
os.environ.setdefault("RQ_KEY_PREFIX", f"{ENV.redis_prefix}:rq")

RQ_QUEUES = {
    name: {
        "URL": ENV.redis_url,
        "DEFAULT_TIMEOUT": 3600,
        "DEFAULT_RESULT_TTL": 600,
        # Unlike pickle, it runs nothing that somebody has put into Redis. Workers must
        # be told as well: rqworker --serializer json.
        "SERIALIZER": "json",
    }
    for name in ("default", "audio")
}

# --- logs -------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "plain",
        }
    },
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        # They come with handlers of their own; one is enough.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "daphne": {"level": "WARNING"},
        # Below this it logs bearer tokens and the client's secret.
        "spotipy": {"level": "INFO"},
        "social": {"level": "INFO"},
        "urllib3": {"level": "INFO"},
        "requests_oauthlib": {"level": "INFO"},
        # Below this they log requests, with the words in them.
        "openai": {"level": "WARNING"},
        "httpx2": {"level": "WARNING"},
        "httpcore2": {"level": "WARNING"},
        # It tells its cache's figures at the end of each process.
        "torch": {"level": "WARNING"},
    },
}
