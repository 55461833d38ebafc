// SPDX-License-Identifier: Apache-2.0
#include "ObjectBed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class RequestObjectFetchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RequestObjectFetchTest);
    CPPUNIT_TEST(aRegisteredAddressIsAsked);
    CPPUNIT_TEST(noOtherAddressIsAsked);
    CPPUNIT_TEST(aFragmentIsNotSentAndNotAnsweredFromMemory);
    CPPUNIT_TEST(whatIsNoObjectIsRefused);
    CPPUNIT_TEST(whatDoesNotAnswerIsRefused);
    CPPUNIT_TEST(whatLiesThereIsCheckedEachTime);
    CPPUNIT_TEST(twoAtOnceAreFetchedAndNotForLong);
    CPPUNIT_TEST_SUITE_END();

    ObjectBed bed_;
    std::unique_ptr<RequestObjectSource> source_ = bed_.make();
    const std::string uri_ = "https://site.example/objects/1";
    const std::string pinned_ = uri_ + "#47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    ValueMap metadata_{{"request_uris", ValueList{uri_, pinned_}}};

    Result<RequestRead, OAuthError> read(const std::string& uri) {
        return source_->read(*ObjectBed::request({{"request_uri", uri}}, metadata_));
    }
    void answer(int status, const std::string& type, const std::string& body) {
        bed_.host.fakeOutgoing.answer([=](const OutgoingRequest&) {
            return OutgoingAnswer{status, {{"content-type", type}}, body};
        });
    }
    void refused(const std::string& uri, std::string_view code) {
        const auto answer = read(uri);
        CPPUNIT_ASSERT_MESSAGE(uri, !answer);
        CPPUNIT_ASSERT_EQUAL(std::string(code), answer.error().code);
    }

public:
    void setUp() override {
        answer(200, "application/oauth-authz-req+jwt", bed_.object(bed_.claims()));
    }

    void twoAtOnceAreFetchedAndNotForLong() {
        std::vector<std::string> codes;
        int asked = 0;
        bed_.host.fakeOutgoing.answer([&](const OutgoingRequest&) {
            ++asked;
            const auto inner = read(uri_);  // while this one is under way
            codes.push_back(inner ? "good" : inner.error().code);
            return OutgoingAnswer{
                200, {{"content-type", "application/jwt"}}, bed_.object(bed_.claims())};
        });
        CPPUNIT_ASSERT(read(uri_));
        CPPUNIT_ASSERT_EQUAL(2, asked);
        CPPUNIT_ASSERT((std::vector<std::string>{std::string(OAuthCode::temporarilyUnavailable),
                                                 "good"}) == codes);
        answer(200, "application/jwt", bed_.object(bed_.claims()));
        CPPUNIT_ASSERT(read(uri_));
    }

    void aRegisteredAddressIsAsked() {
        for (const auto* type : {"application/oauth-authz-req+jwt", "application/jwt",
                                 "Text/Plain; charset=utf-8", "application/octet-stream"}) {
            answer(200, type, bed_.object(bed_.claims()) + "\r\n");
            const auto answer = read(uri_);
            CPPUNIT_ASSERT_MESSAGE(type, bool(answer));
            CPPUNIT_ASSERT(answer->parameters.text("state") == "inside");
        }
        const auto sent = bed_.host.fakeOutgoing.sent().front();
        CPPUNIT_ASSERT_EQUAL(uri_, sent.url);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, sent.headers.size());
        CPPUNIT_ASSERT(sent.mostBytes <= 65536);
    }

    void noOtherAddressIsAsked() {
        for (const auto& other :
             {uri_ + "2", uri_ + "?x=1", uri_ + "#other",
              std::string("http://site.example/objects/1"),
              std::string("HTTPS://site.example/objects/1"),
              std::string("https://169.254.169.254/"), std::string("file:///etc/passwd"),
              "https://site.example/" + std::string(600, 'x')}) {
            refused(other, OAuthCode::invalidRequestUri);
        }
        metadata_ = {};
        refused(uri_, OAuthCode::invalidRequestUri);
        CPPUNIT_ASSERT(bed_.host.fakeOutgoing.sent().empty());
    }

    void aFragmentIsNotSentAndNotAnsweredFromMemory() {
        CPPUNIT_ASSERT(read(pinned_));
        const auto sent = bed_.host.fakeOutgoing.sent().front();
        CPPUNIT_ASSERT_EQUAL(uri_, sent.url);
        CPPUNIT_ASSERT_EQUAL(std::string("Cache-Control"), sent.headers.back().name);
    }

    void whatIsNoObjectIsRefused() {
        const auto object = bed_.object(bed_.claims());
        for (const int status : {204, 301, 302, 404, 500}) {
            answer(status, "application/jwt", object);
            refused(uri_, OAuthCode::invalidRequestUri);
        }
        for (const auto* type : {"text/html", "application/json", ""}) {
            answer(200, type, object);
            refused(uri_, OAuthCode::invalidRequestUri);
        }
        for (const auto* body : {"", "<html>", "{}", "a.b.c", "a.b.c.d.e"}) {
            answer(200, "application/jwt", body);
            refused(uri_, "invalid_request_object");
        }
    }

    void whatDoesNotAnswerIsRefused() {
        for (const auto& failure : {Error::badInput("no address"), Error::notAllowed("private"),
                                    Error::unavailable("away"), Error::unknown("too long")}) {
            bed_.host.fakeOutgoing.fail(failure);
            refused(uri_, OAuthCode::invalidRequestUri);
        }
    }

    void whatLiesThereIsCheckedEachTime() {
        CPPUNIT_ASSERT(read(uri_));
        answer(200, "application/jwt",
               bed_.object(bed_.claims({{"aud", "https://other.example"}})));
        refused(uri_, "invalid_request_object");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RequestObjectFetchTest);

}  // namespace gatehouse
