// SPDX-License-Identifier: Apache-2.0
#include "ClientSecretAuth.h"

#include <gatehouse/testkit/ClientAuthContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "text/Base64.h"
#include "text/Base64Url.h"

namespace gatehouse {
namespace {

using testkit::SentForm;

/// The client "shop", whose secret is "right secret".
template <bool isBasic> struct SecretBed : testkit::HostBed {
    std::unique_ptr<ClientAuthMethod> make() {
        auto method = std::make_unique<ClientSecretAuth>();
        CPPUNIT_ASSERT(method->configure(testkit::FakeConfig{}, host));
        return method;
    }
    Client client() {
        Client shop;
        shop.id = "shop";
        shop.authMethod = isBasic ? "client_secret_basic" : "client_secret_post";
        shop.secrets.emplace_back();
        shop.secrets.back().hash = base64url(host.fakeCrypto.mac("client_secret", "right secret"));
        return shop;
    }
    SentForm right() { return with("right secret"); }
    std::vector<SentForm> wrong() { return {with("wrong secret"), with("RIGHT SECRET")}; }

    static SentForm with(const std::string& secret) {
        SentForm sent;
        if (isBasic) {
            sent.request.headers = {{"authorization", "Basic " + base64("shop:" + secret)}};
        } else {
            sent.form = Form({{"client_id", "shop"}, {"client_secret", secret}});
        }
        return sent;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientAuthContract<SecretBed<true>>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ClientAuthContract<SecretBed<false>>);

}  // namespace gatehouse
