// SPDX-License-Identifier: Apache-2.0
#include "page/BrowserCookie.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class BrowserCookieTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BrowserCookieTest);
    CPPUNIT_TEST(onHttpsNoNeighbourCanSetIt);
    CPPUNIT_TEST(onHttpItCanBeReadBack);
    CPPUNIT_TEST(issuersOfOneHostHaveTheirOwn);
    CPPUNIT_TEST(aDroppedOneIsGoneAtOnce);
    CPPUNIT_TEST_SUITE_END();

    const Issuer https_{1, "https://id.example.org", ""};

    static std::string textOf(const Cookie& cookie) {
        HttpResponse response;
        response.set(cookie);
        return response.headers.front().value;
    }

public:
    void onHttpsNoNeighbourCanSetIt() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("__Host-gatehouse_session=abc; Path=/; Secure; HttpOnly; SameSite=Lax"),
            textOf(makeCookie(https_, "session", "abc")));
    }

    void onHttpItCanBeReadBack() {
        const Issuer http{1, "http://127.0.0.1:1314", ""};
        const auto cookie = makeCookie(http, "session", "abc");
        CPPUNIT_ASSERT_EQUAL(std::string("gatehouse_session=abc; Path=/; HttpOnly; SameSite=Lax"),
                             textOf(cookie));
        HttpRequest request;
        request.headers = {{"cookie", "other=1; gatehouse_session=abc"}};
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), std::string(readCookie(http, request, "session")));
        CPPUNIT_ASSERT(readCookie(https_, request, "session").empty());
    }

    void issuersOfOneHostHaveTheirOwn() {
        const Issuer first{1, "https://id.example.org/a", "/a"};
        const Issuer second{2, "https://id.example.org/b", "/b"};
        CPPUNIT_ASSERT(makeCookie(first, "session", "x").name !=
                       makeCookie(second, "session", "x").name);
    }

    void aDroppedOneIsGoneAtOnce() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "__Host-gatehouse_session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"),
            textOf(dropCookie(https_, "session")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BrowserCookieTest);

}  // namespace gatehouse
