// SPDX-License-Identifier: Apache-2.0
#include "TlsBinding.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/TokenBindingContract.h>

#include "BoundTokensMember.h"

namespace gatehouse {

namespace {

template <bool isForAll> struct TlsBindingBed : testkit::HostBed {
    std::unique_ptr<TokenBinding> make() {
        auto binding = std::make_unique<TlsBinding>();
        CPPUNIT_ASSERT(binding->configure(testkit::FakeConfig{{"required", isForAll}}, host));
        return binding;
    }
    HttpRequest asks(int key) {
        HttpRequest request;
        request.clientCertificate = std::make_shared<const CertificateChain>(
            CertificateChain{"certificate " + std::to_string(key), "its issuer's"});
        return request;
    }
    HttpRequest shows(std::string_view accessToken, int key) {
        HttpRequest request = asks(key);
        request.headers.push_back({"authorization", "Bearer " + std::string(accessToken)});
        return request;
    }
    Client client() {
        Client shop;
        if (!isForAll) {
            shop.metadata.set(boundTokensMember, true);
        }
        return shop;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::TokenBindingContract<TlsBindingBed<false>>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::TokenBindingContract<TlsBindingBed<true>>);

class TlsBindingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TlsBindingTest);
    CPPUNIT_TEST(itIsTheHashOfTheClientsOwnCertificate);
    CPPUNIT_TEST(whoDoesNotAskForItIsNotBound);
    CPPUNIT_TEST(whoAsksForItAndShowsNoneGetsNothing);
    CPPUNIT_TEST_SUITE_END();

    TlsBindingBed<false> bed_;
    testkit::FakeContext context_;

public:
    void itIsTheHashOfTheClientsOwnCertificate() {
        const auto bound = bed_.make()->bind(context_, bed_.asks(1), bed_.client());
        CPPUNIT_ASSERT(bound && *bound);
        CPPUNIT_ASSERT_EQUAL(std::string("y6HBYDXspXButOCvIsmblMHyt2J4SXqo6T8tC6ipYiM"),
                             *(*bound)->bound.text());
    }

    void whoDoesNotAskForItIsNotBound() {
        for (const Value& value : {Value(false), Value(), Value("true")}) {
            Client shop;
            shop.metadata.set(boundTokensMember, value);
            const auto bound = bed_.make()->bind(context_, bed_.asks(1), shop);
            CPPUNIT_ASSERT(bound && !*bound);
        }
    }

    void whoAsksForItAndShowsNoneGetsNothing() {
        const auto refused = bed_.make()->bind(context_, {}, bed_.client());
        CPPUNIT_ASSERT(!refused);
        CPPUNIT_ASSERT_EQUAL(std::string(OAuthCode::invalidRequest), refused.error().code);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TlsBindingTest);

}  // namespace gatehouse
