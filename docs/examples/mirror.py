"""Keep a copy of all that a desk has published: `python mirror.py https://HOST KEY FILE`.

Kill it and start it again whenever you like: the copy and the place in the log change together.
"""

import json
import sqlite3
import sys
import time
from email.message import Message
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen


def main(host: str, key: str, file: str) -> None:
    copy = sqlite3.connect(file)
    copy.execute("CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, sequence, line)")
    copy.execute("CREATE TABLE IF NOT EXISTS place (only INTEGER PRIMARY KEY, cursor)")
    while True:
        found = copy.execute("SELECT cursor FROM place").fetchone()
        cursor = f"&cursor={quote(found[0])}" if found else ""
        request = Request(f"{host}/api/v1/changes/?wait=25{cursor}")  # noqa: S310 - one's own
        request.add_header("Authorization", f"Api-Key {key}")
        try:
            with urlopen(request, timeout=60) as response:  # noqa: S310
                answer, pause = json.load(response), seconds(response.headers, 0)
        except HTTPError as refused:
            if refused.code < 500 and refused.code != 429:
                raise  # such as a revoked key: to ask again is no help
            time.sleep(seconds(refused.headers, 5))
            continue
        except (OSError, HTTPException, ValueError):  # no way there, or the answer was cut off
            time.sleep(5)
            continue
        with copy:  # one transaction
            for item in answer["results"]:
                if item["kind"] == "retraction":
                    copy.execute("DELETE FROM item WHERE id = ?", [item["id"]])
                else:
                    line = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
                    row = (item["id"], item["sequence"], line)
                    copy.execute("REPLACE INTO item VALUES (?, ?, ?)", row)
            copy.execute("REPLACE INTO place VALUES (1, ?)", [answer["next_cursor"]])
        time.sleep(pause)


def seconds(headers: Message, usual: int) -> int:
    told = headers.get("Retry-After", "")  # a date, if somebody on the way says so
    return int(told) if told.isdigit() else usual


if __name__ == "__main__":
    main(*sys.argv[1:])
