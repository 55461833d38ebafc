# SPDX-License-Identifier: Apache-2.0
"""The modules of the Form Post certification plan for codes: those of the Basic one, with every answer posted."""
from harness.site import Site
from test_basic_certification import BasicCertification


class PostedSite(Site):
    def request(self, **changes):
        return super().request(**{"response_mode": "form_post", **changes})


class FormPostCertification(BasicCertification):
    @classmethod
    def client(cls, identifier, **options):
        site = super().client(identifier, **options)
        site.__class__ = PostedSite
        return site


del BasicCertification
