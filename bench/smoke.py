"""Run each part once on next to nothing: the figures mean nothing, the programs still work.

Left out are the two that mostly start programs: `servers` and `startup`.
"""

from bench.part import installation, measure

SMALLEST = {
    "extraction": ("--articles", "1"),
    "tagging": ("--articles", "30", "--labels", "2"),
    "lists": ("--sizes", "300", "--times", "1"),
    "plans": ("--sentences", "300", "--only", "queue"),
    "export": ("--sizes", "60"),
    "ingest": ("--articles", "2", "--accepted", "2"),
    "pools": ("--articles", "2"),
    "mirror": ("--items", "60", "--restarts", "2"),
}


def main() -> None:
    with installation() as scratch:
        for part, options in SMALLEST.items():
            print(f"\n== {part} ==", flush=True)
            measure(part, scratch, options)
            scratch.stop_all()


if __name__ == "__main__":
    main()
