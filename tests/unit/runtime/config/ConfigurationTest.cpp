// SPDX-License-Identifier: Apache-2.0
#include "Bed.h"
#include "config/EmbeddedConfig.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

class ConfigurationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConfigurationTest);
    CPPUNIT_TEST(fiveMistakesAreFiveLinesWithLineAndColumn);
    CPPUNIT_TEST(yamlAndTomlMeanTheSame);
    CPPUNIT_TEST(withoutAFileTheEmbeddedDefaultIsUsed);
    CPPUNIT_TEST(theInstalledFileIsUsedWhenNothingNamesOne);
    CPPUNIT_TEST(withoutADatabaseSqliteGoesToTheStateFolder);
    CPPUNIT_TEST(theSchemeNamesTheStorage);
    CPPUNIT_TEST(sqlitePathsStartAtTheFileThatNamesThem);
    CPPUNIT_TEST(aStorageNamedTwiceIsRefusedWithBothPlaces);
    CPPUNIT_TEST(topLevelMistakesHaveTheirMessage);
    CPPUNIT_TEST(aFileThatCannotBeReadIsTheOnlyProblem);
    CPPUNIT_TEST(aKeyOfTheTopBelowATableIsToldToMoveUp);
    CPPUNIT_TEST(aHostMayStandInBrackets);
    CPPUNIT_TEST(anEmptySectionIsASectionOfDefaults);
    CPPUNIT_TEST(foldersStartAtTheFileThatNamesThem);
    CPPUNIT_TEST(defaultsAreThePromisedOnes);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder folder_;

    static std::string urlOf(const PluginEntry& storage) {
        const ConfigEntry* url = storage.settings.find("url");
        return url == nullptr ? "" : url->value.text();
    }

    void fiveMistakesAreFiveLinesWithLineAndColumn() {
        const std::string file = folder_.write("g.yaml", "server:\n"
                                                         "  prot: 1314\n"
                                                         "  idle_timeout: 3 parsecs\n"
                                                         "oauth:\n"
                                                         "  issuer: https://id.example.org\n"
                                                         "  access_token_ttl_secs: 0\n"
                                                         "database: {url: 'memory:'}\n"
                                                         "moduls: [token]\n"
                                                         "modules: [token]\n"
                                                         "logging:\n"
                                                         "  level: verbose\n");
        CPPUNIT_ASSERT_EQUAL(
            file + ":2:3: server: unknown key \"prot\"; did you mean \"port\"?\n" + file +
                ":3:17: server: idle_timeout: \"3 parsecs\" is not a duration (try 3s, 5m, 1h)\n" +
                file + ":6:26: oauth: access_token_ttl_secs: 0 is out of range: 1 to 86400\n" +
                file + ":8:1: unknown key \"moduls\"; did you mean \"modules\"?\n" + file +
                ":11:10: logging: level: \"verbose\" is not one of debug, info, warning, error\n",
            problemsOf(file));
    }

    void yamlAndTomlMeanTheSame() {
        const auto fromYaml = load(folder_.write(
            "g.yaml", "server: {port: 8080, trusted_proxies: [10.0.0.0/8], idle_timeout: 30s}\n"
                      "database: {url: 'sqlite:/tmp/x.db', synchronous: full}\n"
                      "oauth: {issuer: 'https://id.example.org', access_token_ttl_secs: 300}\n"
                      "modules: [token, {use: login, theme: dark}]\n"
                      "plugins:\n"
                      "  - use: grant.refresh_token\n"
                      "    idle_lifetime: 14d\n"
                      "  - {use: user_store.ldap, name: staff, retries: 3, start_tls: true}\n"));
        const auto fromToml = load(folder_.write(
            "g.toml",
            "modules = ['token', {use = 'login', theme = 'dark'}]\n"
            "[server]\nport = 8080\ntrusted_proxies = ['10.0.0.0/8']\nidle_timeout = '30s'\n"
            "[database]\nurl = 'sqlite:/tmp/x.db'\nsynchronous = 'full'\n"
            "[oauth]\nissuer = 'https://id.example.org'\naccess_token_ttl_secs = 300\n"
            "[[plugins]]\nuse = 'grant.refresh_token'\nidle_lifetime = '14d'\n"
            "[[plugins]]\nuse = 'user_store.ldap'\nname = 'staff'\nretries = 3\n"
            "start_tls = true\n"));
        CPPUNIT_ASSERT(fromYaml.server().sameAs(fromToml.server()));
        CPPUNIT_ASSERT(fromYaml.oauth().sameAs(fromToml.oauth()));
        CPPUNIT_ASSERT(fromYaml.limits().sameAs(fromToml.limits()));
        CPPUNIT_ASSERT(fromYaml.database().settings == fromToml.database().settings);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, fromToml.modules().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, fromToml.plugins().size());
        for (std::size_t at = 0; at < 2; ++at) {
            CPPUNIT_ASSERT_EQUAL(fromYaml.modules()[at].use, fromToml.modules()[at].use);
            CPPUNIT_ASSERT(fromYaml.modules()[at].settings == fromToml.modules()[at].settings);
            CPPUNIT_ASSERT_EQUAL(fromYaml.plugins()[at].label, fromToml.plugins()[at].label);
            CPPUNIT_ASSERT(fromYaml.plugins()[at].settings == fromToml.plugins()[at].settings);
        }
    }

    void withoutAFileTheEmbeddedDefaultIsUsed() {
        const auto configuration = load("", {});
        CPPUNIT_ASSERT_EQUAL(std::string(), configuration.file());
        CPPUNIT_ASSERT_EQUAL(std::string(), configuration.clientsDir());
        CPPUNIT_ASSERT_EQUAL(std::size_t{9}, configuration.modules().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{13}, configuration.plugins().size());
        CPPUNIT_ASSERT_EQUAL(std::string("storage.sqlite"), configuration.database().use);
        const auto installed = load(GATEHOUSE_ETC "/gatehouse.yaml", {});
        CPPUNIT_ASSERT(installed.server().sameAs(configuration.server()));
        CPPUNIT_ASSERT(installed.oauth().sameAs(configuration.oauth()));
        CPPUNIT_ASSERT(installed.database().settings == configuration.database().settings);
        for (std::size_t at = 0; at < installed.plugins().size(); ++at) {
            CPPUNIT_ASSERT_EQUAL(installed.plugins()[at].use, configuration.plugins().at(at).use);
        }
    }

    void theInstalledFileIsUsedWhenNothingNamesOne() {
        const std::string installed = folder_.write("etc/gatehouse.yaml", wholeYaml);
        const std::string named = folder_.write("named.yaml", wholeYaml);
        const struct {
            ConfigurationInput input;
            std::string file;
            std::string source;
        } cases[] = {
            {{named, {{"APP_CONFIG", "/no"}}, issuerFields, installed}, named, "--config"},
            {{"", {{"APP_CONFIG", named}}, issuerFields, installed},
             named,
             "environment APP_CONFIG"},
            {{"", {{"APP_CONFIG", ""}}, issuerFields, installed}, installed, "installed"},
            {{"", {}, issuerFields, folder_.at("etc/none.yaml")}, "", "default"},
        };
        for (const auto& example : cases) {
            const auto configuration = Configuration::load(example.input);
            CPPUNIT_ASSERT(configuration);
            CPPUNIT_ASSERT_EQUAL(example.file, configuration->file());
            CPPUNIT_ASSERT_EQUAL(example.source, configuration->fileSource());
        }
    }

    void withoutADatabaseSqliteGoesToTheStateFolder() {
        const auto given = load("", {{"STATE_DIRECTORY", "/srv/state:/srv/other"}});
        CPPUNIT_ASSERT_EQUAL(std::string("sqlite:/srv/state/gatehouse.db"),
                             urlOf(given.database()));
        CPPUNIT_ASSERT_EQUAL(std::string("default, in the service's STATE_DIRECTORY"),
                             given.database().place.text());
        const std::string otherwise = urlOf(load("", {}).database());
        CPPUNIT_ASSERT(otherwise == "sqlite:./gatehouse.db" ||
                       otherwise == "sqlite:/var/lib/gatehouse/gatehouse.db");
    }

    void theSchemeNamesTheStorage() {
        const struct {
            const char* url;
            const char* expected;
            const char* passedOn;
        } cases[] = {{"sqlite:/x.db", "storage.sqlite", "sqlite:/x.db"},
                     {"memory:", "storage.memory", ""},
                     {"acme://h", "storage.acme", "acme://h"}};
        const Environment secret{{"JWT_SECRET", std::string(32, 's')}};
        for (const auto& example : cases) {
            const std::string file = folder_.write(
                "g.yaml", "modules: [token]\noauth: {issuer: 'https://x.org'}\ndatabase: {url: '" +
                              std::string(example.url) + "', pool: 3}\n");
            const auto database = load(file, secret).database();
            CPPUNIT_ASSERT_EQUAL(std::string(example.expected), database.use);
            CPPUNIT_ASSERT_EQUAL("database (" + std::string(example.expected) + ")",
                                 database.label);
            CPPUNIT_ASSERT_EQUAL(std::string(example.passedOn), urlOf(database));
            CPPUNIT_ASSERT_EQUAL(std::string("3"), database.settings.find("pool")->value.text());
        }
    }

    void sqlitePathsStartAtTheFileThatNamesThem() {
        const struct {
            std::string url;
            std::string expected;
        } cases[] = {{"sqlite:x.db", "sqlite:" + folder_.at("x.db")},
                     {"sqlite://state/x.db", "sqlite:" + folder_.at("state/x.db")},
                     {"sqlite:/srv/x.db", "sqlite:/srv/x.db"},
                     {"sqlite:///srv/x.db", "sqlite:///srv/x.db"},
                     {"sqlite::memory:", "sqlite::memory:"},
                     {"sqlite://", "sqlite://"}};
        for (const auto& example : cases) {
            const std::string file =
                folder_.write("g.yaml", "modules: [token]\noauth: {issuer: 'https://x.org'}\n"
                                        "database: {url: '" +
                                            example.url + "'}\n");
            CPPUNIT_ASSERT_EQUAL(example.expected, urlOf(load(file).database()));
        }
        const std::string file = folder_.write("g.yaml", wholeYaml);
        CPPUNIT_ASSERT_EQUAL(std::string("sqlite:x.db"),
                             urlOf(load(file, {{"DATABASE_URL", "sqlite:x.db"}}).database()));
    }

    void aStorageNamedTwiceIsRefusedWithBothPlaces() {
        const auto refusal = [&](const std::string& use) {
            return problemsOf(folder_.write(
                "g.yaml", wholeYaml +
                              "redis: {url: 'redis://h'}\n"
                              "plugins:\n- use: " +
                              use + "\nsecurity: {jwt_secret: " + std::string(32, 's') + "}\n"));
        };
        const std::string file = folder_.at("g.yaml");
        CPPUNIT_ASSERT_EQUAL(file + ":6:8: storage.memory: database.url names it already, at " +
                                 file + ":3:17\n",
                             refusal("storage.memory"));
        CPPUNIT_ASSERT_EQUAL(file + ":6:8: storage.redis: redis.url names it already, at " + file +
                                 ":4:14\n",
                             refusal("storage.redis"));
        CPPUNIT_ASSERT_EQUAL(
            file + ":6:8: storage.sqlite: a storage is named by database.url or redis.url\n",
            refusal("storage.sqlite"));
    }

    void topLevelMistakesHaveTheirMessage() {
        const struct {
            std::string text;
            std::string expected;
        } cases[] = {
            {"server: 8080\n", ":4:9: server: a map is wanted, such as \"key: value\"\n"},
            {"server: {trusted_proxies: [10.0.0.0/33]}\n",
             ":4:27: server: trusted_proxies: \"10.0.0.0/33\" is not an address or range (try "
             "10.0.0.0/8)\n"},
            {"server: {trusted_proxies: [proxy.example]}\n",
             ":4:27: server: trusted_proxies: \"proxy.example\" is not an address or range (try "
             "10.0.0.0/8)\n"},
            {"server: {tls: on}\n",
             ":4:15: server.tls: a map is wanted, such as \"{certificate: tls/chain.pem, key: "
             "tls/key.pem}\", or a list of such\n"},
            {"server: {tls: []}\n",
             ":4:15: server.tls: names no certificate; leave it out for plain HTTP\n"},
            {"server: {tls: {certificate: a.pem}}\n",
             ":4:15: server.tls: key: missing (PEM file of "
             "its private key, without a passphrase, mode 0600)\n"},
            {"server: {port: 8443, tls: {certificate: a.pem, key: k.pem}, mtls: {port: 8443, "
             "host: 192.0.2.1}, host: 0.0.0.0}\n",
             ":4:74: server.mtls: port: is that of server; it needs one of its own\n"},
            {"server: {port: 8443, tls: {certificate: a.pem, key: k.pem}, mtls: {port: 8443, "
             "host: \"::\"}, host: 192.0.2.1}\n",
             ":4:74: server.mtls: port: is that of server; it needs one of its own\n"},
            {"plugin_dirs: /x\n",
             ":4:14: plugin_dirs: a text stands where a list is wanted, such as "
             "[a, b]\n"},
            {"redis: {}\n",
             ":4:1: redis: url: missing (redis://HOST:PORT/NUMBER; keeps what passes)\n"},
            {"security: {jwt_secret: short}\n",
             ":4:24: security: jwt_secret: has to be at least 32 bytes long\n"},
        };
        for (const auto& example : cases) {
            const std::string file = folder_.write("g.yaml", wholeYaml + example.text);
            CPPUNIT_ASSERT_EQUAL(file + example.expected, problemsOf(file));
        }
    }

    void aFileThatCannotBeReadIsTheOnlyProblem() {
        const std::string file = folder_.write("g.yaml", "server: [\n");
        CPPUNIT_ASSERT_EQUAL(file + ":2:1: not valid YAML: end of sequence flow not found\n",
                             problemsOf(file));
        CPPUNIT_ASSERT_EQUAL(folder_.at("g.conf") +
                                 ": the name has to end in .yaml, .yml or .toml\n",
                             problemsOf(folder_.write("g.conf", wholeYaml)));
        std::filesystem::create_directory(folder_.at("d.yaml"));
        CPPUNIT_ASSERT_EQUAL(folder_.at("d.yaml") + ": is a folder, not a file\n",
                             problemsOf(folder_.at("d.yaml")));
    }

    void aKeyOfTheTopBelowATableIsToldToMoveUp() {
        const auto file = folder_.write("g.toml", "modules = ['token']\n[server]\nport = 1\n"
                                                  "clients_dir = 'clients.d'\n");
        CPPUNIT_ASSERT_EQUAL(file + ":4:1: server: unknown key \"clients_dir\"; here it belongs to "
                                    "the table above it: move it up, before the first [table]\n",
                             problemsOf(file));
    }

    void aHostMayStandInBrackets() {
        const auto file = folder_.write("h.yaml", wholeYaml + "server: {host: '[::1]'}\n");
        CPPUNIT_ASSERT_EQUAL(std::string("::1"), load(file).server().text("host"));
    }

    void anEmptySectionIsASectionOfDefaults() {
        const auto configuration =
            load(folder_.write("g.yaml", wholeYaml + "server:\n  # port: 1\nredis:\nplugins:\n"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1314}, configuration.server().number("port"));
        CPPUNIT_ASSERT(!configuration.redis());
        CPPUNIT_ASSERT(configuration.plugins().empty());
    }

    void foldersStartAtTheFileThatNamesThem() {
        const std::string file =
            folder_.write("g.yaml", wholeYaml + "plugin_dirs: [plugins, /opt/p]\nclients_dir: c\n");
        const std::string none = ":5:14: clients_dir: " + folder_.at("c") + " is not a folder\n";
        CPPUNIT_ASSERT_EQUAL(file + none, problemsOf(file));
        std::filesystem::create_directory(folder_.at("c"));
        const auto configuration = load(file);
        CPPUNIT_ASSERT((std::vector<std::string>{folder_.at("plugins"), "/opt/p"}) ==
                       configuration.pluginDirs());
        CPPUNIT_ASSERT_EQUAL(folder_.at("c"), configuration.clientsDir());
        const auto without = load(folder_.write("g.yaml", wholeYaml));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, without.pluginDirs().size());
        CPPUNIT_ASSERT_EQUAL('/', without.pluginDirs()[0].front());
        CPPUNIT_ASSERT_EQUAL(folder_.at("clients.d"), without.clientsDir());
    }

    void defaultsAreThePromisedOnes() {
        const auto configuration = load(folder_.write("g.yaml", wholeYaml));
        const CheckedConfig& server = configuration.server();
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1"), server.text("host"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1314}, server.number("port"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{32 * 1024}, server.number("max_head_bytes"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{100}, server.number("max_head_fields"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{64 * 1024}, server.number("max_body_bytes"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{12000}, server.number("max_connections"));
        CPPUNIT_ASSERT(seconds{10} == server.duration("request_timeout"));
        CPPUNIT_ASSERT(seconds{65} == server.duration("idle_timeout"));
        CPPUNIT_ASSERT(seconds{10} == server.duration("drain_timeout"));
        CPPUNIT_ASSERT(server.list("trusted_proxies").empty());
        CPPUNIT_ASSERT(!configuration.security().has("jwt_secret"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfigurationTest);

}  // namespace gatehouse::test
