// SPDX-License-Identifier: Apache-2.0
#include "SectorDocument.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class SectorDocumentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SectorDocumentTest);
    CPPUNIT_TEST(itNamesAllRedirectUris);
    CPPUNIT_TEST(withoutOneNothingIsFetched);
    CPPUNIT_TEST(whatIsNoListIsRefused);
    CPPUNIT_TEST(whyItCannotBeHadIsForTheLog);
    CPPUNIT_TEST(oneSiteIsAskedOnceAtOnce);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    const SectorDocument document_{host_};

    void answer(const std::string& body, int status = 200) {
        host_.fakeOutgoing.answer([=](const OutgoingRequest&) {
            return OutgoingAnswer{status, {}, body};
        });
    }
    Status check(const ValueMap& more = {}) const {
        ValueMap metadata{{"sector_identifier_uri", "https://s.example/uris"},
                          {"redirect_uris", ValueList{"https://a.example/", "https://b.example/"}}};
        for (const auto& member : more) {
            metadata.set(member.name, member.value);
        }
        return document_.check(context_, metadata);
    }

public:
    void itNamesAllRedirectUris() {
        answer(R"(["https://c.example/","https://b.example/","https://a.example/"])");
        CPPUNIT_ASSERT(check());
        answer(R"(["https://a.example/","https://b.example"])");
        const auto refused = check();
        CPPUNIT_ASSERT(refused.error().fault == Fault::badInput);
        CPPUNIT_ASSERT_EQUAL(std::string("sector_identifier_uri: what lies there does not name all "
                                         "redirect_uris"),
                             refused.error().detail);
    }

    void withoutOneNothingIsFetched() {
        CPPUNIT_ASSERT(check({{"sector_identifier_uri", Value()}}));
        CPPUNIT_ASSERT(host_.fakeOutgoing.sent().empty());
    }

    void whatIsNoListIsRefused() {
        for (const std::string& text :
             {std::string(), std::string("<html>"), std::string("{}"), std::string("\"x\""),
              std::string("[1]"), std::string("[[]]"), std::string("[null]"),
              std::string(5000, '['), "[\"" + std::string(70'000, 'x') + "\"]"}) {
            CPPUNIT_ASSERT(!readSectorDocument(text));
        }
        CPPUNIT_ASSERT(readSectorDocument("[]"));
    }

    void whyItCannotBeHadIsForTheLog() {
        host_.fakeOutgoing.answer(
            [](const OutgoingRequest&) { return Error::notAllowed("10.0.0.7 is private"); });
        CPPUNIT_ASSERT_EQUAL(
            std::string("sector_identifier_uri: no JSON array of texts can be had there"),
            check().error().detail);
        CPPUNIT_ASSERT(host_.fakeLog.says("10.0.0.7 is private"));
        answer("[]", 302);
        CPPUNIT_ASSERT(check().error().fault == Fault::badInput);
    }

    void oneSiteIsAskedOnceAtOnce() {
        host_.fakeOutgoing.answer([this](const OutgoingRequest&) {
            CPPUNIT_ASSERT(check().error().fault == Fault::unavailable);  // this one is under way
            return OutgoingAnswer{200, {}, R"(["https://a.example/","https://b.example/"])"};
        });
        CPPUNIT_ASSERT(check());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SectorDocumentTest);

}  // namespace gatehouse
