// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/ResponseModeContract.h>

#include <map>

extern "C" const gatehouse::PluginDescriptor* gatehouse_plugin() noexcept;

namespace gatehouse {

namespace {

std::unique_ptr<ResponseMode> modeOf(testkit::FakeHost& host, std::string_view name) {
    for (const auto* plugin = gatehouse_plugin(); plugin != nullptr; plugin = plugin->next) {
        if (plugin->name == name) {
            std::unique_ptr<ResponseMode> mode(dynamic_cast<ResponseMode*>(plugin->create()));
            CPPUNIT_ASSERT(mode->configure(testkit::FakeConfig(), host));
            CPPUNIT_ASSERT(mode->start());
            return mode;
        }
    }
    CPPUNIT_FAIL("there is no such plugin");
    return nullptr;
}

template <const char* name> struct JwtBed : testkit::FacadeBed {
    std::unique_ptr<ResponseMode> make() { return modeOf(host, name); }
};

constexpr char plain[] = "jwt";
constexpr char query[] = "query_jwt";
constexpr char fragment[] = "fragment_jwt";
constexpr char formPost[] = "form_post_jwt";

}  // namespace

/// By FakeJose, which shows how it was asked.
class JwtModesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JwtModesTest);
    CPPUNIT_TEST(eachIsCarriedAsItSays);
    CPPUNIT_TEST(whatIsInsideIsTheAnswer);
    CPPUNIT_TEST(itIsSignedAndEncryptedAsTheClientWants);
    CPPUNIT_TEST_SUITE_END();

    testkit::FacadeBed bed_;

    std::string written(const ValueMap& metadata) {
        testkit::FakeAnswerInHand answer({{"code", "abc"}, {"iss", "x"}, {"state", "s"}});
        answer.fakeClient.metadata = metadata;
        return modeOf(bed_.host, "form_post_jwt")->write(answer)->fields.front().second;
    }

public:
    void eachIsCarriedAsItSays() {
        testkit::FakeAnswerInHand answer({{"code", "abc"}});
        const std::map<std::string, std::string> joints{
            {"jwt", "?"}, {"query_jwt", "?"}, {"fragment_jwt", "#"}};
        for (const auto& [name, joint] : joints) {
            CPPUNIT_ASSERT_EQUAL("https://site.example/cb" + joint + "response=",
                                 modeOf(bed_.host, name)->write(answer)->location.substr(0, 33));
        }
        answer.fakeDefaultMode = ResponseMode::fragment;
        CPPUNIT_ASSERT_EQUAL('#', modeOf(bed_.host, "jwt")->write(answer)->location[23]);
        const auto posted = modeOf(bed_.host, "form_post_jwt")->write(answer);
        CPPUNIT_ASSERT(posted->location.empty() && posted->fields.size() == 1);
    }

    void whatIsInsideIsTheAnswer() {
        const std::string issuer = testkit::FakeAnswerInHand({}).context().issuer.url;
        const auto end = toSeconds(bed_.host.fakeClock.now()) + 600;
        CPPUNIT_ASSERT_EQUAL(R"(RS256.JWT.{"code":"abc","iss":")" + issuer +
                                 R"(","state":"s","aud":"site","exp":)" + std::to_string(end) + "}",
                             written({}));
    }

    void itIsSignedAndEncryptedAsTheClientWants() {
        ValueMap metadata{{"authorization_signed_response_alg", "ES256"}};
        CPPUNIT_ASSERT_EQUAL(std::string("ES256.JWT."), written(metadata).substr(0, 10));
        metadata.set("authorization_encrypted_response_alg", "RSA-OAEP");
        CPPUNIT_ASSERT_EQUAL(std::string("RSA-OAEP.A128CBC-HS256.JWT.ES256.JWT."),
                             written(metadata).substr(0, 37));
        metadata.set("authorization_encrypted_response_enc", "A256GCM");
        CPPUNIT_ASSERT_EQUAL(std::string("RSA-OAEP.A256GCM.JWT."), written(metadata).substr(0, 21));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JwtModesTest);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResponseModeContract<JwtBed<plain>>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResponseModeContract<JwtBed<query>>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResponseModeContract<JwtBed<fragment>>);
CPPUNIT_TEST_SUITE_REGISTRATION(testkit::ResponseModeContract<JwtBed<formPost>>);

}  // namespace gatehouse
