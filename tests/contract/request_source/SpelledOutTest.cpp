// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/RequestSourceContract.h>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// The source of the stories.
struct SpelledOutBed : testkit::HostBed {
    std::unique_ptr<RequestSource> make() {
        host.fakeWeb.values = {{"GOOD", ValueMap{{"client_id", "site"}, {"scope", "openid"}}},
                               {"THEIRS", ValueMap{{"client_id", "other"}}},
                               {"NUMBER", ValueMap{{"max_age", 1}}},
                               {"LIST", ValueList{}}};
        std::unique_ptr<RequestSource> source(
            dynamic_cast<RequestSource*>(gatehouse_plugin()->create()));
        CPPUNIT_ASSERT(source->configure(testkit::FakeConfig(gatehouse_plugin()->fields), host));
        return source;
    }
    Form good() { return Form({{"request", "GOOD"}}); }
    std::vector<Form> bad() {
        return {Form({{"request", "THEIRS"}}), Form({{"request", "NUMBER"}}),
                Form({{"request", "LIST"}}), Form({{"request", "{"}}), Form()};
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::RequestSourceContract<SpelledOutBed>);

}  // namespace gatehouse
