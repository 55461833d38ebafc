# SPDX-License-Identifier: Apache-2.0
"""A file of etc/examples as it is, in a server's own folder: other places and certificates, and nothing else."""
import re
import shutil
from pathlib import Path

from .certificate import Authority
from .port import free_port
from .server import PLUGINS, ROOT

EXAMPLES = ROOT / "etc/examples"


def use(server, example):
    """From now on this server has this configuration. Returns the authority of its certificates; None: it has none."""
    text = example.read_text()
    server.config_file = moved_here(server, example)
    server.environment = {"SERVER__PORT": str(server.port), "SERVER__HOST": "127.0.0.1",
                          "OAUTH__PAGES_DIR": str(ROOT / "share/pages"),
                          "OAUTH__LOCALE_DIR": str(ROOT / "share/locale"),
                          "DATABASE__URL": f"sqlite:{server.folder}/gatehouse.db"}
    authority = certificates(server, re.findall(r"^ +- certificate: tls/(\S+)\.pem", text, re.M))
    if "\nissuers:" not in text:
        server.environment["OAUTH__ISSUER"] = server.issuer
    return authority


def moved_here(server, example):
    """The file with our folders in the place of the installed ones; everything else as it is."""
    text = example.read_text()
    secret = server.folder / "root.secret"
    for folder, here in (("/etc/gatehouse/root.secret", secret),
                         ("/var/lib/gatehouse", server.folder), ("/etc/gatehouse", ROOT / "etc"),
                         ("/usr/share/gatehouse", ROOT / "share")):
        text = text.replace(folder, str(here))
    if str(secret) in text:
        secret.write_text("the root secret of an example, long enough")
        secret.chmod(0o600)
    beside = EXAMPLES / example.stem
    if beside.is_dir():
        shutil.copytree(beside, server.folder / beside.name)
    for users in re.findall(r"path: (\S+\.txt)", text):
        (server.folder / users).touch(0o600)
    for name in re.findall(r"secret: {file: ([\w.]+)}", text):
        (server.folder / name).touch(0o600)
        (server.folder / name).write_text("a-secret-of-an-example-long-enough")
    if "service: gatehouse" in text:
        (server.folder / "gatehouse").write_text("auth required pam_deny.so\naccount required pam_deny.so\n")
        text = text.replace("service: gatehouse", f"service: gatehouse\n    directory: {server.folder}")
    text = text.replace("port: 8444", f"port: {free_port()}")
    entry = f"plugin_dirs: [\"{PLUGINS}\"]\n" if example.suffix == ".yaml" else f"plugin_dirs = [\"{PLUGINS}\"]\n"
    copy = server.folder / example.name
    copy.write_text(entry + text)
    return Path(copy)


def certificates(server, names):
    if not names:
        return None
    authority = Authority(server.folder)
    for name in names:
        files = authority.issue(name, "localhost")
        (server.folder / f"tls/{name}.pem").write_text(Path(files["certificate"]).read_text())
    server.issuer, server.tls = f"https://localhost:{server.port}", authority.context()
    return authority
