// SPDX-License-Identifier: Apache-2.0
#include "AuthenticationRequest.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <vector>

namespace gatehouse {

class AuthenticationRequestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AuthenticationRequestTest);
    CPPUNIT_TEST(whatIsAskedForIsRead);
    CPPUNIT_TEST(whatIsWrongIsRefused);
    CPPUNIT_TEST(aClientThatPollsNeedsNoToken);
    CPPUNIT_TEST(secretsAndHintsGoNoFurther);
    CPPUNIT_TEST_SUITE_END();

    using Fields = std::vector<Form::Field>;

    static Result<AuthenticationRequest, OAuthError> read(const Fields& changes,
                                                          const char* mode = "ping") {
        Fields fields{{"scope", "openid"},
                      {"login_hint", "ada"},
                      {"client_notification_token", "a.b-c_d~e+f/=="}};
        for (const auto& change : changes) {
            fields.erase(std::remove_if(fields.begin(), fields.end(),
                                        [&](const auto& one) { return one.first == change.first; }),
                         fields.end());
            fields.push_back(change);
        }
        Client client;
        client.metadata.set("backchannel_token_delivery_mode", mode);
        return AuthenticationRequest::read(Form(fields), client);
    }

public:
    void whatIsAskedForIsRead() {
        const auto request = read({{"binding_message", "W4SCT"}, {"requested_expiry", "10"}});
        CPPUNIT_ASSERT(request);
        CPPUNIT_ASSERT_EQUAL(std::string("ada"), request->loginHint);
        CPPUNIT_ASSERT_EQUAL(std::string("W4SCT"), request->bindingMessage);
        CPPUNIT_ASSERT(request->wishedLifetime == seconds{10});
        CPPUNIT_ASSERT_EQUAL(std::string("a.b-c_d~e+f/=="),
                             std::string(request->notificationToken.view()));
    }

    void whatIsWrongIsRefused() {
        const std::vector<std::pair<std::string, Fields>> wrong{
            {"invalid_request", {{"login_hint", ""}}},
            {"invalid_request", {{"id_token_hint", "a.b.c"}}},
            {"invalid_request", {{"login_hint_token", "x"}}},
            {"invalid_request", {{"login_hint", ""}, {"login_hint_token", "x"}}},
            {"invalid_scope", {{"scope", ""}}},
            {"invalid_scope", {{"scope", "profile"}}},
            {"invalid_binding_message", {{"binding_message", std::string(101, 'x')}}},
            {"invalid_binding_message", {{"binding_message", "a\x1b[0m"}}},
            {"invalid_request", {{"requested_expiry", "0"}}},
            {"invalid_request", {{"requested_expiry", "1e3"}}},
            {"invalid_request", {{"requested_expiry", "+1"}}},
            {"invalid_request", {{"requested_expiry", std::string(40, '9')}}},
            {"invalid_request", {{"client_notification_token", ""}}},
            {"invalid_request", {{"client_notification_token", "a b"}}},
            {"invalid_request", {{"client_notification_token", "a\r\nX: y"}}},
            {"invalid_request", {{"client_notification_token", "=a"}}},
            {"invalid_request", {{"client_notification_token", std::string(1025, 'a')}}}};
        for (const auto& [code, fields] : wrong) {
            const auto request = read(fields);
            CPPUNIT_ASSERT_MESSAGE(fields.front().second, !request);
            CPPUNIT_ASSERT_EQUAL(code, request.error().code);
        }
    }

    void aClientThatPollsNeedsNoToken() {
        const auto request = read({{"client_notification_token", ""}}, "poll");
        CPPUNIT_ASSERT(request && request->notificationToken.empty());
    }

    void secretsAndHintsGoNoFurther() {
        const auto request = read({{"prompt", "none"}, {"acr_values", "x"}, {"user_code", "1"}});
        CPPUNIT_ASSERT(request);
        const Form& left = request->parameters;
        CPPUNIT_ASSERT_EQUAL(std::string("consent"), std::string(left.text("prompt")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, left.count("prompt"));
        CPPUNIT_ASSERT(left.has("acr_values") && left.has("scope"));
        CPPUNIT_ASSERT(!left.has("client_notification_token") && !left.has("user_code"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthenticationRequestTest);

}  // namespace gatehouse
