"""Runs the local services of a folder until it is told to stop: a program for the tests to end."""

import argparse
import json
import os
import signal
import sys
from pathlib import Path

from factcheck import local_services


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("var", type=Path)
    parser.add_argument("--site", help="where the wheels are, if not where this Python has them")
    parser.add_argument("--user", type=int, help="become this user first")
    options = parser.parse_args()
    if options.site:
        sys.path.insert(0, options.site)
    if options.user:
        os.setgroups([])
        os.setgid(options.user)
        os.setuid(options.user)
    with local_services.running(options.var) as services:
        report = {"database_url": services.database_url, "redis_url": services.redis_url}
        pids = [services.postgres.pid, services.redis.pid]
        json.dump(report | {"pids": pids}, sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()
        signal.pause()


if __name__ == "__main__":
    main()
