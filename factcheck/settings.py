"""All settings, in one module, from environment variables (see .env.example)."""

from datetime import timedelta
from pathlib import Path

from celery.schedules import schedule
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from dotenv import load_dotenv

from factcheck import env, local_services

BASE_DIR = Path(__file__).resolve().parent.parent
load_dotenv(BASE_DIR / ".env")

# --- Where we are -------------------------------------------------------------------------------

VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")  # demo newsroom with published passwords: never on a real newsroom's server
HTTPS = env.flag("HTTPS", default=not (DEBUG or DEMO))
BEHIND_PROXY = env.flag("BEHIND_PROXY")
PROXIES = env.integer("PROXIES", 1, low=1, high=10) if BEHIND_PROXY else 0
SECRET_KEY = env.secret("SECRET_KEY", kept_in=VAR_DIR / "secret-key" if DEBUG or DEMO else None)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
PUBLIC_URL = env.text("PUBLIC_URL", "")
EMBED_ANCESTORS = env.words("EMBED_ANCESTORS", "*")

# --- The house ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "annotations.apps.AnnotationsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "factcheck.apps.StaticFiles",
    "axes",
    "csp",
    "django_htmx",
    "heroicons",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.cors.allowed",
    "factcheck.sharing.told",
    "factcheck.policy.Policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "factcheck.plans.kept_for_writes",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "annotations.editor.tags",
                "annotations.editor.cards",
                "annotations.editor.frame",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "annotations.editor.context.workbench",
            ],
        },
    }
]

# --- PostgreSQL, the only truth; Redis, for work and messages -------------------------------------

_local = local_services.addresses(VAR_DIR)
DATABASE_URL = env.text("DATABASE_URL", _local.database_url)
REDIS_URL = env.redis(env.text("REDIS_URL", _local.redis_url))
DATABASES = {"default": env.database(DATABASE_URL)}
DATABASES["default"]["OPTIONS"]["server_side_binding"] = True  # see factcheck/plans.py
if env.flag("DATABASE_POOL"):  # for the web server; workers fork, and a pool does not survive that
    DATABASES["default"]["OPTIONS"] |= {"pool": {"min_size": 1, "max_size": 16, "timeout": 10}}
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "factcheck",
    }
}

# --- Who may come in ----------------------------------------------------------------------------

AUTH_USER_MODEL = "annotations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "annotations.editor.recognising.Passwords",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "editor:login"
LOGIN_REDIRECT_URL = "editor:queue"
LOGOUT_REDIRECT_URL = "editor:login"
AXES_FAILURE_LIMIT = env.integer("LOGIN_ATTEMPTS", 5, low=1, high=100)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says when it ends
AXES_LOCKOUT_CALLABLE = "annotations.editor.accounts.locked_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "factcheck.visitors.address_of"
SESSION_ENGINE = "annotations.editor.recognising"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "factcheck_session"
CSRF_COOKIE_NAME = "factcheck_csrf"

# --- What a page may do -------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Languages and files ------------------------------------------------------------------------

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "factcheck.formats"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LANGUAGE_COOKIE_NAME = "factcheck_language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.text("TIME_ZONE", "Europe/Paris")
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "factcheck.storage.HashedStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "svgz", "woff", "woff2", "gz", "br")
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# --- News for open pages --------------------------------------------------------------------------

# Each open page waits in a thread of its own; the web server needs more threads than this.
LIVE_STREAMS = env.integer("LIVE_STREAMS", 48, low=0, high=1_000)
LIVE_SECONDS = env.integer("LIVE_SECONDS", 300, low=1, high=3_600)
LIVE_HEARTBEAT_SECONDS = env.integer("LIVE_HEARTBEAT_SECONDS", 10, low=1, high=60)

# --- Ingest -------------------------------------------------------------------------------------

ARTICLE_MAX_BYTES = env.integer("ARTICLE_MAX_BYTES", 2_000_000, low=1_000, high=16_000_000)
IMPORT_MAX_BYTES = env.integer("IMPORT_MAX_BYTES", 200_000_000, low=1_000, high=2_000_000_000)

# --- Celery -------------------------------------------------------------------------------------

CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SOFT_TIME_LIMIT = env.integer("EXTRACTION_SECONDS", 120, low=1, high=3_600)
CELERY_TASK_TIME_LIMIT = CELERY_TASK_SOFT_TIME_LIMIT + 30
# A message that a dead worker held comes back after this long; the watch over the runs is faster.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": max(300, CELERY_TASK_TIME_LIMIT + 60),
    "queue_order_strategy": "priority",  # the interactive queue is always looked into first
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_TASK_IGNORE_RESULT = True  # the rows say how it went
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "interactive"
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0, "interval_max": 0.5}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = True  # nothing waits inside a worker that another could do now
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
_watch = schedule(timedelta(seconds=env.integer("WATCH_SECONDS", 10, low=1, high=600)))
CELERY_BEAT_SCHEDULE = {
    "watch over extraction": {
        "task": "annotations.tasks.recover_lost_runs",
        "schedule": _watch,
        "options": {"expires": 30},
    },
    "watch over webhooks": {
        "task": "annotations.tasks.watch_over_webhooks",
        "schedule": _watch,
        "options": {"expires": 30},
    },
    "watch over imports": {
        "task": "annotations.tasks.recover_lost_imports",
        "schedule": _watch,
        "options": {"expires": 30},
    },
    "forget old files": {
        "task": "annotations.tasks.forget_old_files",
        "schedule": schedule(timedelta(hours=6)),
    },
    "forget old deliveries": {
        "task": "annotations.tasks.forget_old_deliveries",
        "schedule": schedule(timedelta(hours=6)),
    },
    "watch over exports": {
        "task": "annotations.tasks.recover_lost_exports",
        "schedule": _watch,
        "options": {"expires": 30},
    },
    "forget old exports": {
        "task": "annotations.tasks.forget_old_exports",
        "schedule": schedule(timedelta(minutes=10)),
    },
    "forget old answers": {
        "task": "annotations.tasks.forget_old_answers",
        "schedule": schedule(timedelta(hours=1)),
    },
}
# How long a run may be silent before it counts as lost, and a worker before it counts as gone.
RUN_SILENCE = timedelta(seconds=env.integer("RUN_SILENCE_SECONDS", 30, low=2, high=3_600))
WORKER_SILENCE = timedelta(seconds=15)

# --- A language model as an engine; each desk chooses ---------------------------------------------

CHAT_URL = env.service("CHAT_URL")
CHAT_MODEL = env.text("CHAT_MODEL", None if CHAT_URL else "")
CHAT_KEY = env.service_key("CHAT_KEY", sent_to=CHAT_URL)
CHAT_SECONDS = env.integer(
    "CHAT_SECONDS",
    min(60, CELERY_TASK_SOFT_TIME_LIMIT),
    low=1,
    high=CELERY_TASK_SOFT_TIME_LIMIT,
)
CHAT_MAX_CALLS = env.integer("CHAT_MAX_CALLS", 20, low=1, high=1_000)
CHAT_MAX_TOKENS = env.integer("CHAT_MAX_TOKENS", 60_000, low=1_000, high=10_000_000)

# --- Webhooks -----------------------------------------------------------------------------------

# Their secrets are derived from this key: another key, and every receiver needs a new secret.
WEBHOOK_KEY = env.text("WEBHOOK_KEY", SECRET_KEY)
# Hosts that may be called although their address is not of the public internet.
OUTBOUND_ALLOWED_HOSTS = frozenset(
    name.lower().rstrip(".") for name in env.words("OUTBOUND_ALLOWED_HOSTS")
)
WEBHOOK_PAUSES_AFTER = timedelta(days=3)
WEBHOOK_GIVES_UP_AFTER = timedelta(days=5)

# --- Exports in files -----------------------------------------------------------------------------

# Workers write there and the web server reads: the same folder for both.
EXPORTS_DIR = Path(env.text("EXPORTS_DIR", str(VAR_DIR / "exports")))
EXPORT_KEPT_FOR = timedelta(hours=env.integer("EXPORT_HOURS", 72, low=1, high=8_760))
EXPORT_SECONDS = env.integer("EXPORT_SECONDS", 3_600, low=1, high=86_400)

# --- REST ---------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.authentication.ApiKeyAuthentication",
        "annotations.api.authentication.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["annotations.api.renderers.Json"],
    "DEFAULT_PARSER_CLASSES": ["annotations.api.renderers.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "annotations.api.errors.handle",
    "DEFAULT_VERSIONING_CLASS": None,
    "UNAUTHENTICATED_USER": None,
}
API_REQUESTS_A_MINUTE = env.integer("API_REQUESTS_A_MINUTE", 600, low=0, high=1_000_000)
API_READER_REQUESTS_A_MINUTE = env.integer(
    "API_READER_REQUESTS_A_MINUTE", 120, low=0, high=1_000_000
)
READER_PAGES_A_MINUTE = env.integer("READER_PAGES_A_MINUTE", 300, low=0, high=1_000_000)
CHANGES_WAITERS = env.integer("CHANGES_WAITERS", 16, low=1, high=1_000)
CORS_ORIGINS = frozenset(env.words("CORS_ORIGINS"))
SPECTACULAR_SETTINGS = {
    "TITLE": "factcheck",
    "VERSION": "1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "annotations.api.schema_whole.finished",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- Monitoring -----------------------------------------------------------------------------------

METRICS_TOKEN = env.token("METRICS_TOKEN", at_least=16)

# --- Logs ---------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        name: {
            "level": env.choice("LOG_LEVEL", "INFO", among=("DEBUG", "INFO", "WARNING", "ERROR"))
        }
        for name in ("annotations", "factcheck")
    },
}
