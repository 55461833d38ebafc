// SPDX-License-Identifier: Apache-2.0
#include "SqlQuery.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class SqlQueryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SqlQueryTest);
    CPPUNIT_TEST(namesBecomePlaceholders);
    CPPUNIT_TEST(whatIsNoNameStays);
    CPPUNIT_TEST_SUITE_END();

    using Kind = SqlAddress::Kind;

public:
    void namesBecomePlaceholders() {
        const std::string written = "UPDATE t SET h = :hash WHERE i = :id AND j=:id";
        const SqlQuery postgresql(written, {"hash", "id"}, Kind::postgresql);
        CPPUNIT_ASSERT_EQUAL(std::string("UPDATE t SET h = $1 WHERE i = $2 AND j=$3"),
                             postgresql.text());
        CPPUNIT_ASSERT((std::vector<std::string>{"hash", "id", "id"}) == postgresql.names());
        const SqlQuery mysql(written, {"hash", "id"}, Kind::mysql);
        CPPUNIT_ASSERT_EQUAL(std::string("UPDATE t SET h = ? WHERE i = ? AND j=?"), mysql.text());
        CPPUNIT_ASSERT(mysql.has("id") && !mysql.has("old"));
    }

    void whatIsNoNameStays() {
        for (const char* text : {"a::id", ":idx", ":", "a :ID", ":i d", ":id_"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(text), SqlQuery(text, {"id"}, Kind::sqlite).text());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqlQueryTest);

}  // namespace gatehouse
