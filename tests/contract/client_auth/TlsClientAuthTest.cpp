// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/ClientAuthContract.h>

#include "../../unit/plugins/client_auth/TlsBed.h"
#include "text/Base64.h"

namespace gatehouse {
namespace {

using testkit::SentForm;

/// A certificate of an authority.
struct IssuedBed : TlsAuthBed {
    Client client() {
        return TlsAuthBed::client("tls_client_auth", {{"tls_client_auth_subject_dn", "CN=shop"}});
    }
    SentForm right() { return shows({own.der()}); }
    std::vector<SentForm> wrong() {
        CertificateWish other;
        other.subject = {{"CN", "other"}};
        return {shows({IssuedCertificate(other, &root).der()}),
                shows({IssuedCertificate(CertificateWish{}).der()}), shows({"garbage"})};
    }

    IssuedCertificate own{CertificateWish{}, &root};
};

/// One that the client has registered.
struct RegisteredBed : TlsAuthBed {
    Client client() {
        const ValueMap key{{"x5c", ValueList{base64(own.der())}}};
        return TlsAuthBed::client("self_signed_tls_client_auth",
                                  {{"jwks", ValueMap{{"keys", ValueList{key}}}}});
    }
    SentForm right() { return shows({own.der()}); }
    std::vector<SentForm> wrong() {
        return {shows({IssuedCertificate(CertificateWish{}).der()}), shows({own.der() + "x"})};
    }

    IssuedCertificate own{CertificateWish{}};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientAuthContract<IssuedBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientAuthContract<RegisteredBed>);

}  // namespace gatehouse
