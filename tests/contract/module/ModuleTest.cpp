// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/ModuleContract.h>

#include "../../unit/support/jose/FakeKeyStore.h"
#include "OwnRequests.h"

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {
namespace {

/// Asks nothing of anybody.
class SilentStep final : public LoginStep {
public:
    std::string_view amr() const noexcept override { return {}; }
    Need needed(const Context&, const LoginState&) const override { return Need::no; }
    Result<StepOutcome> ask(const Context&, LoginState&) const override {
        return StepOutcome::passed();
    }
    Result<StepOutcome> answer(const Context&, LoginState&, const Form&) const override {
        return StepOutcome::again();
    }
};

/// The module that is linked.
struct OwnModuleBed : testkit::FacadeBed {
    OwnModuleBed() {
        host.add<KeyStore>("keys", keys);
        host.add<LoginStep>("silent", step);
        keys.add(sharedKey("ES256"), "k1", KeyState::active);
        tokens.types.emplace_back("urn:ietf:params:oauth:grant-type:device_code");
    }
    std::unique_ptr<HttpModule> make() {
        std::unique_ptr<HttpModule> module(dynamic_cast<HttpModule*>(gatehouse_plugin()->create()));
        const testkit::FakeConfig config(gatehouse_plugin()->fields, settings());
        CPPUNIT_ASSERT(module->configure(config, host));
        CPPUNIT_ASSERT_MESSAGE("check compares the URLs before start()", !module->routes().empty());
        CPPUNIT_ASSERT(module->start());
        return module;
    }
    std::vector<HttpRequest> good() { return requestsFor(gatehouse_plugin()->name); }
    void kill() {
        FacadeBed::kill();
        keys.isAway = true;
    }
    void revive() {
        FacadeBed::revive();
        keys.isAway = false;
    }

    FakeKeyStore keys;
    SilentStep step;

private:
    static ValueMap settings() {
        const std::string_view name = gatehouse_plugin()->name;
        return name == "demo" ? ValueMap{{"client_id", "shop"}, {"client_secret", "secret"}}
               : name == "registration"
                   ? ValueMap{{"access", "open"}, {"most_per_address", 100'000}}
               : name == "device"
                   ? ValueMap{{"most_pending", 100'000}, {"most_typed_codes", 1'000'000}}
                   : ValueMap{};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ModuleContract<OwnModuleBed>);

}  // namespace gatehouse
