// SPDX-License-Identifier: Apache-2.0
#include "json/JsonPieces.h"

#include "json/Json.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sstream>

namespace gatehouse {

class JsonPiecesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JsonPiecesTest);
    CPPUNIT_TEST(aListComesElementByElement);
    CPPUNIT_TEST(listsOfAnObjectComeElementByElement);
    CPPUNIT_TEST(aPieceThatCannotBeReadIsPassedOver);
    CPPUNIT_TEST(whatIsNoJsonIsRefusedWithItsPlace);
    CPPUNIT_TEST_SUITE_END();

    /// "member/number=value;" for each piece, and the problem that ends them.
    static std::string piecesOf(const std::string& text) {
        constexpr std::size_t most = 1024;
        std::istringstream stream(text);
        JsonPieces pieces(stream, most);
        std::string all;
        auto next = pieces.next();
        for (; next && *next; next = pieces.next()) {
            const auto& piece = **next;
            all += piece.member + "/" + std::to_string(piece.number) + "=" +
                   (piece.value ? toJson(*piece.value) : piece.problem) + ";";
        }
        return next ? all : all + next.error().detail;
    }

public:
    void aListComesElementByElement() {
        CPPUNIT_ASSERT_EQUAL(std::string(R"(/1={"a":["]","\""]};/2="b";/3=7;/4=null;/5=[];)"),
                             piecesOf(R"( [ {"a": ["]", "\""]} , "b",7, null ,[] ] )"));
        CPPUNIT_ASSERT_EQUAL(std::string(), piecesOf("[]"));
    }

    void listsOfAnObjectComeElementByElement() {
        CPPUNIT_ASSERT_EQUAL(std::string(R"(a/0=1;b/1={};b/2=[2];c/0={"d":[3]};)"),
                             piecesOf(R"({"a":1,"b":[{},[2]],"e":[],"c":{"d":[3]}})"));
        CPPUNIT_ASSERT_EQUAL(std::string(), piecesOf("{}"));
    }

    void aPieceThatCannotBeReadIsPassedOver() {
        const std::string problem = "is not JSON, or not UTF-8, or has NUL in a text";
        CPPUNIT_ASSERT_EQUAL("/1=" + problem + ";/2=" + problem + ";/3=" + problem + ";/4=1;",
                             piecesOf("[{7}, \"\xff\", \"\\u0000\", 1]"));
        CPPUNIT_ASSERT_EQUAL(std::string("/1=is larger than 1 KiB;/2=1;"),
                             piecesOf("[\"" + std::string(2000, 'x') + "\", 1]"));
    }

    void whatIsNoJsonIsRefusedWithItsPlace() {
        CPPUNIT_ASSERT_EQUAL(std::string("ends too early, after byte 0"), piecesOf(""));
        CPPUNIT_ASSERT_EQUAL(std::string("is not JSON at byte 1"), piecesOf("a"));
        CPPUNIT_ASSERT_EQUAL(std::string("/1=1;is not JSON at byte 4"), piecesOf("[1 2]"));
        CPPUNIT_ASSERT_EQUAL(std::string("is not JSON at byte 2"), piecesOf("[,1]"));
        CPPUNIT_ASSERT_EQUAL(std::string("is not JSON at byte 2"), piecesOf("{,}"));
        CPPUNIT_ASSERT_EQUAL(std::string("/1=1;is not JSON at byte 5"), piecesOf("[1] x"));
        CPPUNIT_ASSERT_EQUAL(std::string("ends too early, after byte 8"), piecesOf(R"([{"a":"b)"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JsonPiecesTest);

}  // namespace gatehouse
