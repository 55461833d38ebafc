// SPDX-License-Identifier: Apache-2.0
#include "LogoutEndpoint.h"

#include "LogoutBed.h"
#include "text/Base64Url.h"
#include "text/FormText.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

namespace gatehouse {

class LogoutEndpointTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogoutEndpointTest);
    CPPUNIT_TEST(aHintOfThisSessionEndsItAtOnce);
    CPPUNIT_TEST(aSidIsThatOfItsClient);
    CPPUNIT_TEST(anyOtherHintLeadsToAQuestion);
    CPPUNIT_TEST(whoConfirmsGoesOnFromAPage);
    CPPUNIT_TEST(whoDoesNotStaysSignedIn);
    CPPUNIT_TEST(ofSeveralTheOneThatIsMeantEnds);
    CPPUNIT_TEST(ofSeveralThePersonSaysWho);
    CPPUNIT_TEST(noOtherSiteCanConfirm);
    CPPUNIT_TEST(whoIsNotSignedInIsNotAsked);
    CPPUNIT_TEST(anotherSitesPostIsSentOnToGet);
    CPPUNIT_TEST(framesAreLoadedBeforeItGoesOn);
    CPPUNIT_TEST(anErrorIsAPage);
    CPPUNIT_TEST(aStorageThatIsAwayIsTold);
    CPPUNIT_TEST_SUITE_END();

    using Fields = std::vector<Form::Field>;

    LogoutBed bed_;
    const LogoutEndpoint endpoint_{bed_.host};
    bool isSignedIn_ = true;
    std::string beside_;

    HttpRequest request(std::string method) const {
        HttpRequest request;
        request.method = std::move(method);
        request.headers = {{"content-type", "application/x-www-form-urlencoded"},
                           {"cookie", isSignedIn_ ? "session=ada" + beside_ : ""}};
        return request;
    }
    HttpResponse get(const Fields& fields) const {
        auto asked = request("GET");
        asked.query = writeForm(fields);
        return endpoint_.get(bed_.context, asked);
    }
    HttpResponse post(const Fields& fields) const {
        auto asked = request("POST");
        asked.body = writeForm(fields);
        return endpoint_.post(bed_.context, asked);
    }
    static std::string header(const HttpResponse& response, std::string_view name) {
        for (const auto& field : response.headers) {
            if (field.name == name) {
                return field.value;
            }
        }
        return {};
    }
    static bool ends(const HttpResponse& response) {
        return header(response, "Set-Cookie").find("session-of-ada=;") == 0;
    }
    /// The `sid`s of the sessions.
    static std::string endedBy(const HttpResponse& response) {
        std::string sids;
        for (const auto& field : response.headers) {
            if (field.name == "Set-Cookie") {
                sids += (sids.empty() ? "" : " ") + field.value.substr(0, field.value.find('='));
            }
        }
        return sids;
    }
    static Fields full(const std::string& hint) {
        return {{"id_token_hint", hint},
                {"post_logout_redirect_uri", "https://shop.example/bye"},
                {"state", "s"}};
    }
    static Fields confirmed(Fields fields) {
        fields.emplace_back("decision", "leave");
        fields.emplace_back("csrf", "csrf for logout");
        return fields;
    }

public:
    void aHintOfThisSessionEndsItAtOnce() {
        for (const auto& hint : {LogoutBed::hint(), LogoutBed::hint({{"sid", Value()}})}) {
            const auto response = get(full(hint));
            CPPUNIT_ASSERT_EQUAL(303, response.status);
            CPPUNIT_ASSERT_EQUAL(std::string("https://shop.example/bye?state=s"),
                                 header(response, "Location"));
            CPPUNIT_ASSERT(ends(response));
        }
        const auto response = get({{"id_token_hint", LogoutBed::hint()}});
        CPPUNIT_ASSERT_EQUAL(std::string("logged_out"), response.body);
        CPPUNIT_ASSERT(ends(response));
    }

    void aSidIsThatOfItsClient() {
        bed_.clients.client.metadata.set("subject_type", "masked ");
        CPPUNIT_ASSERT(!ends(get(full(LogoutBed::hint()))));
        CPPUNIT_ASSERT(ends(get(full(LogoutBed::hint({{"sid", "masked session-of-ada"}})))));
    }

    void anyOtherHintLeadsToAQuestion() {
        for (const auto& fields :
             {full(LogoutBed::hint({{"sid", "another"}})),
              full(LogoutBed::hint({{"sid", Value()}, {"sub", "grace"}})), full("")}) {
            const auto response = get(fields);
            CPPUNIT_ASSERT_EQUAL(std::string("logout csrf for logout"), response.body);
            CPPUNIT_ASSERT(!ends(response));
        }
    }

    void whoConfirmsGoesOnFromAPage() {
        const auto response = post(confirmed(full(LogoutBed::hint({{"sid", "another"}}))));
        CPPUNIT_ASSERT_EQUAL(std::string("logged_out"), response.body);
        CPPUNIT_ASSERT_EQUAL(std::string("0;url=https://shop.example/bye?state=s"),
                             header(response, "Refresh"));
        CPPUNIT_ASSERT(ends(response));
        CPPUNIT_ASSERT(header(post(confirmed({})), "Refresh").empty());
    }

    void whoDoesNotStaysSignedIn() {
        const auto response = post({{"decision", "stay"}, {"csrf", "csrf for logout"}});
        CPPUNIT_ASSERT_EQUAL(std::string("message stayed"), response.body);
        CPPUNIT_ASSERT(!ends(response));
    }

    void ofSeveralTheOneThatIsMeantEnds() {
        beside_ = "; sessions=grace";
        CPPUNIT_ASSERT_EQUAL(std::string("session-of-ada"), endedBy(get(full(LogoutBed::hint()))));
        const auto graces = LogoutBed::hint({{"sid", "session-of-grace"}, {"sub", "grace"}});
        CPPUNIT_ASSERT_EQUAL(std::string("session-of-grace"), endedBy(get(full(graces))));
        CPPUNIT_ASSERT_EQUAL(std::string(), endedBy(get({})));
    }

    void ofSeveralThePersonSaysWho() {
        beside_ = "; sessions=grace";
        const auto token = base64url(bed_.host.crypto().mac("session", "session-of-grace"));
        const auto decided = [&](const std::string& decision) {
            return endedBy(post({{"csrf", "csrf for logout"}, {"decision", decision}}));
        };
        CPPUNIT_ASSERT_EQUAL(std::string("session-of-grace"), decided(token));
        CPPUNIT_ASSERT_EQUAL(std::string("session-of-ada session-of-grace"), decided("leave"));
        for (const auto& other :
             {std::string("stay"), token + "x", std::string("session-of-ada")}) {
            CPPUNIT_ASSERT_EQUAL(std::string(), decided(other));
        }
        beside_.clear();
        CPPUNIT_ASSERT_EQUAL_MESSAGE("signed out meanwhile", std::string(), decided(token));
    }

    void noOtherSiteCanConfirm() {
        for (const auto* csrf : {"", "x"}) {
            const auto response = post({{"decision", "leave"}, {"csrf", csrf}});
            CPPUNIT_ASSERT_EQUAL(403, response.status);
            CPPUNIT_ASSERT(!ends(response));
        }
    }

    void whoIsNotSignedInIsNotAsked() {
        isSignedIn_ = false;
        CPPUNIT_ASSERT_EQUAL(std::string("logged_out"), get({}).body);
        CPPUNIT_ASSERT_EQUAL(303, get(full(LogoutBed::hint())).status);
    }

    void anotherSitesPostIsSentOnToGet() {
        const auto response = post({{"state", "a b"}, {"client_id", "shop"}});
        CPPUNIT_ASSERT_EQUAL(303, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("/logout?state=a%20b&client_id=shop"),
                             header(response, "Location"));
        CPPUNIT_ASSERT_EQUAL(400, post({{"state", std::string(40'000, 'x')}}).status);
    }

    void framesAreLoadedBeforeItGoesOn() {
        bed_.sessions.framed = {"https://shop.example/out?iss=x"};
        const auto response = get(full(LogoutBed::hint()));
        CPPUNIT_ASSERT_EQUAL(std::string("logged_out"), response.body);
        CPPUNIT_ASSERT_EQUAL(std::string("5;url=https://shop.example/bye?state=s"),
                             header(response, "Refresh"));
        CPPUNIT_ASSERT(ends(response));
    }

    void anErrorIsAPage() {
        for (const auto& fields :
             {full("forged"),
              Fields{{"client_id", "shop"}, {"post_logout_redirect_uri", "https://x"}}}) {
            const auto response = get(fields);
            CPPUNIT_ASSERT_EQUAL(std::string("error invalid_request"), response.body);
            CPPUNIT_ASSERT(header(response, "Location").empty() && !ends(response));
        }
    }

    void aStorageThatIsAwayIsTold() {
        bed_.kill();
        CPPUNIT_ASSERT_EQUAL(503, get({}).status);
        CPPUNIT_ASSERT_EQUAL(503, post(confirmed({})).status);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogoutEndpointTest);

}  // namespace gatehouse
