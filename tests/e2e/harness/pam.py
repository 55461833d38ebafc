# SPDX-License-Identifier: Apache-2.0
"""Accounts and a PAM service of a story's own; the machine's are not touched."""
import os
import subprocess

from .server import ROOT


class Pam:
    def __init__(self, folder, people):
        """`people`: (login, password, what PAM is told of the account, full name), numbered from 1000 on."""
        self.folder = folder / "pam.d"
        self.folder.mkdir()
        module = folder / "pam_people.so"
        subprocess.run([os.environ.get("CXX", "c++"), "-std=c++17", "-shared", "-fPIC", ROOT / "tests/contract/user_store/PamPeople.cpp",
                        "-lpam", "-o", module], check=True)
        self.people = folder / "people"
        self.people.write_text("".join(f"{login}:{password}:{code}\n" for login, password, code, _ in people))
        (self.folder / "gatehouse").write_text("".join(f"{kind} required {module} people={self.people}\n" for kind in ("auth", "account")))
        self.accounts = folder / "passwd"
        self.accounts.write_text("root:x:0:0:root:/root:/bin/sh\n" + "".join(
            f"{login}:x:{uid}:100:{name},,,:/nowhere:/bin/false\n" for uid, (login, _, _, name) in enumerate(people, 1000)))
        groups = folder / "group"
        groups.write_text("root:x:0:\nusers:x:100:\ncrew:x:200:" + ",".join(login for login, _, _, _ in people) + "\n")
        self.environment = {"LD_PRELOAD": "libnss_wrapper.so", "NSS_WRAPPER_PASSWD": str(self.accounts), "NSS_WRAPPER_GROUP": str(groups)}

    def entry(self, **more):
        return {"use": "user_store.pam", "directory": str(self.folder), "timeout": "2s", **more}

    def tell(self, what):
        """away or hangs; back and goes_on end that."""
        ends = {"back": "away", "goes_on": "hangs"}
        if what in ends:
            self.people.with_name(f"people.{ends[what]}").unlink()
        else:
            self.people.with_name(f"people.{what}").touch()
