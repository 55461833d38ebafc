#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whether packaging/setup.sh installs the libraries that the Debian package is built with, and no other."""
import re
import subprocess
import sys
from pathlib import Path

root = Path(__file__).resolve().parents[2]
TESTS_ALONE = {"libcppunit-dev"}


def libraries(names):
    return {name for name in names if name.endswith("-dev")} - TESTS_ALONE


control = (root / "packaging/debian/control").read_text()
depends = re.search(r"^Build-Depends:\n((?: .*\n)+)", control, re.MULTILINE)[1]
packaged = libraries(re.findall(r"^ ([a-z0-9.+-]+)", depends, re.MULTILINE))
script = 'source "$1"; printf "%s\\n" "${build_packages[@]}"'
installed = libraries(subprocess.run(["bash", "-c", script, "-", root / "packaging/setup.sh"],
                                     check=True, capture_output=True, text=True).stdout.split())
for missing in sorted(packaged - installed):
    print(f"packaging/setup.sh: build_packages lacks {missing}, which packaging/debian/control names", file=sys.stderr)
for missing in sorted(installed - packaged):
    print(f"packaging/debian/control: Build-Depends lacks {missing}, which packaging/setup.sh installs", file=sys.stderr)
sys.exit(packaged != installed)
