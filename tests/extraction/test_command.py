import json
import subprocess
import sys

import pytest

ARTICLE = "Le maire a perdu 12 sièges mardi. « C’est faux », a répondu l’adjoint.\n"
KEYS = (
    "start end exact role language check_worthiness is_candidate kind claimant quotes quantities"
    " dates signals engine facets repeats conflicts"
)


def run(*arguments, given):
    command = [sys.executable, "-m", "annotations.extraction", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False)


class TestCommand:
    def test_prints_one_line_a_sentence(self):
        done = run("--language", "fr", "--published-at", "2024-11-28", given=ARTICLE.encode())

        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert (done.returncode, done.stderr) == (0, b"")
        assert [list(one) for one in found] == [KEYS.split()] * 2
        assert found[0]["quantities"][0]["value"] == 12
        assert found[0]["dates"][0]["iso"] == "2024-11-26"
        assert found[1]["claimant"]["text"] == "adjoint"

    def test_reads_one_article_a_line(self):
        lines = [{"id": 7, "text": ARTICLE, "language": "fr"}, {"id": "b", "text": ""}]

        done = run("--jsonl", given="\n".join(map(json.dumps, lines)).encode())

        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [(one["id"], len(one["sentences"])) for one in found] == [(7, 2), ("b", 0)]

    @pytest.mark.parametrize(
        ("arguments", "given", "message"),
        [
            (["--jsonl"], b'{"text": "a"}\n{"text": \n', b"line 2: not JSON"),
            (["--jsonl"], b'["a"]\n', b"line 1: not a JSON object"),
            (["--jsonl"], b'{"id": 1}\n', b"line 1: an article needs a text"),
            (["--jsonl"], b'{"text": "a", "published_at": "hier"}', b"line 1: not a date: 'hier'"),
            (["--jsonl"], b'\xff{"text": "a"}\n', b"line 1: not UTF-8 at byte 1"),
            ([], b"un\nde\xffux\n", b"line 2: not UTF-8"),
            (["--published-at", "26/11"], b"un\n", b"--published-at: not a date"),
        ],
    )
    def test_refuses_bad_input_and_says_where(self, arguments, given, message):
        done = run(*arguments, given=given)

        assert done.returncode == 2
        assert message in done.stderr
        assert b"Traceback" not in done.stderr

    def test_is_quiet_when_nobody_reads_on(self):
        command = [sys.executable, "-m", "annotations.extraction", "--language", "fr"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            process.stdout.close()
            process.stdin.write(ARTICLE.encode() * 500)
            process.stdin.close()

            assert process.stderr.read() == b""
