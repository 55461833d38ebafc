#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what each folder includes, and the rules for a source file that no compiler checks.

The compiler keeps our own rooms apart; POCO and the other libraries lie in /usr/include, visible to all. So
here is the table. Prints one line a fault; exits 1 when there is one.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400

# folder: (own include roots, library prefixes). The longest folder that fits counts.
ROOMS = {
    "kernel/sdk/include": ([], []),
    "kernel/sdk/testkit": ([], ["gatehouse/", "cppunit/"]),
    "kernel/support": (["kernel/support"], ["openssl/", "Poco/", "sys/", "arpa/inet.h", "semaphore.h"]),
    "kernel/support/qr": (["kernel/support"], ["qrencode.h"]),
    "kernel/support/net": (["kernel/support"], ["Poco/", "Poco/Net/", "openssl/"]),
    "kernel/support/file": (["kernel/support"], ["sys/", "linux/", "POSIX"]),
    "kernel/core": (["kernel/core", "kernel/support"], []),
    "kernel/core/page": (["kernel/core", "kernel/support"], ["kainjow/", "mustache.hpp"]),
    "kernel/runtime": (["kernel/runtime", "kernel/core", "kernel/support"], ["Poco/", "Poco/JWT/", "sys/", "POSIX"]),
    "kernel/runtime/http": (["kernel/runtime", "kernel/core", "kernel/support"],
                            ["Poco/", "Poco/Net/", "sys/", "netinet/", "arpa/", "POSIX"]),
    "kernel/runtime/tls": (["kernel/runtime", "kernel/support"], ["openssl/", "sys/", "arpa/inet.h"]),
    "kernel/runtime/outgoing": (["kernel/runtime", "kernel/core", "kernel/support"], ["Poco/", "Poco/Net/"]),
    "kernel/runtime/config": (["kernel/runtime", "kernel/core", "kernel/support"],
                              ["Poco/", "yaml-cpp/", "toml++/", "sys/", "arpa/", "POSIX"]),
    "kernel/main.cpp": (["kernel/runtime"], ["POSIX"]),
    "modules": (["kernel/support"], []),
    "share/contract": (["kernel/runtime", "kernel/support"], ["cppunit/", "sys/", "POSIX"]),
    "plugins": (["kernel/support"], []),
}

# A plugin may include these when its CMakeLists.txt says that it links them.
LIBRARIES = {
    "Poco/Net/": r"Poco::Net\b", "Poco/Data/": r"Poco::Data", "Poco/Redis/": r"Poco::Redis",
    "Poco/": r"Poco::", "openssl/": r"OpenSSL::", "prometheus/": r"prometheus-cpp", "sqlite3.h": r"(?i)sqlite3",
    "libpq-fe.h": r"libpq", "ldap.h": r"PkgConfig::ldap", "fido.h": r"PkgConfig::fido2", "fido/": r"PkgConfig::fido2", "security/": r"PkgConfig::pam",
    "yaml-cpp/": r"yaml-cpp", "argon2.h": r"argon2", "unicode/": r"PkgConfig::icu", "crypt.h": r"crypt", "sys/": r"add_|gatehouse_plugin", "POSIX": r"add_|gatehouse_plugin",
}

# Prefixes that a shorter one ("Poco/") does not let in.
APART = ("Poco/Net/", "Poco/Data/", "Poco/Redis/", "Poco/JWT/")

STANDARD = set("""
algorithm any array atomic bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits clocale cmath
codecvt complex condition_variable csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cwchar
deque exception execution filesystem forward_list fstream functional future initializer_list iomanip ios iosfwd
iostream istream iterator limits list locale map memory memory_resource mutex new numeric optional ostream queue
random ratio regex scoped_allocator set shared_mutex sstream stack stdexcept streambuf string string_view
system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector
""".split())
POSIX = {"unistd.h", "fcntl.h", "signal.h", "spawn.h", "poll.h", "dlfcn.h", "pthread.h", "grp.h", "pwd.h", "netdb.h",
         "termios.h", "link.h", "elf.h", "dirent.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def sources(folder):
    return [path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in (".h", ".cpp")]


def room_of(name):
    fitting = [room for room in ROOMS if name == room or name.startswith(room + "/")]
    return max(fitting, key=len, default=None)


def cmake_text(path):
    """The nearest CMakeLists.txt: where a plugin says what it links."""
    for folder in path.parents:
        if (folder / "CMakeLists.txt").exists():
            return (folder / "CMakeLists.txt").read_text()
    return ""


def allowed_prefixes(name, path):
    prefixes = list(ROOMS[room_of(name)][1])
    if name.startswith(("plugins/", "modules/")):
        said = cmake_text(path)
        prefixes += [prefix for prefix, pattern in LIBRARIES.items() if re.search(pattern, said)]
    return prefixes


def is_allowed_library(included, prefixes):
    if included in STANDARD or included.startswith("gatehouse/"):
        return True
    if included in POSIX:
        return "POSIX" in prefixes
    for apart in APART:
        if included.startswith(apart):
            return apart in prefixes
    return any(included == prefix or (prefix.endswith("/") and included.startswith(prefix)) for prefix in prefixes)


def is_own(included, name, path):
    roots = [path.parent] + [ROOT / root for root in ROOMS[room_of(name)][0]]
    if name.startswith(("plugins/", "modules/")):
        roots += [folder for folder in path.parents if ROOT in folder.parents and folder.parent != ROOT]
    return any((root / included).exists() for root in roots)


def check_include(included, quoted, name, path, prefixes):
    if quoted:
        if "/../" in "/" + included:
            return "goes up by \"..\""
        return None if is_own(included, name, path) else "is not of this room or one above it"
    if included.startswith("gatehouse/testkit/") and not name.startswith(("kernel/sdk/testkit/", "share/contract/")):
        return "is for tests"
    return None if is_allowed_library(included, prefixes) else "is not allowed here"


def check_file(path):
    name = str(path.relative_to(ROOT))
    lines = path.read_text().splitlines()
    if len(lines) > MOST_LINES:
        yield f"{name}: {len(lines)} lines; {MOST_LINES} are the most"
    if not lines or lines[0] != "// SPDX-License-Identifier: Apache-2.0":
        yield f"{name}:1: does not begin with the licence line"
    if path.suffix == ".h" and "#pragma once" not in lines:
        yield f"{name}: has no #pragma once"
    if room_of(name) is None:
        return
    prefixes = allowed_prefixes(name, path)
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if found:
            fault = check_include(found[2], found[1] == '"', name, path, prefixes)
            if fault:
                yield f"{name}:{number}: {found[2]} {fault}"


def check_itself():
    """The table refuses what it is there to refuse."""
    sdk, support, http = ROOMS["kernel/sdk/include"][1], ROOMS["kernel/support"][1], ROOMS["kernel/runtime/http"][1]
    assert not is_allowed_library("Poco/Thread.h", sdk)
    assert is_allowed_library("Poco/Thread.h", support)
    assert not is_allowed_library("Poco/Net/Socket.h", support)
    assert is_allowed_library("Poco/Net/Socket.h", http)
    assert not is_allowed_library("yaml-cpp/yaml.h", http)
    assert not is_allowed_library("unistd.h", ROOMS["kernel/core"][1])
    assert room_of("kernel/runtime/http/Listener.h") == "kernel/runtime/http"
    assert room_of("kernel/runtime/httpx/Listener.h") == "kernel/runtime"
    trial, contract = ROOT / "share/contract/Trial.cpp", ROOMS["share/contract"][1]
    assert check_include("gatehouse/testkit/FakeHost.h", False, "share/contract/Trial.cpp", trial, contract) is None
    assert check_include("gatehouse/testkit/FakeHost.h", False, "modules/login/Trial.cpp", trial, []) == "is for tests"
    assert check_include("Services.h", True, "share/contract/Trial.cpp", trial, contract)


def main():
    check_itself()
    files = [path for folder in ("kernel", "modules", "plugins", "tests", "share") for path in sources(folder)
             if "node_modules" not in path.parts]
    faults = [fault for path in files for fault in check_file(path)]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"layering: {len(files)} files, {len(faults)} faults")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
