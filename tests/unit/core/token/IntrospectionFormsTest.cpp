// SPDX-License-Identifier: Apache-2.0
#include "token/IntrospectionForms.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace gatehouse {

namespace {

class PlainRule : public ClientMetadataRule {
public:
    std::vector<std::string_view> members() const override { return {"door"}; }
    Status admit(const Context&, const ValueMap&) const override { return done(); }
};

/// Answers who accepts its name.
class Wrapping final : public With<PlainRule, IntrospectionForm> {
public:
    explicit Wrapping(std::string accepted) : accepted_(std::move(accepted)) {}

    Result<std::optional<FormedAnswer>> introspection(const Context&, const HttpRequest& request,
                                                      const Client& client,
                                                      const std::string& json) const override {
        if (request.header("accept") == "nothing") {
            throw std::runtime_error("no key");
        }
        return request.header("accept") == accepted_
                   ? std::optional(FormedAnswer{accepted_, client.id + ": " + json})
                   : std::nullopt;
    }

private:
    std::string accepted_;
};

}  // namespace

class IntrospectionFormsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IntrospectionFormsTest);
    CPPUNIT_TEST(theOneThatIsAskedForCounts);
    CPPUNIT_TEST(whoAsksForNoneGetsNone);
    CPPUNIT_TEST(whatAPluginThrowsIsAFault);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    PlainRule plain_;
    Wrapping first_{"one"};
    Wrapping second_{"two"};
    IntrospectionForms forms_{host_, {{"plain", &plain_}, {"one", &first_}, {"two", &second_}}};

    Result<std::optional<FormedAnswer>> told(const char* accept) {
        Client client;
        client.id = "api";
        HttpRequest request;
        request.headers = {{"accept", accept}};
        return forms_.told(context_, request, client, "{}");
    }

public:
    void theOneThatIsAskedForCounts() {
        const auto answer = **told("two");
        CPPUNIT_ASSERT_EQUAL(std::string("two"), answer.mediaType);
        CPPUNIT_ASSERT_EQUAL(std::string("api: {}"), answer.body);
    }

    void whoAsksForNoneGetsNone() { CPPUNIT_ASSERT(!*told("three")); }

    void whatAPluginThrowsIsAFault() {
        const auto answer = told("nothing");
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT(answer.error().detail.find("client_metadata_rule.one") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IntrospectionFormsTest);

}  // namespace gatehouse
