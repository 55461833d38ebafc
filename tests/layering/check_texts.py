#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the pages below FOLDER speak every language of the product, each of them wholly.

Usage: check_texts.py FOLDER. Prints one line a problem, "file: key: what"; exits 1 when there is one or no text at all.
"""
import json
import re
import sys
import unicodedata
from pathlib import Path

LANGUAGES = "cs de en es fr it ja nl pl pt".split()
# A word alone may be the same in another language.
SENTENCE = re.compile(r"[ .!?]")


def folders(root):
    return [root / "share/locale", *sorted(root.glob("modules/*/pages/locale")), *sorted(root.glob("plugins/*/*/pages/locale"))]


def read(path):
    """The texts of a file; ValueError when it is not what the server reads, or a name stands twice."""
    def once(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]}: stands twice")
        return dict(pairs)

    text = path.read_bytes().decode("utf-8")
    if not unicodedata.is_normalized("NFC", text):
        line = next(number for number, line in enumerate(text.splitlines(), 1) if not unicodedata.is_normalized("NFC", line))
        raise ValueError(f"line {line}: is not NFC")
    texts = json.loads(text, object_pairs_hook=once)
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise ValueError("is not an object of texts")
    return texts


def values(text):
    return sorted(set(re.findall(r"\{[^}]*\}", text)))


def faults(text, english, is_english):
    """What is wrong with a text that says what the English one does."""
    if not text.strip():
        yield "is empty"
    elif text != text.strip():
        yield "begins or ends with a blank"
    if re.search(r"&#?\w+;|<", text):
        yield "has HTML in it; pages escape their texts"
    if values(text) != values(english):
        yield f"has the values {values(text)}, and {values(english)} in en.json"
    if not is_english and text == english and SENTENCE.search(text):
        yield "is English"


def problems(folder):
    for name in sorted({path.stem for path in folder.glob("*.json")} ^ set(LANGUAGES)):
        yield f"{folder}/{name}.json: " + ("is missing" if name in LANGUAGES else "is a language that the product does not have")
    texts = {}
    for path in sorted(folder.glob("*.json")):
        try:
            texts[path.stem] = read(path)
        except ValueError as error:
            yield f"{path}: {error}"
    for language, own in texts.items() if "en" in texts else ():
        yield from compare(folder / f"{language}.json", own, texts["en"])


def compare(path, own, english):
    for key in english.keys() - own.keys():
        yield f"{path}: {key}: is missing"
    for key in own.keys() - english.keys():
        yield f"{path}: {key}: is not in en.json"
    if own.keys() == english.keys() and list(own) != list(english):
        key = next(mine for mine, theirs in zip(own, english) if mine != theirs)
        yield f"{path}: {key}: is not where it is in en.json"
    for key in own.keys() & english.keys():
        for fault in faults(own[key], english[key], path.stem == "en"):
            yield f"{path}: {key}: {fault}"


def main():
    checked = folders(Path(sys.argv[1]))
    found = sorted(line for folder in checked for line in problems(folder))
    print("\n".join([*found, f"{len(checked)} folders of texts in {len(LANGUAGES)} languages, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
