#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that each link of the Markdown files below FOLDER leads to a file, and to a heading of it.

Usage: check_guides.py FOLDER. Prints one line a broken link; exits 1 when there is one or no link at all.
"""
import re
import sys
from pathlib import Path

LINK = re.compile(r"\]\(([^)\s]+)\)", re.S)
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.S | re.M)
HEADING = re.compile(r"^#+ (.+)$", re.M)


def anchor(heading):
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(path):
    return {anchor(heading) for heading in HEADING.findall(re.sub(r"^```.*?^```", "", path.read_text(), flags=re.S | re.M))}


def broken_links(path):
    for link in LINK.findall(CODE.sub("", path.read_text())):
        target, _, heading = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        there = path.parent / target if target else path
        if not there.exists():
            yield f"{path}: {link}: there is no such file"
        elif heading and there.suffix == ".md" and heading not in anchors(there):
            yield f"{path}: {link}: there is no such heading"


def main():
    folder = Path(sys.argv[1])
    files = [path for path in sorted(folder.rglob("*.md")) if "build" not in path.parts and "node_modules" not in path.parts]
    broken = [line for path in files for line in broken_links(path)]
    print("\n".join([*broken, f"{len(files)} files, {len(broken)} broken links"]))
    return 1 if broken or not files else 0


if __name__ == "__main__":
    sys.exit(main())
