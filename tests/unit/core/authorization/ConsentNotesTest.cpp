// SPDX-License-Identifier: Apache-2.0
#include "authorization/ConsentNotes.h"

#include <gatehouse/testkit/FakeHost.h>

#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>
#include <string>

namespace gatehouse {

namespace {

/// Its note is a number; a person who allowed one allowed smaller ones.
class NumberRule final : public With<AuthorizationRule, ConsentNote> {
public:
    std::vector<std::string_view> parameters() const override { return {"n"}; }
    Result<ValueMap, OAuthError> check(const RequestInHand&) const override { return ValueMap{}; }

    ValueList shown(const ValueMap& note, std::string_view language) const override {
        failIfBroken();
        return hides ? ValueList()
                     : ValueList{ValueMap{{"title", std::string(language) + toJson(note)}}};
    }
    bool isCovered(const ValueMap& kept, const ValueMap& note) const override {
        failIfBroken();
        return !kept.empty() && numberIn(note) <= numberIn(kept);
    }
    ValueMap kept(const ValueMap& before, const ValueMap& note) const override {
        failIfBroken();
        return forgets ? ValueMap() : before.empty() ? note : before;
    }

    bool isBroken = false;
    bool hides = false;
    bool forgets = false;

private:
    void failIfBroken() const {
        if (isBroken) {
            throw std::runtime_error("lost my head");
        }
    }
    static std::int64_t numberIn(const ValueMap& note) { return *note.find("n")->integer(); }
};

class PlainRule final : public AuthorizationRule {
public:
    std::vector<std::string_view> parameters() const override { return {"p"}; }
    Result<ValueMap, OAuthError> check(const RequestInHand&) const override { return ValueMap{}; }
};

}  // namespace

class ConsentNotesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConsentNotesTest);
    CPPUNIT_TEST(eachIsShownInTheLanguage);
    CPPUNIT_TEST(whatNeedsNoConsentIsNotAskedFor);
    CPPUNIT_TEST(allHaveToBeCovered);
    CPPUNIT_TEST(whatIsKeptStandsUnderItsRule);
    CPPUNIT_TEST(whatIsForgottenGoes);
    CPPUNIT_TEST(aBrokenRuleIsNeverAYes);
    CPPUNIT_TEST(whoHidesItIsAtFault);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    NumberRule first_;
    NumberRule second_;
    PlainRule plain_;
    ConsentNotes notes_{host_, {{"first", &first_}, {"plain", &plain_}, {"second", &second_}}};

    static ValueMap note(int number) { return {{"n", number}}; }
    const ValueMap both_{{"first", note(1)}, {"second", note(2)}, {"plain", note(3)}};
    const ValueMap plainAlone_{{"plain", note(3)}};

public:
    void eachIsShownInTheLanguage() {
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"title":"de{\"n\":1}"},{"title":"de{\"n\":2}"}])"),
                             toJson(Value(*notes_.shown(both_, "de"))));
    }

    void whatNeedsNoConsentIsNotAskedFor() {
        first_.isBroken = true;
        CPPUNIT_ASSERT(notes_.shown(plainAlone_, "en")->empty());
        CPPUNIT_ASSERT(*notes_.areCovered({}, plainAlone_));
        CPPUNIT_ASSERT(notes_.kept({}, plainAlone_)->empty());
        CPPUNIT_ASSERT(*notes_.areCovered({}, {}));
    }

    void allHaveToBeCovered() {
        CPPUNIT_ASSERT(!*notes_.areCovered({}, both_));
        CPPUNIT_ASSERT(!*notes_.areCovered({{"first", note(9)}}, both_));
        CPPUNIT_ASSERT(!*notes_.areCovered({{"first", note(9)}, {"second", note(1)}}, both_));
        CPPUNIT_ASSERT(*notes_.areCovered({{"first", note(9)}, {"second", note(2)}}, both_));
    }

    void whatIsKeptStandsUnderItsRule() {
        CPPUNIT_ASSERT((ValueMap{{"first", note(1)}, {"second", note(2)}}) ==
                       *notes_.kept({}, both_));
        CPPUNIT_ASSERT((ValueMap{{"first", note(7)}, {"second", note(2)}}) ==
                       *notes_.kept({{"first", note(7)}}, both_));
    }

    void whatIsForgottenGoes() {
        first_.forgets = true;
        CPPUNIT_ASSERT((ValueMap{{"second", note(2)}}) ==
                       *notes_.kept({{"first", note(7)}}, both_));
    }

    void aBrokenRuleIsNeverAYes() {
        first_.isBroken = true;
        CPPUNIT_ASSERT(!notes_.shown(both_, "en"));
        CPPUNIT_ASSERT(!notes_.areCovered({{"first", note(9)}, {"second", note(9)}}, both_));
        CPPUNIT_ASSERT(!notes_.kept({}, both_));
    }

    void whoHidesItIsAtFault() {
        second_.hides = true;
        CPPUNIT_ASSERT(!notes_.shown(both_, "en"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConsentNotesTest);

}  // namespace gatehouse
