// SPDX-License-Identifier: Apache-2.0
#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

class EnvironmentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EnvironmentTest);
    CPPUNIT_TEST(theNamespacedNameWinsOverTheClassicOneAndBothOverTheFile);
    CPPUNIT_TEST(everyFixedVariableIsRead);
    CPPUNIT_TEST(theAddressMayBeIpv6);
    CPPUNIT_TEST(aLineBreakInAValueIsShown);
    CPPUNIT_TEST(aStorageSectionTakesKeysItDoesNotKnow);
    CPPUNIT_TEST(listsAreSeparatedByCommas);
    CPPUNIT_TEST(aValueOfTheFileThatIsOverriddenNeedNotBeRight);
    CPPUNIT_TEST(anEmptyVariableIsNotSet);
    CPPUNIT_TEST(appConfigNamesTheFileAndTheCommandLineWins);
    CPPUNIT_TEST(everyMistakeHasItsMessage);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    std::string whole(const std::string& more = "") const {
        return folder_.write("g.yaml", wholeYaml + more);
    }

    void theNamespacedNameWinsOverTheClassicOneAndBothOverTheFile() {
        const std::string file = whole("server: {host: file.example, port: 1}\n");
        const auto port = [&](const Environment& environment) {
            const auto configuration = load(file, environment);
            return std::to_string(configuration.server().number("port")) + " " +
                   configuration.server().place("port");
        };
        CPPUNIT_ASSERT_EQUAL("1 " + file + ":4:36", port({}));
        CPPUNIT_ASSERT_EQUAL(std::string("2 environment SERVER_ADDR"),
                             port({{"SERVER_ADDR", "h:2"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("3 environment SERVER__PORT"),
                             port({{"SERVER_ADDR", "h:2"}, {"SERVER__PORT", "3"}}));
        const auto configuration = load(file, {{"SERVER_ADDR", "h:2"}, {"SERVER__PORT", "3"}});
        CPPUNIT_ASSERT_EQUAL(std::string("h"), configuration.server().text("host"));
        const auto database =
            load(file, {{"DATABASE_URL", "sqlite:/a"}, {"DATABASE__URL", "sqlite:/b"}}).database();
        CPPUNIT_ASSERT_EQUAL(std::string("sqlite:/b"), database.settings.find("url")->value.text());
        CPPUNIT_ASSERT_EQUAL(std::string("environment DATABASE__URL"), database.place.text());
    }

    void everyFixedVariableIsRead() {
        const std::string secret(32, 's');
        const auto configuration = load(whole(), {{"SERVER__HOST", "0.0.0.0"},
                                                  {"SERVER__PORT", "8080"},
                                                  {"DATABASE_URL", "postgresql://h/d"},
                                                  {"REDIS_URL", "redis://h:6379/0"},
                                                  {"JWT_SECRET", secret},
                                                  {"OAUTH__ISSUER", "https://other.example"},
                                                  {"OAUTH__ACCESS_TOKEN_TTL_SECS", "60"},
                                                  {"OAUTH__REFRESH_TOKEN_TTL_SECS", "120"}});
        CPPUNIT_ASSERT_EQUAL(std::string("0.0.0.0"), configuration.server().text("host"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{8080}, configuration.server().number("port"));
        CPPUNIT_ASSERT_EQUAL(std::string("storage.postgresql"), configuration.database().use);
        CPPUNIT_ASSERT_EQUAL(std::string("storage.redis"), configuration.redis()->use);
        CPPUNIT_ASSERT_EQUAL(secret,
                             std::string(configuration.security().secret("jwt_secret").view()));
        CPPUNIT_ASSERT_EQUAL(std::string("https://other.example"),
                             configuration.oauth().text("issuer"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{60},
                             configuration.oauth().number("access_token_ttl_secs"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{120},
                             configuration.oauth().number("refresh_token_ttl_secs"));
        const auto namespaced = load(whole(), {{"REDIS__URL", "rediss://h"},
                                               {"SECURITY__JWT_SECRET", std::string(40, 't')},
                                               {"JWT_SECRET", secret}});
        CPPUNIT_ASSERT_EQUAL(std::string("storage.redis"), namespaced.redis()->use);
        CPPUNIT_ASSERT_EQUAL(std::string(40, 't'),
                             std::string(namespaced.security().secret("jwt_secret").view()));
    }

    void theAddressMayBeIpv6() {
        const auto configuration = load(whole(), {{"SERVER_ADDR", "[::1]:8080"}});
        CPPUNIT_ASSERT_EQUAL(std::string("::1"), configuration.server().text("host"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{8080}, configuration.server().number("port"));
    }

    void aLineBreakInAValueIsShown() {
        CPPUNIT_ASSERT_EQUAL(std::string("environment SERVER__PORT: server: port: \"1\\u000a2\" is "
                                         "not a whole number\n"),
                             problemsOf(whole(), {{"SERVER__PORT", "1\n2"}}));
    }

    void aStorageSectionTakesKeysItDoesNotKnow() {
        const auto configuration =
            load(whole("redis: {url: 'redis://h', pool: 3}\n"),
                 {{"DATABASE__SYNCHRONOUS", "off"}, {"JWT_SECRET", std::string(32, 's')}});
        const ConfigEntry* synchronous = configuration.database().settings.find("synchronous");
        CPPUNIT_ASSERT(synchronous != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("off"), synchronous->value.text());
        CPPUNIT_ASSERT_EQUAL(std::string("3"),
                             configuration.redis()->settings.find("pool")->value.text());
        constexpr Field fields[] = {{"synchronize", Kind::text, optional, "how"}};
        Problems problems;
        (void)configuration.database().check(fields, problems);
        CPPUNIT_ASSERT_EQUAL(std::string("environment DATABASE__SYNCHRONOUS: database "
                                         "(storage.memory): unknown key \"synchronous\"; did you "
                                         "mean \"synchronize\"?\n"),
                             problems.text());
    }

    void listsAreSeparatedByCommas() {
        const auto configuration =
            load(whole(), {{"SERVER__TRUSTED_PROXIES", "127.0.0.1/32, ::1,,10.0.0.0/8"}});
        CPPUNIT_ASSERT((std::vector<std::string>{"127.0.0.1/32", "::1", "10.0.0.0/8"}) ==
                       configuration.server().list("trusted_proxies"));
    }

    void aValueOfTheFileThatIsOverriddenNeedNotBeRight() {
        const std::string file = whole("server: {port: many}\n");
        CPPUNIT_ASSERT_EQUAL(file + ":4:16: server: port: \"many\" is not a whole number\n",
                             problemsOf(file));
        CPPUNIT_ASSERT_EQUAL(std::string(), problemsOf(file, {{"SERVER__PORT", "1"}}));
    }

    void anEmptyVariableIsNotSet() {
        const Environment environment{{"REDIS_URL", ""}, {"SERVER__PORT", ""}, {"SERVER_ADDR", ""}};
        const auto configuration = load(whole(), environment);
        CPPUNIT_ASSERT(!configuration.redis());
        CPPUNIT_ASSERT_EQUAL(std::string("default"), configuration.server().place("port"));
    }

    void appConfigNamesTheFileAndTheCommandLineWins() {
        const std::string file = whole();
        const std::string other = folder_.write("o.yaml", wholeYaml);
        CPPUNIT_ASSERT_EQUAL(file, load("", {{"APP_CONFIG", file}}).file());
        CPPUNIT_ASSERT_EQUAL(other, load(other, {{"APP_CONFIG", file}}).file());
        CPPUNIT_ASSERT_EQUAL(std::string(), load("", {{"APP_CONFIG", ""}}).file());
        CPPUNIT_ASSERT_EQUAL(folder_.at("gone.yaml") +
                                 ": cannot be read: No such file or directory\n",
                             problemsOf("", {{"APP_CONFIG", folder_.at("gone.yaml")}}));
    }

    void everyMistakeHasItsMessage() {
        const std::pair<const std::string, std::string> secret{"JWT_SECRET", std::string(32, 's')};
        const struct {
            Environment environment;
            std::string expected;
        } cases[] = {
            {{{"SERVER__PORT", "x"}},
             "environment SERVER__PORT: server: port: \"x\" is not a whole number\n"},
            {{{"SERVER__PROT", "1"}},
             "environment SERVER__PROT: server: unknown setting; did you mean \"SERVER__PORT\"?\n"},
            {{{"SERVER__ADDR", "1"}},
             "environment SERVER__ADDR: server: unknown setting; did you mean \"SERVER_ADDR\"?\n"},
            {{{"OAUTH__ACCESS_TOKEN_TTL", "1"}},
             "environment OAUTH__ACCESS_TOKEN_TTL: oauth: unknown setting; did you mean "
             "\"OAUTH__ACCESS_TOKEN_TTL_SECS\"?\n"},
            {{{"SERVER_ADDR", "8080"}},
             "environment SERVER_ADDR: \"8080\" is not host:port (try "
             "127.0.0.1:1314 or [::1]:1314)\n"},
            {{{"SERVER_ADDR", "::1:8080"}},
             "environment SERVER_ADDR: \"::1:8080\" is not host:port "
             "(try 127.0.0.1:1314 or [::1]:1314)\n"},
            {{{"SERVER_ADDR", "h:http"}},
             "environment SERVER_ADDR: server: port: \"http\" is not a whole number\n"},
            {{{"JWT_SECRET", "hunter2"}},
             "environment JWT_SECRET: security: jwt_secret: has to be at least 32 bytes long\n"},
            {{{"REDIS_URL", "memory:"}},
             "environment REDIS_URL: redis: url: a redis:// or rediss:// URL is wanted\n"},
            {{{"DATABASE_URL", "redis://u:hunter2@h"}},
             "environment DATABASE_URL: database: url: Redis keeps only what passes; name it under "
             "redis\n"},
            {{{"DATABASE_URL", "/var/lib/x.db"}},
             "environment DATABASE_URL: database: url: is not a URL (sqlite:PATH, "
             "postgresql://... or memory: (all is lost at the end); when missing, SQLite in the "
             "state folder)\n"},
            {{{"DATABASE_URL", "host=h password=hunter2 dbname=d"}},
             "environment DATABASE_URL: database: url: is not a URL (sqlite:PATH, "
             "postgresql://... or memory: (all is lost at the end); when missing, SQLite in the "
             "state folder)\n"},
            {{{"DATABASE_URL", "postgresql://u:hunt@er2@h/d"}, secret},
             "environment DATABASE_URL: database: url: its password cannot be told from its host: "
             "write @ in a password as %40, / as %2F\n"},
            {{{"REDIS_URL", "redis://u:hunt/er2@h"}, secret},
             "environment REDIS_URL: redis: url: its password cannot be told from its host: "
             "write @ in a password as %40, / as %2F\n"},
            {{{"REDIS_URL", "hunter2"}},
             "environment REDIS_URL: redis: url: is not a URL (redis://HOST:PORT/NUMBER; keeps "
             "what "
             "passes)\n"},
            {{{"DATABASE_URL", "postgres://u:hunter2@h/d"}, {"JWT_SECRET", "short"}},
             "environment JWT_SECRET: security: jwt_secret: has to be at least 32 bytes long\n"},
            {{{"REDIS_URL", "redis://h"}, {"JWT_SECRET", "short"}},
             "environment JWT_SECRET: security: jwt_secret: has to be at least 32 bytes long\n"},
        };
        for (const auto& example : cases) {
            CPPUNIT_ASSERT_EQUAL(example.expected, problemsOf(whole(), example.environment));
        }
        const auto missing = [&](const std::string& storage) {
            return folder_.at("g.yaml") + ": security: jwt_secret: missing; all nodes on " +
                   storage +
                   " share one (try: openssl rand -base64 48; after a move from SQLite, the "
                   "root.secret you had)\n";
        };
        CPPUNIT_ASSERT_EQUAL(missing("storage.postgresql"),
                             problemsOf(whole(), {{"DATABASE_URL", "postgres://u:hunter2@h/d"}}));
        CPPUNIT_ASSERT_EQUAL(missing("storage.redis"),
                             problemsOf(whole(), {{"REDIS_URL", "redis://h"}}));
        for (const char* fine : {"postgresql://u:p%40@h,g/d", "postgresql:///d?user=a@b",
                                 "postgres://h/d?passfile=/x/y@z", "sqlite:///p@th/x@y.db"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(),
                                 problemsOf(whole(), {{"DATABASE_URL", fine}, secret}));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(EnvironmentTest);

}  // namespace gatehouse::test
