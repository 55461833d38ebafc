# SPDX-License-Identifier: Apache-2.0
"""The jobs whose CPU time has a goal: a multiple of the raw parts they are made of."""
from dataclasses import dataclass
from typing import Callable

HTTP, WRITE, READ = "answer on the loop", "durable insert in groups", "look-up"
DISCOVERY = "/.well-known/openid-configuration"
JWKS = "/api/oauth/jwks"
PROOFS_A_SECOND = 30_000


@dataclass
class Job:
    name: str
    title: str
    parts: dict  # raw limit, or another job: how often
    goal: float  # times the sum of the parts
    load: Callable  # stage -> Measured


def get(path):
    return lambda stage: stage.measure("requests", [f"GET\t{path}\t\t"])


def tokens(client):
    return lambda stage: stage.measure("requests", [stage.token_request(client)])


def introspections(client):
    return lambda stage: stage.measure("requests", stage.introspections(client))


def bound_tokens(client):
    return lambda stage: stage.measure("proofs", [stage.token_request(client), *stage.proofs(PROOFS_A_SECOND * stage.seconds)])


def refreshes(stage):
    return stage.measure("refresh", stage.refresh_tokens(80), threads=2)


def sign_ins(kind):
    return lambda stage: stage.measure(kind, stage.sign_ins(), threads=16, connections=16)


JOBS = [
    Job("discovery", "discovery", {HTTP: 1}, 1.5, get(DISCOVERY)),
    Job("jwks", "JWKS", {HTTP: 1}, 1.5, get(JWKS)),
    Job("token-es256", "client_credentials, ES256 JWT", {HTTP: 1, "ES256 sign": 1}, 1.5, tokens("es256")),
    Job("token-dpop", "the same, bound by DPoP", {"token-es256": 1, "ES256 verify": 1}, 1.25, bound_tokens("es256")),
    Job("token-rs256", "client_credentials, RS256 JWT", {HTTP: 1, "RS256 sign": 1}, 1.1, tokens("rs256")),
    Job("token-opaque", "client_credentials, opaque, durable", {HTTP: 1, WRITE: 1}, 2, tokens("opaque")),
    Job("token-opaque-dpop", "the same, bound by DPoP", {"token-opaque": 1, "ES256 verify": 1}, 1.25, bound_tokens("opaque")),
    Job("introspect-opaque", "introspection, opaque", {HTTP: 1, READ: 1}, 2, introspections("opaque")),
    Job("introspect-es256", "introspection, ES256 JWT seen before", {HTTP: 1}, 2.5, introspections("es256")),
    Job("refresh", "refresh: rotated, ES256, durable", {HTTP: 1, "ES256 sign": 1, WRITE: 1}, 2, refreshes),
    # Five requests; session and code are written, the code is changed, the family is written.
    Job("login", "whole login, RS256 ID token, no hash cost",
        {HTTP: 5, "RS256 sign": 1, "ES256 sign": 1, WRITE: 4, READ: 7}, 2, sign_ins("login")),
    Job("sso", "further sign-on, RS256 ID token",
        {HTTP: 2, "RS256 sign": 1, "ES256 sign": 1, WRITE: 3, READ: 4}, 2, sign_ins("sso")),
]


def wanted(names):
    """Those of these names, and jobs that they are compared with; all for none."""
    compared = {part for job in JOBS if job.name in names for part in job.parts}
    return [job for job in JOBS if not names or job.name in names or job.name in compared]


def limit(job, raw, measured):
    """`measured`: jobs before it."""
    costs = {**raw, **{before["name"]: before["cpu"] for before in measured}}
    return sum(costs[name] * times for name, times in job.parts.items())


def middle(rows):
    """Of the rounds of one job that in the middle by its ratio, and what the others had."""
    rows = sorted(rows, key=lambda row: row["ratio"])
    return {**rows[len(rows) // 2], "ratios": [row["ratio"] for row in rows]}
