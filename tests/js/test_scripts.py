import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_pure_parts_of_the_scripts():
    files = sorted(map(str, HERE.glob("*.test.js")))

    done = subprocess.run(["node", "--test", *files], capture_output=True, text=True, check=False)  # noqa: S607

    assert files
    assert done.returncode == 0, done.stdout + done.stderr
