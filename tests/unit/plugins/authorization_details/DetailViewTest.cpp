// SPDX-License-Identifier: Apache-2.0
#include "DetailView.h"

#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class DetailViewTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DetailViewTest);
    CPPUNIT_TEST(aSentenceHasMembersPutIn);
    CPPUNIT_TEST(whatTheSentenceDoesNotSayIsInRows);
    CPPUNIT_TEST(aSentenceWithAGapIsNone);
    CPPUNIT_TEST(everyMemberIsShown);
    CPPUNIT_TEST(aNameWithADotIsNoPath);
    CPPUNIT_TEST(wordsAreInTheLanguageOrTheNextBest);
    CPPUNIT_TEST(valuesAreCalledSomething);
    CPPUNIT_TEST(bracesThatAreLeftOpenAreWords);
    CPPUNIT_TEST(aTypeThatIsGoneIsShownAsItIs);
    CPPUNIT_TEST_SUITE_END();

    DetailType type_;

    ValueMap view(const char* detail, std::string_view language = "en") const {
        return detailView(*parseJson(detail)->map(), &type_, language);
    }
    static std::string shown(const ValueMap& view, const char* member) {
        return toJson(*view.find(member));
    }

public:
    void setUp() override {
        type_.title = Wording(ValueMap{{"en", "Pay"}, {"de", "Zahlen"}});
        type_.text = Wording("{amount.value} to {to}");
        type_.labels["account.iban"] = Wording("IBAN");
    }

    void aSentenceHasMembersPutIn() {
        CPPUNIT_ASSERT_EQUAL(
            std::string(R"([{"value":"5"},{"words":" to "},{"value":"{to}"}])"),
            shown(view(R"({"type": "p", "amount": {"value": 5}, "to": "{to}"})"), "sentence"));
    }

    void whatTheSentenceDoesNotSayIsInRows() {
        const auto seen = view(R"({"amount": {"value": 5, "currency": "EUR"}, "to": "A",
                                   "account": {"iban": "DE1"}})");
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"name":"amount.currency","value":"EUR"},)"
                                         R"({"name":"IBAN","value":"DE1"}])"),
                             shown(seen, "rows"));
    }

    void aSentenceWithAGapIsNone() {
        for (const auto* detail :
             {R"({"to": "A"})", R"({"amount": {"value": {}}, "to": "A"})",
              R"({"amount": {"value": ""}, "to": "A"})", R"({"amount": 5, "to": "A"})"}) {
            const auto seen = view(detail);
            CPPUNIT_ASSERT_EQUAL(std::string("[]"), shown(seen, "sentence"));
            CPPUNIT_ASSERT(shown(seen, "rows").find(R"({"name":"to","value":"A"})") !=
                           std::string::npos);
        }
    }

    void everyMemberIsShown() {
        const auto seen = view(R"({"a": [1, "x", true], "b": [{"c": 1}, {"c": null}], "d": {},
                                   "e": [], "f": 1.5, "g": [[1], 2]})");
        CPPUNIT_ASSERT_EQUAL(
            std::string(R"([{"name":"a","value":"1, x, true"},{"name":"b.1.c","value":"1"},)"
                        R"({"name":"b.2.c","value":"null"},{"name":"d","value":"{}"},)"
                        R"({"name":"e","value":"[]"},{"name":"f","value":"1.5"},)"
                        R"({"name":"g.1","value":"1"},{"name":"g.2","value":"2"}])"),
            shown(seen, "rows"));
    }

    void aNameWithADotIsNoPath() {
        const auto seen = view(R"({"amount": {"value": 5}, "amount.value": 9999, "to": "A",
                                   "account.iban": "DE1", "b": {"c.d": 1}})");
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"name":"\"amount.value\"","value":"9999"},)"
                                         R"({"name":"\"account.iban\"","value":"DE1"},)"
                                         R"({"name":"b.\"c.d\"","value":"1"}])"),
                             shown(seen, "rows"));
        type_.labels["\"account.iban\""] = Wording("Account");
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"name":"Account","value":"DE1"}])"),
                             shown(view(R"({"account.iban": "DE1"})"), "rows"));
    }

    void wordsAreInTheLanguageOrTheNextBest() {
        CPPUNIT_ASSERT_EQUAL(std::string("\"Zahlen\""), shown(view("{}", "de"), "title"));
        CPPUNIT_ASSERT_EQUAL(std::string("\"Zahlen\""), shown(view("{}", "de-AT"), "title"));
        CPPUNIT_ASSERT_EQUAL(std::string("\"Pay\""), shown(view("{}", "fr"), "title"));
        type_.title = Wording(ValueMap{{"it", "Paga"}});
        CPPUNIT_ASSERT_EQUAL(std::string("\"Paga\""), shown(view("{}", "fr"), "title"));
    }

    void valuesAreCalledSomething() {
        type_.values["r"] = Wording(ValueMap{{"en", "read"}, {"de", "lesen"}});
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"name":"x","value":"lesen, w"}])"),
                             shown(view(R"({"x": ["r", "w"]})", "de"), "rows"));
    }

    void bracesThatAreLeftOpenAreWords() {
        type_.text = Wording("{to} and {more");
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"value":"A"},{"words":" and "},{"words":"{more"}])"),
                             shown(view(R"({"to": "A"})"), "sentence"));
    }

    void aTypeThatIsGoneIsShownAsItIs() {
        const auto seen = detailView({{"type", "old"}, {"x", 1}}, nullptr, "en");
        CPPUNIT_ASSERT_EQUAL(std::string("\"old\""), shown(seen, "title"));
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"name":"x","value":"1"}])"), shown(seen, "rows"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DetailViewTest);

}  // namespace gatehouse
