// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "../storage/PrivatePostgres.h"
#include "SqlUserStore.h"
#include "passwords/Argon2.h"

#include <Poco/URI.h>

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace gatehouse {

/// The tables of a small shop, with the words of one database.
struct SqlBed {
    explicit SqlBed(std::string where, const std::string& serial) : url(std::move(where)) {
        run("DROP TABLE IF EXISTS membership");
        run("DROP TABLE IF EXISTS customer");
        run("CREATE TABLE customer (nr " + serial +
            ", nick varchar(255), hash varchar(255), barred boolean NOT NULL, full_name "
            "varchar(255), "
            "mail varchar(255), mail_checked boolean)");
        run("CREATE TABLE membership (customer integer, team varchar(255))");
    }

    void addUser(const User& user, std::string_view password) {
        const Value* checked = user.claims.find("email_verified");
        run("INSERT INTO customer (nick, hash, barred, full_name, mail, mail_checked) "
            "VALUES (:nick, :hash, " +
                std::string(user.isDisabled ? "true" : "false") + ", :name, :mail, " +
                (checked != nullptr && *checked == Value{true} ? "true" : "false") + ")",
            {{"nick", user.login},
             {"hash", argon2Hash(Secret(password), "a salt of bytes", {8192, 1, 1})},
             {"name", std::string(user.claims.text("name"))},
             {"mail", std::string(user.claims.text("email"))}});
    }
    void rename(std::string_view login, std::string_view newLogin) {
        run("UPDATE customer SET nick = :name WHERE nick = :nick",
            {{"name", std::string(newLogin)}, {"nick", std::string(login)}});
    }
    std::unique_ptr<UserStore> make() { return make({}); }
    std::unique_ptr<SqlUserStore> make(const ValueMap& more) {
        ValueMap settings{
            {"url", url},
            {"people",
             "SELECT nr AS id, nick AS login, hash AS password, barred AS disabled, full_name AS "
             "name, mail AS email, mail_checked AS email_verified FROM customer"},
            {"groups", "SELECT team FROM membership WHERE customer = :id ORDER BY team"},
            {"threads", 2},
            {"queue", 100},
            {"waiting", 100},
        };
        for (const auto& setting : more) {
            settings.set(setting.name, setting.value);
        }
        auto store = std::make_unique<SqlUserStore>();
        const testkit::FakeConfig config(fieldsOf<SqlUserStore>(), settings);
        const auto configured = store->configure(config, host);
        CPPUNIT_ASSERT_MESSAGE(configured ? "" : configured.error().detail, configured);
        const auto started = store->start();
        CPPUNIT_ASSERT_MESSAGE(started ? "" : started.error().detail, started);
        return store;
    }
    std::vector<ValueMap> run(const std::string& text, const SqlValues& values = {}) {
        const auto address = sqlAddressOf(url, seconds{10}, false);
        CPPUNIT_ASSERT(address);
        const auto connection = SqlConnection::to(*address, seconds{10});
        return connection->rows(
            SqlQuery(text, {"nick", "hash", "name", "mail", "id"}, address->kind), values);
    }

    std::string url;
    testkit::FakeHost host;
};

struct SqliteFile {
    SqliteFile() {
        std::string name = std::filesystem::temp_directory_path() / "gatehouse-people-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(name.data()) != nullptr);
        folder = name;
        std::ofstream(folder / "people.db").flush();
    }
    ~SqliteFile() { std::filesystem::remove_all(folder); }
    std::filesystem::path folder;
};

struct SqliteBed : SqliteFile, SqlBed {
    SqliteBed() : SqlBed("sqlite:" + (folder / "people.db").string(), "integer PRIMARY KEY") {}
};

struct PostgresBed : SqlBed {
    PostgresBed() : SqlBed(sharedPostgres().url(), "serial PRIMARY KEY") {}
    static void kill() { sharedPostgres().tell("kill"); }
    static void revive() { sharedPostgres().tell("start"); }
    static void freeze() { sharedPostgres().tell("freeze"); }
    static void thaw() { sharedPostgres().tell("thaw"); }
};

inline PrivatePostgres& sharedMariaDb() {
    static PrivatePostgres server(std::vector<std::string>{}, privateMariadb);
    return server;
}

struct MariaDbBed : SqlBed {
    MariaDbBed() : SqlBed(sharedMariaDb().url(), "integer AUTO_INCREMENT PRIMARY KEY") {}
    static void kill() { sharedMariaDb().tell("kill"); }
    static void revive() { sharedMariaDb().tell("start"); }
    static void freeze() { sharedMariaDb().tell("freeze"); }
    static void thaw() { sharedMariaDb().tell("thaw"); }
};

/// The same servers, as data sources of an odbc.ini.
struct OdbcFile {
    OdbcFile(const std::string& driver, const std::string& url) {
        std::string name = std::filesystem::temp_directory_path() / "gatehouse-odbc-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(name.data()) != nullptr);
        folder = name;
        const Poco::URI uri(url);
        std::ofstream(folder / "odbc.ini")
            << "[people]\nDriver=" << driver
            << "\nServername=127.0.0.1\nServer=127.0.0.1\nPort=" << uri.getPort()
            << "\nDatabase=gatehouse\nCharset=utf8mb4\n";
        ::setenv("ODBCINI", (folder / "odbc.ini").c_str(), 1);
        source = "odbc" + url.substr(url.find(':'), url.find('@') - url.find(':')) + "@people";
    }
    ~OdbcFile() { std::filesystem::remove_all(folder); }
    std::filesystem::path folder;
    std::string source;
};

struct OdbcPostgresBed : OdbcFile, SqlBed {
    OdbcPostgresBed()
        : OdbcFile("PostgreSQL Unicode", sharedPostgres().url()),
          SqlBed(source, "serial PRIMARY KEY") {}
    static void kill() { PostgresBed::kill(); }
    static void revive() { PostgresBed::revive(); }
    static void freeze() { PostgresBed::freeze(); }
    static void thaw() { PostgresBed::thaw(); }
};

struct OdbcMariaDbBed : OdbcFile, SqlBed {
    OdbcMariaDbBed()
        : OdbcFile("MariaDB Unicode", sharedMariaDb().url()),
          SqlBed(source, "integer AUTO_INCREMENT PRIMARY KEY") {}
    static void kill() { MariaDbBed::kill(); }
    static void revive() { MariaDbBed::revive(); }
    static void freeze() { MariaDbBed::freeze(); }
    static void thaw() { MariaDbBed::thaw(); }
};

}  // namespace gatehouse
