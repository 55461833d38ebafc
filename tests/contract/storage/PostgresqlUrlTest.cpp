// SPDX-License-Identifier: Apache-2.0
#include "PostgresqlCase.h"

#include <Poco/URI.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace gatehouse {

/// What a URL means, above all for TLS.
class PostgresqlUrlTest : public PostgresqlCase {
    CPPUNIT_TEST_SUITE(PostgresqlUrlTest);
    CPPUNIT_TEST(aServerElsewhereProvesItsName);
    CPPUNIT_TEST(aServerOnThisMachineNeedNot);
    CPPUNIT_TEST(theUrlDecidesOtherwise);
    CPPUNIT_TEST(severalHostsAreTriedOneByOne);
    CPPUNIT_TEST(bothSchemesCount);
    CPPUNIT_TEST(aUrlThatIsWrongIsRefusedWithoutItsPassword);
    CPPUNIT_TEST(anUnknownParameterIsNamed);
    CPPUNIT_TEST(aBlankIsRefusedWhereItCannotBeHandedOver);
    CPPUNIT_TEST(aPasswordMayHoldAnything);
    CPPUNIT_TEST(theCertificateIsChecked);
    CPPUNIT_TEST_SUITE_END();

public:
    void aServerElsewhereProvesItsName() {
        for (const char* host : {"db.example.org", "10.0.0.5", "localhost.example.org",
                                 "[2001:db8::1]:5432", "db.example.org?hostaddr=10.0.0.5"}) {
            const auto server = only("postgresql://u:p@" + std::string(host));
            CPPUNIT_ASSERT_EQUAL(std::string("verify-full"), keyword(server, "sslmode"));
            CPPUNIT_ASSERT(!keyword(server, "sslrootcert").empty());
            CPPUNIT_ASSERT(server.isVerified);
        }
    }

    void aServerOnThisMachineNeedNot() {
        for (const char* host : {"127.0.0.1", "localhost", "[::1]", "%2Frun%2Fpostgresql", "",
                                 "db.example.org?hostaddr=127.0.0.1"}) {
            const auto server = only("postgresql://" + std::string(host));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(host, std::string(), keyword(server, "sslmode"));
            CPPUNIT_ASSERT(server.isVerified);
        }
    }

    void theUrlDecidesOtherwise() {
        const auto weak = only("postgresql://db.example.org/x?sslmode=require");
        CPPUNIT_ASSERT_EQUAL(std::string("require"), keyword(weak, "sslmode"));
        CPPUNIT_ASSERT(!weak.isVerified);
        const auto own = only("postgresql://db.example.org/x?sslrootcert=/etc/own.pem");
        CPPUNIT_ASSERT_EQUAL(std::string("/etc/own.pem"), keyword(own, "sslrootcert"));
        const auto quick = only("postgresql://db.example.org/x?connect_timeout=1");
        CPPUNIT_ASSERT(quick.connectTimeout == seconds{1});
        // Connecting to 0.0.0.0 leads to this machine, which the URL does not say.
        const auto storage = bed_.unstarted("postgresql://0.0.0.0:1/x?sslmode=require");
        CPPUNIT_ASSERT(!storage->start());
        CPPUNIT_ASSERT(bed_.host.fakeLog.says("0.0.0.0:1 is not asked to prove who it is"));
    }

    void severalHostsAreTriedOneByOne() {
        const auto servers = serversOf("postgresql://u:p@a.example,b.example:5433/x");
        CPPUNIT_ASSERT(bool(servers));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, servers->size());
        CPPUNIT_ASSERT_EQUAL(std::string("a.example"), keyword((*servers)[0], "host"));
        CPPUNIT_ASSERT_EQUAL(std::string(), keyword((*servers)[0], "port"));
        CPPUNIT_ASSERT_EQUAL(std::string("b.example"), keyword((*servers)[1], "host"));
        CPPUNIT_ASSERT_EQUAL(std::string("5433"), keyword((*servers)[1], "port"));
        for (const auto& server : *servers) {
            CPPUNIT_ASSERT_EQUAL(std::string("read-write"),
                                 keyword(server, "target_session_attrs"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             keyword(only("postgresql://a.example/x"), "target_session_attrs"));
    }

    void bothSchemesCount() {
        CPPUNIT_ASSERT_EQUAL(std::string("x"), keyword(only("postgres://a.example/x"), "dbname"));
        CPPUNIT_ASSERT_EQUAL(std::string("a b"),
                             keyword(only("postgresql://u:a%20b@a.example/x"), "password"));
    }

    void aUrlThatIsWrongIsRefusedWithoutItsPassword() {
        for (const char* wrong :
             {"sqlite:/a", "host=a password=hidden", "postgresql://u:hid%zzden@a/x",
              "postgresql://u:p@a/x?hidden", "postgresql://u:p@a/x?password=hidden&no=1",
              "postgresql://a,b,c:1,d:2/x?port=1,2", "postgresql://a?connect_timeout=hidden",
              "mysql://u:hidden@a/x", "postgresql://u:pa/ss?hidden=1@a/x"}) {
            const auto servers = serversOf(wrong);
            CPPUNIT_ASSERT_MESSAGE(wrong, !servers);
            CPPUNIT_ASSERT_MESSAGE(servers.error().detail,
                                   !contains(servers.error().detail, "hid"));
        }
    }

    void anUnknownParameterIsNamed() {
        const auto misspelt = serversOf("postgresql://u:hidden@a/x?sslmod=require&user=v");
        CPPUNIT_ASSERT(!misspelt);
        CPPUNIT_ASSERT_EQUAL(
            std::string("has the parameter \"sslmod\" behind the ?, which PostgreSQL's client does "
                        "not know; did you mean \"sslmode\"?"),
            misspelt.error().detail);
        const auto strange = serversOf("postgresql://a/x?sslmode=require&pool_size=4");
        CPPUNIT_ASSERT(contains(strange.error().detail, "\"pool_size\""));
        PostgresqlStorage storage;
        const Status configured =
            storage.configure(testkit::FakeConfig{{"url", "postgresql://a/x?sslmod=require"},
                                                  {"connections", 8},
                                                  {"statement_timeout", "5s"}},
                              bed_.host);
        CPPUNIT_ASSERT(contains(configured.error().detail, "url: has the parameter"));
    }

    void aBlankIsRefusedWhereItCannotBeHandedOver() {
        const auto refused = serversOf("postgresql://two%20words:hidden@a/x");
        CPPUNIT_ASSERT_EQUAL(std::string("has a blank in \"user\", where none can be used"),
                             refused.error().detail);
        CPPUNIT_ASSERT(bool(serversOf("postgresql://u:two%20words@a/x?options=-ca%3D1%20-cb%3D2")));
    }

    void aPasswordMayHoldAnything() {
        for (const std::string password :
             {"two words", " 'quoted' : \\ ", "tab\tstop", "p@ss/w:%"}) {
            asSuperuser("DROP ROLE IF EXISTS odd");
            std::string quoted;
            std::string escaped;
            for (const char letter : password) {
                quoted += letter == '\'' ? "''" : std::string(1, letter);
                Poco::URI::encode(std::string(1, letter), "'\\: %/@", escaped);
            }
            asSuperuser("CREATE ROLE odd LOGIN PASSWORD '" + quoted + "'");
            std::string url = bed_.server.url();
            url.replace(url.find("gatehouse:"), url.find('@') - url.find("gatehouse:"),
                        "odd:" + escaped);
            Connection connection(serversOf(url)->front());
            CPPUNIT_ASSERT_EQUAL(
                std::string("odd"),
                std::string(connection.execute("SELECT current_user", deadlineIn(seconds{30}))
                                .bytes(0, 0)));
        }
        asSuperuser("DROP ROLE odd");
    }

    void theCertificateIsChecked() {
        const std::string folder = certificateFolder();
        const std::string certificate = folder + "/server.crt";
        {
            PrivatePostgres server({"--tls", certificate, folder + "/server.key"});
            const std::string port = std::to_string(server.port());
            const std::string base =
                "postgresql://gatehouse:p%40ss%2Fword%3A%25@HOST:" + port +
                "/gatehouse?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert=";
            CPPUNIT_ASSERT(connects(base, "db.example.org", certificate));
            CPPUNIT_ASSERT(!connects(base, "other.example.org", certificate));
            CPPUNIT_ASSERT(!connects(base, "db.example.org", "/etc/ssl/certs/ca-certificates.crt"));
        }
        std::filesystem::remove_all(folder);
    }

private:
    static ServerAddress only(const std::string& url) {
        const auto servers = serversOf(url);
        CPPUNIT_ASSERT_MESSAGE(servers ? "" : servers.error().detail, bool(servers));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, servers->size());
        return servers->front();
    }
    static std::string keyword(const ServerAddress& server, const std::string& name) {
        const auto found = std::find_if(server.keywords.begin(), server.keywords.end(),
                                        [&](const auto& keyword) { return keyword.first == name; });
        return found == server.keywords.end() ? "" : found->second;
    }
    /// With a certificate that db.example.org has signed for itself.
    static std::string certificateFolder() {
        std::string folder = (std::filesystem::temp_directory_path() / "tls.XXXXXX").string();
        CPPUNIT_ASSERT(::mkdtemp(folder.data()) != nullptr);
        const std::string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
            "/CN=db.example.org -addext subjectAltName=DNS:db.example.org -keyout " +
            folder + "/server.key -out " + folder + "/server.crt 2>/dev/null";
        CPPUNIT_ASSERT_EQUAL(0, std::system(command.c_str()));
        return folder;
    }
    static bool connects(std::string url, const std::string& host, const std::string& roots) {
        url.replace(url.find("HOST"), 4, host);
        try {
            Connection connection(serversOf(url + roots)->front());
            return connection
                       .execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                                deadlineIn(seconds{30}))
                       .bytes(0, 0) == "t";
        } catch (const PostgresFailure& failure) {
            CPPUNIT_ASSERT_MESSAGE(failure.what(), contains(failure.what(), "certificate"));
            return false;
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PostgresqlUrlTest);

}  // namespace gatehouse
