// SPDX-License-Identifier: Apache-2.0
#include "HttpApprover.h"

#include <gatehouse/testkit/ApproverContract.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>

#include "RulingText.h"

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

testkit::FakeConfig configOf(const std::string& secret) {
    return testkit::FakeConfig(gatehouse_plugin()->fields,
                               {{"url", "https://hook.example/ask"}, {"secret", secret}});
}

struct HttpApproverBed : testkit::HostBed {
    std::unique_ptr<Approver> make() {
        auto approver = std::make_unique<HttpApprover>();
        CPPUNIT_ASSERT(approver->configure(configOf(std::string(24, 's')), host));
        return approver;
    }
    void decide(Ruling::Says says) {
        host.fakeOutgoing.answer([says](const OutgoingRequest& request) {
            const bool isRight = request.method == "POST" &&
                                 request.url == "https://hook.example/ask" &&
                                 request.headers.back().value == "Bearer " + std::string(24, 's');
            const auto* body = says == Ruling::Says::allow  ? R"({"decision":"allow"})"
                               : says == Ruling::Says::deny ? R"({"decision":"deny"})"
                                                            : R"({"decision":"pending"})";
            return OutgoingAnswer{isRight ? 200 : 401, {}, body};
        });
    }
};

class RulingTextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RulingTextTest);
    CPPUNIT_TEST(whatItMaySayIsRead);
    CPPUNIT_TEST(nothingElseIs);
    CPPUNIT_TEST(aSecretThatNoHeaderHoldsIsRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatItMaySayIsRead() {
        const auto ruling = rulingFrom(R"({"amr":["face","pin"],"decision":"allow"})");
        CPPUNIT_ASSERT(ruling && ruling->says == Ruling::Says::allow);
        CPPUNIT_ASSERT((ruling->amr == std::vector<std::string>{"face", "pin"}));
        CPPUNIT_ASSERT(rulingFrom(R"({"decision":"deny"})")->says == Ruling::Says::deny);
        CPPUNIT_ASSERT(rulingFrom(R"({"decision":"pending"})")->says == Ruling::Says::pending);
    }
    void nothingElseIs() {
        for (const std::string text :
             {"", "allow", "{}", "[]", R"("allow")", R"({"decision":"ALLOW"})",
              R"({"decision":true})", R"({"decision":["allow"]})",
              R"({"decision":"allow"} )"
              "x",
              R"({"decision":"allow","decision":"deny"})", R"({"decision":"allow","sub":"x"})",
              R"({"decision":"deny","amr":["pwd"]})", R"({"decision":"allow","amr":"pwd"})",
              R"({"decision":"allow","amr":[""]})", R"({"decision":"allow","amr":[1]})",
              R"({"decision":"allow","amr":["a\nb"]})"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !rulingFrom(text));
        }
    }
    void aSecretThatNoHeaderHoldsIsRefused() {
        HttpApproverBed bed;
        HttpApprover approver;
        CPPUNIT_ASSERT(!approver.configure(configOf(std::string(24, 's') + "\r\nX: y"), bed.host));
    }
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ApproverContract<HttpApproverBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(RulingTextTest);

}  // namespace gatehouse
