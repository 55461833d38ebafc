// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/TrustedIssuerContract.h>

#include "IssuerBed.h"

namespace gatehouse {

namespace {

/// Its keys are known, and people are named by their id: then nothing has to be there.
struct KnownBed : IssuerBed {
    KnownBed() {
        const ValueMap person{{"by", "id"}, {"store", "people"}};
        settings.set("subjects", ValueMap{{"people", ValueMap{{"clients", ValueList{"shop"}},
                                                              {"person", person}}}});
    }
    std::unique_ptr<TrustedIssuer> make() {
        auto plugin = IssuerBed::make();
        Client shop;
        shop.id = "shop";
        CPPUNIT_ASSERT(plugin->vouch(context, shop, good()));
        return plugin;
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::TrustedIssuerContract<KnownBed>);

}  // namespace gatehouse
