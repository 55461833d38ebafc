// SPDX-License-Identifier: Apache-2.0
#include "SqlAddress.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class SqlAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SqlAddressTest);
    CPPUNIT_TEST(whatLeavesTheMachineIsEncryptedAndVerified);
    CPPUNIT_TEST(aTableIsReadOnlyUnlessSomethingIsWritten);
    CPPUNIT_TEST(passwordsAreDecoded);
    CPPUNIT_TEST(whatCannotBeUsedIsRefusedWithoutThePassword);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatLeavesTheMachineIsEncryptedAndVerified() {
        for (const char* host : {"db.example.org", "10.0.0.1", "127.0.0.1,db.example.org",
                                 "localhost:1,db.example.org:2"}) {
            CPPUNIT_ASSERT_MESSAGE(
                host, has("postgresql://u:p@" + std::string(host) + "/d", "sslmode='verify-full'"));
        }
        CPPUNIT_ASSERT(has("postgresql://u:p@/d?hostaddr=10.0.0.1", "sslmode='verify-full'"));
        CPPUNIT_ASSERT(!has("postgresql://u:p@127.0.0.1/d", "sslmode"));
        CPPUNIT_ASSERT(
            has("postgresql://u:p@db.example.org/d?sslmode=require", "sslmode='require'"));
        CPPUNIT_ASSERT(!sqlAddressOf("mysql://u:p@db.example.org/d", seconds{3}, true));
    }

    void aTableIsReadOnlyUnlessSomethingIsWritten() {
        const auto written = sqlAddressOf("postgresql://u:p@127.0.0.1/d", seconds{3}, false);
        CPPUNIT_ASSERT(has("postgresql://u:p@127.0.0.1/d", "default_transaction_read_only=on"));
        CPPUNIT_ASSERT(written->text.find("read_only") == std::string::npos);
        CPPUNIT_ASSERT(has("postgresql://u:p@127.0.0.1/d", "statement_timeout=3000"));
    }

    void passwordsAreDecoded() {
        CPPUNIT_ASSERT(has("mysql://u%40x:p%40%2F%3A@127.0.0.1:3307/d", "password=p@/:"));
        CPPUNIT_ASSERT(has("mysql://u%40x:p%40%2F%3A@127.0.0.1:3307/d", "port=3307"));
        CPPUNIT_ASSERT(has("postgresql://u:p%40%2F@127.0.0.1/d", "password='p@/'"));
        CPPUNIT_ASSERT(has("odbc://u:p%40;x%3Dy@my_shop", "DSN=my_shop;UID=u;PWD={p@;x=y}"));
        CPPUNIT_ASSERT_EQUAL(std::string("DSN=shop"),
                             sqlAddressOf("odbc://shop", seconds{3}, true)->text);
    }

    void whatCannotBeUsedIsRefusedWithoutThePassword() {
        for (const char* url :
             {"oracle://u:hidden@127.0.0.1/d", "sqlite:people.db", "sqlite:",
              "mysql://u:hidden%3Bdb=x@127.0.0.1/d", "postgresql://u:hidden%20x@127.0.0.1/d",
              "postgresql://u:hidden@127.0.0.1/d?nonsense=1", "mysql://u:hidden@[/d", "",
              "odbc://u:hidden%7D;x=y@shop", "odbc://u%3Bx:hidden@shop", "odbc://u:hidden@sh%3Bop",
              "odbc://u:hidden@shop/d", "odbc://u:hidden@shop:1", "odbc://u:hidden@",
              "odbc:shop"}) {
            const auto address = sqlAddressOf(url, seconds{3}, true);
            CPPUNIT_ASSERT_MESSAGE(url, !address);
            CPPUNIT_ASSERT_MESSAGE(address.error().detail,
                                   address.error().detail.find("hidden") == std::string::npos);
        }
    }

private:
    static bool has(const std::string& url, const std::string& part) {
        const auto address = sqlAddressOf(url, seconds{3}, true);
        CPPUNIT_ASSERT_MESSAGE(url + (address ? "" : address.error().detail), address);
        return address->text.find(part) != std::string::npos;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SqlAddressTest);

}  // namespace gatehouse
