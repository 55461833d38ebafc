// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/TokenFormatContract.h>

#include "../../unit/support/jose/FakeKeyStore.h"
#include "jose/JoseService.h"

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {
namespace {

/// The format that is linked.
struct OwnFormatBed : testkit::HostBed {
    OwnFormatBed() {
        keys.add(sharedKey("RS256"), "k1", KeyState::active);
        host.use(jose);
    }
    std::unique_ptr<TokenFormat> make() {
        std::unique_ptr<TokenFormat> format(
            dynamic_cast<TokenFormat*>(gatehouse_plugin()->create()));
        CPPUNIT_ASSERT(format->configure(testkit::FakeConfig(gatehouse_plugin()->fields), host));
        CPPUNIT_ASSERT(format->start());
        return format;
    }
    void kill() {
        HostBed::kill();
        keys.isAway = true;
    }
    void revive() {
        HostBed::revive();
        keys.isAway = false;
    }

    FakeKeyStore keys;
    JoseService jose{keys, host.fakeCrypto};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::TokenFormatContract<OwnFormatBed>);

}  // namespace gatehouse
