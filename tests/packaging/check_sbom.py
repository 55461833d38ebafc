# SPDX-License-Identifier: Apache-2.0
"""check_sbom.py ROOT DOCUMENT: an SPDX document must list every file of its package with its digest, and, when there
are programs among them, the libraries they are linked with."""
import hashlib
import json
import sys
from pathlib import Path

root, file = Path(sys.argv[1]), Path(sys.argv[2])
document = json.loads(file.read_text())
assert document["spdxVersion"] == "SPDX-2.3" and document["dataLicense"] == "CC0-1.0"

listed = {entry["fileName"]: entry["checksums"][1]["checksumValue"] for entry in document["files"]}
found = {f"./{path.relative_to(root)}": hashlib.sha256(path.read_bytes()).hexdigest()
         for path in root.rglob("*") if path.is_file() and not path.is_symlink() and path != file}
assert listed == found, sorted(set(listed.items()) ^ set(found.items()))

known = {entry["SPDXID"] for entry in [document, *document["packages"], *document["files"]]}
for relation in document["relationships"]:
    assert {relation["spdxElementId"], relation["relatedSpdxElement"]} <= known, relation
assert all(package["versionInfo"] for package in document["packages"]), document["packages"]
if any(path.read_bytes()[:4] == b"\x7fELF" for path in root.rglob("*") if path.is_file()):
    assert any(relation["relationshipType"] == "DYNAMIC_LINK" for relation in document["relationships"])
print(f"{len(listed)} files, {len(document['packages']) - 1} packages")
