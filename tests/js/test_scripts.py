import subprocess
from pathlib import Path

from tests.conftest import NODE

HERE = Path(__file__).parent


def test_the_pure_parts_of_the_scripts():
    files = sorted(map(str, HERE.glob("*.test.js")))

    done = subprocess.run([NODE, "--test", *files], capture_output=True, text=True, check=False)

    assert files
    assert done.returncode == 0, done.stdout + done.stderr
