"""Django's settings, derived from personalais.env."""

from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from personalais.env import ROOT, read_env

ENV = read_env()
HOME = ENV.personalais_home

SECRET_KEY = ENV.secret_key.get_secret_value() or "development-only"
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
    "django_htmx",
    "django_rq",
    "accounts",
    "catalog",
    "playlists",
    "feedback",
    "chat",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "personalais.urls"
ASGI_APPLICATION = "personalais.asgi.application"

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
            ]
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "chat:show-home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = HOME / "static"
MEDIA_ROOT: Path = HOME / "media"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- data -----------------------------------------------------------------------


def database(url: str) -> dict[str, object]:
    """Return Django's settings of the database that a libpq URL names."""
    parts = conninfo_to_dict(url)
    host = parts.pop("host", "")
    options: dict[str, object] = {"pool": {"min_size": 1, "max_size": 12}}
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

CHANNEL_LAYERS = {
    "default": {
        # The pub/sub layer has no capacity past which it drops frames in silence.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [ENV.redis_url], "prefix": ENV.redis_prefix},
    }
}

RQ_QUEUES = {
    name: {"URL": ENV.redis_url, "DEFAULT_TIMEOUT": 3600, "DEFAULT_RESULT_TTL": 600}
    for name in ("default", "audio")
}
