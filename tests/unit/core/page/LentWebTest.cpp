// SPDX-License-Identifier: Apache-2.0
#include "web/LentWeb.h"

#include "page/BrowserCookie.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class LentWebTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LentWebTest);
    CPPUNIT_TEST(aRedirectIsKeptByNobody);
    CPPUNIT_TEST(aPluginReadsTheCookieThatItSet);
    CPPUNIT_TEST(aPluginsCookieIsNoneOfTheKernels);
    CPPUNIT_TEST_SUITE_END();

    const Issuer issuer_{1, "https://id.example.org", ""};
    const LentWeb web_{"module.mine"};

    static std::string field(const HttpResponse& response, std::string_view name) {
        for (const auto& header : response.headers) {
            if (header.name == name) {
                return header.value;
            }
        }
        return {};
    }

public:
    void aRedirectIsKeptByNobody() {
        const auto response = web_.redirect("https://site.example/cb?a=b");
        CPPUNIT_ASSERT_EQUAL(303, response.status);
        CPPUNIT_ASSERT_EQUAL(std::string("https://site.example/cb?a=b"),
                             field(response, "Location"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), field(response, "Cache-Control"));
        CPPUNIT_ASSERT_EQUAL(std::string("no-referrer"), field(response, "Referrer-Policy"));
    }

    void aPluginReadsTheCookieThatItSet() {
        const auto cookie = web_.cookie(issuer_, "cart", "abc");
        HttpResponse response;
        response.set(cookie);
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "__Host-gatehouse_module.mine.cart=abc; Path=/; Secure; HttpOnly; SameSite=Lax"),
            field(response, "Set-Cookie"));
        HttpRequest request;
        request.headers = {{"cookie", cookie.name + "=" + cookie.value}};
        CPPUNIT_ASSERT(web_.cookieOf(issuer_, request, "cart") == "abc");
        CPPUNIT_ASSERT(web_.cookieOf(issuer_, request, "other").empty());
        CPPUNIT_ASSERT_MESSAGE("another plugin reads it",
                               LentWeb("module.other").cookieOf(issuer_, request, "cart").empty());
    }

    void aPluginsCookieIsNoneOfTheKernels() {
        for (const auto* name : {"session", "browser", "answered"}) {
            CPPUNIT_ASSERT(web_.cookie(issuer_, name, "x").name !=
                           makeCookie(issuer_, name, "x").name);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LentWebTest);

}  // namespace gatehouse
