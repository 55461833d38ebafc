# SPDX-License-Identifier: Apache-2.0
"""An authenticator app (RFC 6238)."""
import base64
import hmac
import time
from urllib.parse import parse_qs, unquote, urlsplit


class App:
    """Holds the key of an otpauth: link."""

    def __init__(self, uri):
        parts = urlsplit(uri)
        values = {name: value[0] for name, value in parse_qs(parts.query).items()}
        assert (parts.scheme, parts.netloc) == ("otpauth", "totp"), uri
        self.label = unquote(parts.path[1:])
        self.issuer = values["issuer"]
        self.algorithm = values["algorithm"].lower()
        self.digits, self.period = int(values["digits"]), int(values["period"])
        secret = values["secret"]
        self.secret = base64.b32decode(secret + "=" * (-len(secret) % 8))

    def code(self, later=0):
        """That of now, or so many steps later."""
        step = int(time.time()) // self.period + later
        mac = hmac.new(self.secret, step.to_bytes(8, "big"), self.algorithm).digest()
        start = mac[-1] & 15
        number = int.from_bytes(mac[start:start + 4], "big") & 0x7FFFFFFF
        return str(number % 10**self.digits).zfill(self.digits)

    def wrong(self):
        """A code that is none of any step around."""
        near = {self.code(later) for later in range(-3, 4)}
        return next(code for code in map("{:06}".format, range(10)) if code not in near)
