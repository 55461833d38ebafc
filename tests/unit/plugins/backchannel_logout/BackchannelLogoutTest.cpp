// SPDX-License-Identifier: Apache-2.0
#include "BackchannelLogout.h"

#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>

#include "json/Json.h"
#include "text/FormText.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class BackchannelLogoutTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BackchannelLogoutTest);
    CPPUNIT_TEST(onlyWhoWantsItIsTold);
    CPPUNIT_TEST(eachSiteHasAQueueOfItsOwn);
    CPPUNIT_TEST(theTokenSaysWhatTheSpecificationWants);
    CPPUNIT_TEST(itIsSignedAsTheIdTokensOfTheClient);
    CPPUNIT_TEST(a200OrA204IsDone);
    CPPUNIT_TEST(a400IsGivenUp);
    CPPUNIT_TEST(anythingElseIsTriedAgain);
    CPPUNIT_TEST(whoIsGoneOrDoesNotWantItAnyMoreIsNotTold);
    CPPUNIT_TEST_SUITE_END();

    testkit::FacadeBed bed_;
    testkit::FakeContext context_;
    BackchannelLogout plugin_;
    const Subject ada_{"sub-of-ada", "people", "id-of-ada"};

    std::vector<NewJob> jobs() const {
        return plugin_.jobs(context_, {bed_.clients.client, ada_, "s1"});
    }
    Status tell() {
        const auto made = jobs();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, made.size());
        CPPUNIT_ASSERT(bed_.host.fakeJobs.add(context_, made.front()));
        return bed_.host.fakeJobs.run(bed_.host.fakeJobs.jobs().size() - 1);
    }
    Status tellAnsweredBy(int status) {
        bed_.host.fakeOutgoing.answer([status](const OutgoingRequest&) {
            return OutgoingAnswer{status, {}, {}};
        });
        return tell();
    }
    /// "ALG", "TYP", and what was signed.
    std::vector<std::string> token() const {
        const auto form = parseForm(bed_.host.fakeOutgoing.sent().back().body);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, form->fields().size());
        const std::string text(form->text("logout_token"));
        const auto first = text.find('.');
        const auto second = text.find('.', first + 1);
        return {text.substr(0, first), text.substr(first + 1, second - first - 1),
                text.substr(second + 1)};
    }

public:
    void setUp() override {
        bed_.clients.client.metadata.set("backchannel_logout_uri", "https://shop.example/out?a=b");
        CPPUNIT_ASSERT(
            plugin_.configure(testkit::FakeConfig(fieldsOf<BackchannelLogout>()), bed_.host));
        CPPUNIT_ASSERT(plugin_.start());
    }

    void onlyWhoWantsItIsTold() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, jobs().size());
        bed_.clients.client.metadata = {};
        CPPUNIT_ASSERT(jobs().empty());
    }

    void eachSiteHasAQueueOfItsOwn() {
        const auto first = jobs().front().queue;
        bed_.clients.client.id = std::string(255, 'x');
        CPPUNIT_ASSERT(first != jobs().front().queue);
        CPPUNIT_ASSERT(jobs().front().queue.size() <= 256);
    }

    void theTokenSaysWhatTheSpecificationWants() {
        CPPUNIT_ASSERT(tell());
        const auto sent = bed_.host.fakeOutgoing.sent().back();
        CPPUNIT_ASSERT_EQUAL(std::string("POST"), sent.method);
        CPPUNIT_ASSERT_EQUAL(std::string("https://shop.example/out?a=b"), sent.url);
        CPPUNIT_ASSERT_EQUAL(std::string("logout+jwt"), token()[1]);
        const auto claims = *parseJson(token()[2])->map();
        CPPUNIT_ASSERT(claims.text("iss") == context_.issuer.url);
        CPPUNIT_ASSERT(claims.text("aud") == "shop");
        CPPUNIT_ASSERT(claims.text("sub") == "sub-of-ada");
        CPPUNIT_ASSERT(claims.text("sid") == "s1");
        CPPUNIT_ASSERT(claims.text("jti") == "job-1.1");
        CPPUNIT_ASSERT(!claims.contains("nonce"));
        CPPUNIT_ASSERT_EQUAL(*claims.find("iat")->integer() + 120, *claims.find("exp")->integer());
        const auto* events = claims.find("events")->map();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events->size());
        CPPUNIT_ASSERT(
            events->find("http://schemas.openid.net/event/backchannel-logout")->map()->empty());
    }

    void itIsSignedAsTheIdTokensOfTheClient() {
        CPPUNIT_ASSERT(tell());
        CPPUNIT_ASSERT_EQUAL(std::string("RS256"), token()[0]);
        bed_.clients.client.metadata.set("id_token_signed_response_alg", "ES256");
        CPPUNIT_ASSERT(tell());
        CPPUNIT_ASSERT_EQUAL(std::string("ES256"), token()[0]);
    }

    void a200OrA204IsDone() {
        CPPUNIT_ASSERT(tellAnsweredBy(200));
        CPPUNIT_ASSERT(tellAnsweredBy(204));
    }

    void a400IsGivenUp() {
        const auto told = tellAnsweredBy(400);
        CPPUNIT_ASSERT(!told && told.error().fault == Fault::notAllowed);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, bed_.host.fakeEvents.ofType("logout.refused").size());
    }

    void anythingElseIsTriedAgain() {
        for (const int status : {201, 302, 401, 404, 429, 500, 503}) {
            const auto told = tellAnsweredBy(status);
            CPPUNIT_ASSERT(!told && told.error().fault == Fault::unavailable);
        }
        bed_.host.fakeOutgoing.answer(
            [](const OutgoingRequest&) { return Error::notAllowed("a private address"); });
        const auto told = tell();
        CPPUNIT_ASSERT(!told && told.error().fault == Fault::unavailable);
    }

    void whoIsGoneOrDoesNotWantItAnyMoreIsNotTold() {
        const auto job = jobs().front();
        bed_.clients.client.metadata = {};
        CPPUNIT_ASSERT(bed_.host.fakeJobs.add(context_, job));
        CPPUNIT_ASSERT(bed_.host.fakeJobs.run(0));
        bed_.clients.client.id = "another";
        CPPUNIT_ASSERT(bed_.host.fakeJobs.run(0));
        CPPUNIT_ASSERT(bed_.host.fakeOutgoing.sent().empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BackchannelLogoutTest);

}  // namespace gatehouse
