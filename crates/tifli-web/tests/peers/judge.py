"""What capvalidator and feedparser say of our own documents and feeds.

cap FILE...            capvalidator must pass each, signature included
feed FILE COUNT...     feedparser must find this many entries in each, and nothing wrong
"""

import pathlib
import sys


def cap(files):
    import capvalidator

    for file in files:
        result = capvalidator.validate_cap_message(pathlib.Path(file).read_bytes())
        if not result.passed:
            sys.exit(f"{file}: {result}")


def feed(pairs):
    import feedparser

    for file, count in zip(pairs[::2], pairs[1::2], strict=True):
        read = feedparser.parse(pathlib.Path(file).read_bytes())
        if read.bozo or len(read.entries) != int(count):
            sys.exit(f"{file}: {len(read.entries)} entries, bozo {read.bozo}")


{"cap": cap, "feed": feed}[sys.argv[1]](sys.argv[2:])
