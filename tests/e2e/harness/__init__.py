# SPDX-License-Identifier: Apache-2.0
"""What the stories share: a real server, a browser without a screen, a site, and a raw socket."""
