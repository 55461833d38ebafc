// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/AnswerMember.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

/// Somebody else's plugin under the name of ours.
class OtherState final : public AnswerMember {
public:
    Result<std::vector<Form::Field>> parameters(const AnswerInHand&,
                                                std::string_view) const override {
        return std::vector<Form::Field>();
    }
    Result<std::vector<Cookie>> cookies(const Context&, std::string_view) const override {
        return std::vector<Cookie>();
    }
};

}  // namespace

class SessionManagementTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SessionManagementTest);
    CPPUNIT_TEST(itDoesNotStartWithSomebodyElsesState);
    CPPUNIT_TEST_SUITE_END();

public:
    void itDoesNotStartWithSomebodyElsesState() {
        testkit::FakeHost host;
        OtherState other;
        host.add<AnswerMember>("session_state", other);
        std::unique_ptr<HttpModule> module(dynamic_cast<HttpModule*>(gatehouse_plugin()->create()));
        CPPUNIT_ASSERT(module->configure(testkit::FakeConfig({}), host));
        const auto started = module->start();
        CPPUNIT_ASSERT(!started);
        CPPUNIT_ASSERT(started.error().detail.find("answer_member.session_state") == 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SessionManagementTest);

}  // namespace gatehouse
