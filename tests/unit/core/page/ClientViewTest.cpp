// SPDX-License-Identifier: Apache-2.0
#include "page/ClientView.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ClientViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientViewTest);
    CPPUNIT_TEST(aClientWithoutANameGoesByItsId);
    CPPUNIT_TEST(thePersonsLanguageIsPreferred);
    CPPUNIT_TEST(onlyWebAddressesAreLinks);
    CPPUNIT_TEST_SUITE_END();

    static Client client() {
        Client client;
        client.id = "site";
        return client;
    }

public:
    void aClientWithoutANameGoesByItsId() {
        CPPUNIT_ASSERT(clientView(client(), "en").text("name") == "site");
        CPPUNIT_ASSERT(*clientView(client(), "en").find("links") == Value(false));
    }

    void thePersonsLanguageIsPreferred() {
        auto named = client();
        named.name = "The Site";
        named.metadata = {{"client_name#de", "Die Seite"},
                          {"policy_uri", "https://s.example/en"},
                          {"policy_uri#de", "https://s.example/de"}};
        CPPUNIT_ASSERT(clientView(named, "en").text("name") == "The Site");
        CPPUNIT_ASSERT(clientView(named, "de").text("name") == "Die Seite");
        CPPUNIT_ASSERT(clientView(named, "en").text("policy") == "https://s.example/en");
        CPPUNIT_ASSERT(clientView(named, "de").text("policy") == "https://s.example/de");
    }

    void onlyWebAddressesAreLinks() {
        auto sly = client();
        for (const auto* wrong : {"javascript:alert(1)", "data:text/html,x", "//a.example/x"}) {
            sly.metadata = {{"policy_uri", wrong},
                            {"tos_uri", wrong},
                            {"client_uri", wrong},
                            {"logo_uri", wrong}};
            const auto view = clientView(sly, "en");
            for (const auto* name : {"policy", "terms", "uri", "logo"}) {
                CPPUNIT_ASSERT_EQUAL_MESSAGE(wrong, std::string(), std::string(view.text(name)));
            }
            CPPUNIT_ASSERT(*view.find("links") == Value(false));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientViewTest);

}  // namespace gatehouse
