// SPDX-License-Identifier: Apache-2.0
#include "MetadataDocuments.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class MetadataDocumentsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MetadataDocumentsTest);
    CPPUNIT_TEST(itsLifeIsWhatTheServerSaysWithinBounds);
    CPPUNIT_TEST(whatIsNoAnswerIsTemporary);
    CPPUNIT_TEST(whatIsNoDocumentIsNoClient);
    CPPUNIT_TEST(hostsAreAllowedAndDenied);
    CPPUNIT_TEST(aHostThatIsNoneIsToldAtOnce);
    CPPUNIT_TEST(aSlowSiteHasOneTurn);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* url = "https://app.example/client";

    testkit::FakeHost host_;
    testkit::FakeContext context_;

    Status configure(MetadataDocuments& source, ValueMap settings = {}) {
        return source.configure(
            testkit::FakeConfig(fieldsOf<MetadataDocuments>(), std::move(settings)), host_);
    }
    void answer(int status, std::string type = "application/json", std::string control = {}) {
        host_.fakeOutgoing.answer([=](const OutgoingRequest&) {
            return OutgoingAnswer{status,
                                  {{"content-type", type}, {"cache-control", control}},
                                  std::string(R"({"client_id": ")") + url +
                                      R"(", "redirect_uris": []})"};
        });
    }
    Result<ClientDescription> describe() {
        MetadataDocuments source;
        CPPUNIT_ASSERT(configure(source, {{"keep_for", "1h"}}));
        return source.describe(context_, url);
    }

public:
    void itsLifeIsWhatTheServerSaysWithinBounds() {
        for (const auto& [control, life] :
             std::vector<std::pair<const char*, int>>{{"", 3600},
                                                      {"no-store", 3600},
                                                      {"max-age=600", 600},
                                                      {"Max-Age=0", 300},
                                                      {"max-age=99999999", 86'400}}) {
            answer(200, "application/json", control);
            const auto said = describe();
            CPPUNIT_ASSERT_EQUAL(std::int64_t{life}, std::int64_t{said->fresh.count()});
            CPPUNIT_ASSERT_EQUAL(std::int64_t{life} + 3600, std::int64_t{said->good.count()});
        }
    }

    void whatIsNoAnswerIsTemporary() {
        answer(503);
        CPPUNIT_ASSERT(describe().error().isTemporary());
        host_.fakeOutgoing.answer([](const OutgoingRequest&) { return Error::unknown("late"); });
        CPPUNIT_ASSERT(describe().error().isTemporary());
    }

    void whatIsNoDocumentIsNoClient() {
        for (const int status : {201, 204, 301, 302, 307, 404, 410}) {
            answer(status);
            CPPUNIT_ASSERT(describe().error().fault == Fault::badInput);
        }
        for (const auto* type : {"", "text/html", "text/json", "application/jsonp",
                                 "application/+json", "application/xml"}) {
            answer(200, type);
            CPPUNIT_ASSERT_MESSAGE(type, !describe());
        }
        for (const auto* type :
             {"application/json", "Application/JSON; charset=utf-8", "application/oauth+json"}) {
            answer(200, type);
            CPPUNIT_ASSERT_MESSAGE(type, bool(describe()));
        }
        host_.fakeOutgoing.answer([](const OutgoingRequest&) { return Error::notAllowed("ours"); });
        CPPUNIT_ASSERT(describe().error().fault == Fault::badInput);
    }

    void hostsAreAllowedAndDenied() {
        MetadataDocuments source;
        CPPUNIT_ASSERT(configure(source, {{"allowed_hosts", ValueList{"*.example"}},
                                          {"denied_hosts", ValueList{"evil.example"}}}));
        CPPUNIT_ASSERT(source.isFor("https://app.example:8443/client"));
        CPPUNIT_ASSERT(!source.isFor("https://app.test/client"));
        CPPUNIT_ASSERT(!source.isFor("https://EVIL.example/client"));
    }

    void aHostThatIsNoneIsToldAtOnce() {
        for (const auto* setting : {"allowed_hosts", "denied_hosts"}) {
            MetadataDocuments source;
            const auto told = configure(source, {{setting, ValueList{"https://evil.example"}}});
            CPPUNIT_ASSERT(!told && told.error().detail.find(setting) == 0);
        }
    }

    void aSlowSiteHasOneTurn() {
        MetadataDocuments source;
        CPPUNIT_ASSERT(configure(source));
        host_.fakeOutgoing.answer([&](const OutgoingRequest&) {
            const auto other = source.describe(context_, "https://app.example/other");
            CPPUNIT_ASSERT(other.error().isTemporary());
            return OutgoingAnswer{503, {}, {}};
        });
        (void)source.describe(context_, url);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeOutgoing.sent().size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MetadataDocumentsTest);

}  // namespace gatehouse
