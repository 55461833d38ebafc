// SPDX-License-Identifier: Apache-2.0
#include "jose/KeySetText.h"

#include "jose/SigningKey.h"
#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class KeySetTextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeySetTextTest);
    CPPUNIT_TEST(publicKeysAreKeptAndNothingElseOfThem);
    CPPUNIT_TEST(keysOfOtherKindsAreLeftOut);
    CPPUNIT_TEST(whatIsNoSetIsRefused);
    CPPUNIT_TEST(privateAndSymmetricKeysSpoilIt);
    CPPUNIT_TEST(hugeOnesAreRefused);
    CPPUNIT_TEST_SUITE_END();

    static ValueMap key() {
        static const auto made = SigningKey::generate("ES256");
        return made->publicJwk("one");
    }
    static std::string setOf(const ValueList& keys) { return toJson(ValueMap{{"keys", keys}}); }
    static std::string refusal(const std::string& text) {
        const auto read = readKeySet(text);
        CPPUNIT_ASSERT_MESSAGE(text.substr(0, 80), !read);
        CPPUNIT_ASSERT(read.error().fault == Fault::badInput);
        return read.error().detail;
    }
    static ValueMap with(std::string_view member, Value value) {
        auto jwk = key();
        jwk.set(member, std::move(value));
        return jwk;
    }

public:
    void publicKeysAreKeptAndNothingElseOfThem() {
        const auto read =
            readKeySet(setOf({with("x5c", ValueList{std::string(9000, 'A')}), key()}));
        CPPUNIT_ASSERT(read);
        CPPUNIT_ASSERT(*read == Value(ValueMap{{"keys", ValueList{key(), key()}}}));
        CPPUNIT_ASSERT(readKeySet(setOf({})));
    }

    void keysOfOtherKindsAreLeftOut() {
        const auto read = readKeySet(setOf({ValueMap{{"kty", "AKP"}, {"pub", "AA"}}, ValueMap(),
                                            with("x", "AA"), with("crv", 7), key()}));
        CPPUNIT_ASSERT(read);
        CPPUNIT_ASSERT(*read == Value(ValueMap{{"keys", ValueList{key()}}}));
    }

    void whatIsNoSetIsRefused() {
        for (const auto* text : {"", "<html>", "[]", "{}", R"({"keys":{}})", R"({"keys":null})",
                                 R"({"keys":[7]})", R"({"keys":["x"]})", R"({"keys":[[]]})",
                                 R"({"keys":[],"keys":[]})", R"({"keys":[]} x)"}) {
            refusal(text);
        }
        refusal(std::string(5000, '['));
    }

    void privateAndSymmetricKeysSpoilIt() {
        for (const auto* member : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
            CPPUNIT_ASSERT_EQUAL(std::string("it has a private or symmetric key"),
                                 refusal(setOf({key(), with(member, "AA")})));
        }
        refusal(setOf({ValueMap{{"kty", "oct"}, {"k", "AA"}}}));
    }

    void hugeOnesAreRefused() {
        CPPUNIT_ASSERT(readKeySet(setOf(ValueList(mostKeys, key()))));
        CPPUNIT_ASSERT_EQUAL(std::string("it has more than 32 keys"),
                             refusal(setOf(ValueList(mostKeys + 1, key()))));
        refusal(setOf(ValueList(1000, ValueMap{{"kty", "RSA"}})));
        refusal(setOf({}) + std::string(longestKeySet, ' '));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeySetTextTest);

}  // namespace gatehouse
