"""Settings of the tests: the project's own, over services of their own in a temporary folder."""

import hashlib
import os
import tempfile
from pathlib import Path

from factcheck import local_services

_CLONE = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
_RUNNER = os.environ.get("PYTEST_XDIST_WORKER", "main")  # each runs its own services
if os.environ.get("TESTS_OF", "main") != _RUNNER:
    for _name in ("VAR_DIR", "DATABASE_URL", "REDIS_URL"):
        os.environ.pop(_name, None)
os.environ["TESTS_OF"] = _RUNNER
TEST_VAR = Path(
    os.environ.setdefault(
        "VAR_DIR", f"{tempfile.gettempdir()}/factcheck-tests-{os.getuid()}-{_CLONE}-{os.getpid()}"
    )
)
_addresses = local_services.addresses(TEST_VAR)
os.environ.setdefault("DATABASE_URL", _addresses.database_url)
os.environ.setdefault("REDIS_URL", _addresses.redis_url)
os.environ["SECRET_KEY"] = "only-for-the-tests-" + "0123456789" * 5
os.environ["HTTPS"] = "false"

from factcheck.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
LIVE_HEARTBEAT_SECONDS = 1
API_READER_REQUESTS_A_MINUTE = READER_PAGES_A_MINUTE = 0  # all tests come from one address
