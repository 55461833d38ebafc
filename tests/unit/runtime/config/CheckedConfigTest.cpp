// SPDX-License-Identifier: Apache-2.0
#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <stdexcept>

namespace gatehouse::test {

namespace {

constexpr Field fields[] = {
    {"url", Kind::url, required, "LDAP server, ldap:// or ldaps://"},
    {"base", Kind::text, byDefault("dc=example"), "where users are searched"},
    {"bind_password", Kind::secret, optional, "password of the search account", between(4, 4096)},
    {"timeout", Kind::duration, byDefault("3s"), "longest wait", between(100, 60000)},
    {"port", Kind::number, byDefault("389"), "port", between(1, 65535)},
    {"retries", Kind::number, optional, "retries", between(0, INT64_MAX)},
    {"start_tls", Kind::boolean, byDefault("false"), "upgrade the connection"},
    {"mode", Kind::text, byDefault("query"), "response mode", oneOf("query|form_post|fragment")},
    {"hosts", Kind::list, byDefault("[a, b]"), "hosts"},
    {"modes", Kind::list, optional, "modes", oneOf("query|form_post")},
    {"file", Kind::path, optional, "a file"},
    {"attributes", Kind::map, optional, "claims of a user"},
    {"nickname", Kind::text, optional, "a short text", between(2, 4)},
};

CheckedConfig check(const ConfigNode& settings, Problems& problems) {
    return CheckedConfig::check(
        fields, {"user_store.ldap (staff)", "staff", {"f.yaml", 1, 3}, &settings, {"use", "name"}},
        problems);
}

CheckedConfig good(const std::string& text) {
    Problems problems;
    auto checked = check(yaml(text), problems);
    CPPUNIT_ASSERT_EQUAL(std::string(), problems.text());
    return checked;
}

std::string refusal(const std::string& text) {
    Problems problems;
    check(yaml("url: ldap://x\n" + text), problems);
    return problems.text();
}

}  // namespace

class CheckedConfigTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CheckedConfigTest);
    CPPUNIT_TEST(everyKindOfMistakeHasItsMessage);
    CPPUNIT_TEST(whatIsMissingIsReportedAtTheEntry);
    CPPUNIT_TEST(allMistakesAreReportedInTheOrderOfTheFile);
    CPPUNIT_TEST(typesComeFromTheTable);
    CPPUNIT_TEST(durationsHaveUnits);
    CPPUNIT_TEST(mapsBecomeJsonValues);
    CPPUNIT_TEST(defaultsFillWhatIsNotSet);
    CPPUNIT_TEST(settingsKnowTheirPlace);
    CPPUNIT_TEST(pathsStartAtTheFolderOfTheFile);
    CPPUNIT_TEST(askingForWhatIsNotInTheTableThrows);
    CPPUNIT_TEST(aReloadSeesWhetherSettingsChanged);
    CPPUNIT_TEST(secretsAreMaskedWhenShown);
    CPPUNIT_TEST(passwordsInUrlsAreMaskedWhenShown);
    CPPUNIT_TEST_SUITE_END();

    void everyKindOfMistakeHasItsMessage() {
        const std::string label = ": user_store.ldap (staff): ";
        const struct {
            std::string text;
            std::string expected;
        } cases[] = {
            {"base_nd: x", "2:1" + label + "unknown key \"base_nd\"; did you mean \"base\"?"},
            {"nmae: x", "2:1" + label + "unknown key \"nmae\"; did you mean \"name\"?"},
            {"xylophone: x", "2:1" + label + "unknown key \"xylophone\""},
            {"timeout: 3 parsecs",
             "2:10" + label + "timeout: \"3 parsecs\" is not a duration (try 3s, 5m, 1h)"},
            {"timeout: 3", "2:10" + label + "timeout: \"3\" is not a duration (try 3s, 5m, 1h)"},
            {"timeout: -3s",
             "2:10" + label + "timeout: \"-3s\" is not a duration (try 3s, 5m, 1h)"},
            {"timeout: 99999999999999999w",
             "2:10" + label + "timeout: \"99999999999999999w\" is not a duration (try 3s, 5m, 1h)"},
            {"timeout: 2h", "2:10" + label + "timeout: 2h is out of range: 100ms to 1m"},
            {"port: many", "2:7" + label + "port: \"many\" is not a whole number"},
            {"port: 1.5", "2:7" + label + "port: \"1.5\" is not a whole number"},
            {"port: 70000", "2:7" + label + "port: 70000 is out of range: 1 to 65535"},
            {"port: 99999999999999999999",
             "2:7" + label + "port: \"99999999999999999999\" is not a whole number"},
            {"retries: -1", "2:10" + label + "retries: -1 is out of range: at least 0"},
            {"port: [1]", "2:7" + label + "port: a list stands where a whole number is wanted"},
            {"port:", "2:1" + label + "port: has no value"},
            {"start_tls: yes", "2:12" + label + "start_tls: \"yes\" is neither true nor false"},
            {"start_tls: {a: 1}",
             "2:12" + label + "start_tls: a map stands where true or false is wanted"},
            {"mode: qury", "2:7" + label +
                               "mode: \"qury\" is not one of query, form_post, fragment; did you "
                               "mean \"query\"?"},
            {"mode: zzz", "2:7" + label + "mode: \"zzz\" is not one of query, form_post, fragment"},
            {"modes: [query, x]", "2:8" + label + "modes: \"x\" is not one of query, form_post"},
            {"hosts: a",
             "2:8" + label + "hosts: a text stands where a list is wanted, such as [a, b]"},
            {"hosts: [a, [b]]",
             "2:8" + label + "hosts: item 2: a list stands where a text is wanted"},
            {"attributes: [a]", "2:13" + label + "attributes: a list stands where a map is wanted"},
            {"nickname: x", "2:11" + label + "nickname: has to be at least 2 characters long"},
            {"nickname: xxxxx", "2:11" + label + "nickname: has to be at most 4 characters long"},
            {"bind_password: [a]",
             "2:16" + label + "bind_password: a secret is a text, or {file: PATH}"},
            {"bind_password: {path: x}",
             "2:16" + label + "bind_password: a secret is a text, or {file: PATH}"},
            {"bind_password: {file: x, mode: 1}",
             "2:16" + label + "bind_password: a secret is a text, or {file: PATH}"},
            {"bind_password: ''", "2:16" + label + "bind_password: is empty"},
            {"bind_password: abc",
             "2:16" + label + "bind_password: has to be at least 4 bytes long"},
        };
        for (const auto& example : cases) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(example.text, "f.yaml:" + example.expected + "\n",
                                         refusal(example.text + "\n"));
        }
    }

    void whatIsMissingIsReportedAtTheEntry() {
        Problems problems;
        check(yaml("base: x\n"), problems);
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:1:3: user_store.ldap (staff): url: missing (LDAP "
                                         "server, ldap:// or ldaps://)\n"),
                             problems.text());
        Problems none;
        check(yaml("url: 'sqlite:/srv/my site/gatehouse.db'\n"), none);
        CPPUNIT_ASSERT_EQUAL(std::string(), none.text());
        for (const std::string wrong : {"localhost:389", "nothing", "'ldap://a b'", "://x", "''"}) {
            Problems found;
            check(yaml("url: " + wrong + "\n"), found);
            CPPUNIT_ASSERT_MESSAGE(found.text(),
                                   found.text().find("is not a URL (try https://"
                                                     "example.org)") != std::string::npos);
        }
    }

    void allMistakesAreReportedInTheOrderOfTheFile() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("f.yaml:2:7: user_store.ldap (staff): port: 0 is out of range: 1 to 65535\n"
                        "f.yaml:3:1: user_store.ldap (staff): unknown key \"tmeout\"; did you mean "
                        "\"timeout\"?\n"
                        "f.yaml:4:7: user_store.ldap (staff): mode: \"x\" is not one of query, "
                        "form_post, fragment\n"),
            refusal("port: 0\ntmeout: 3s\nmode: x\n"));
    }

    void typesComeFromTheTable() {
        const auto fromYaml = good("url: ldap://x\nbase: no\nport: '1389'\nstart_tls: 'true'\n");
        CPPUNIT_ASSERT_EQUAL(std::string("no"), fromYaml.text("base"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1389}, fromYaml.number("port"));
        CPPUNIT_ASSERT(fromYaml.boolean("start_tls"));
        Problems problems;
        const auto fromToml = check(
            toml("url = 'ldap://x'\nbase = false\nport = 1389\nstart_tls = true\n"), problems);
        CPPUNIT_ASSERT_EQUAL(std::string(), problems.text());
        CPPUNIT_ASSERT_EQUAL(std::string("false"), fromToml.text("base"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1389}, fromToml.number("port"));
    }

    void durationsHaveUnits() {
        const struct {
            const char* text;
            std::int64_t expected;
        } cases[] = {{"250ms", 250},      {"3s", 3000},       {"5m", 300000}, {"1h", 3600000},
                     {"30d", 2592000000}, {"2w", 1209600000}, {"0s", 0}};
        constexpr Field free[] = {{"wait", Kind::duration, optional, "a wait"}};
        for (const auto& example : cases) {
            Problems problems;
            const ConfigNode settings = yaml("wait: " + std::string(example.text));
            const auto checked = CheckedConfig::check(free, {"x", "x", {}, &settings}, problems);
            CPPUNIT_ASSERT_EQUAL(example.expected, std::int64_t{checked.duration("wait").count()});
        }
    }

    void mapsBecomeJsonValues() {
        const auto map =
            good(
                "url: ldap://x\nattributes: {a: 1, b: '1', c: true, d: no, e: [x, 1.5], f: {g: ~}}")
                .map("attributes");
        const ValueMap expected{{"a", 1},
                                {"b", "1"},
                                {"c", true},
                                {"d", "no"},
                                {"e", ValueList{"x", 1.5}},
                                {"f", ValueMap{{"g", Value()}}}};
        CPPUNIT_ASSERT(Value(expected) == Value(map));
    }

    void defaultsFillWhatIsNotSet() {
        const auto checked = good("url: ldap://x\n");
        CPPUNIT_ASSERT_EQUAL(std::string("dc=example"), checked.text("base"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3000}, std::int64_t{checked.duration("timeout").count()});
        CPPUNIT_ASSERT((std::vector<std::string>{"a", "b"}) == checked.list("hosts"));
        CPPUNIT_ASSERT(checked.has("base"));
        CPPUNIT_ASSERT(!checked.has("retries"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, checked.number("retries"));
        CPPUNIT_ASSERT(checked.secret("bind_password").empty());
        CPPUNIT_ASSERT_EQUAL(std::string("staff"), std::string(checked.instance()));
    }

    void settingsKnowTheirPlace() {
        const auto checked = good("url: ldap://x\n");
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:1:6"), checked.place("url"));
        CPPUNIT_ASSERT_EQUAL(std::string("default"), checked.place("base"));
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:1:3"), checked.place("retries"));
    }

    void pathsStartAtTheFolderOfTheFile() {
        Problems problems;
        const auto placed =
            check(yaml("url: ldap://x\nfile: users.yaml\n", "/etc/gh/g.yaml"), problems);
        CPPUNIT_ASSERT_EQUAL(std::string("/etc/gh/users.yaml"), placed.text("file"));
        const auto absolute =
            check(yaml("url: ldap://x\nfile: /a/b\n", "/etc/gh/g.yaml"), problems);
        CPPUNIT_ASSERT_EQUAL(std::string("/a/b"), absolute.text("file"));
        const auto beside = check(yaml("url: ldap://x\nfile: ./users.yaml\n"), problems);
        CPPUNIT_ASSERT_EQUAL(std::string("users.yaml"), beside.text("file"));
    }

    void askingForWhatIsNotInTheTableThrows() {
        const auto checked = good("url: ldap://x\n");
        CPPUNIT_ASSERT_THROW(checked.text("nothing"), std::logic_error);
        CPPUNIT_ASSERT_THROW(checked.number("base"), std::logic_error);
        CPPUNIT_ASSERT_THROW(checked.text("bind_password"), std::logic_error);
        CPPUNIT_ASSERT_THROW(checked.place("nothing"), std::logic_error);
    }

    void aReloadSeesWhetherSettingsChanged() {
        const std::string text = "url: ldap://x\nbind_password: abcd\nhosts: [a]\n";
        CPPUNIT_ASSERT(good(text).sameAs(good("\n\nhosts: [a]\n" + text.substr(0, 34))));
        CPPUNIT_ASSERT(
            !good(text).sameAs(good("url: ldap://x\nbind_password: abce\nhosts: [a]\n")));
        CPPUNIT_ASSERT(
            !good(text).sameAs(good("url: ldap://x\nbind_password: abcd\nhosts: [b]\n")));
        CPPUNIT_ASSERT(!good(text).sameAs(good("url: ldap://x\nhosts: [a]\n")));
    }

    void secretsAreMaskedWhenShown() {
        const auto checked =
            good("url: ldap://x\nbind_password: hunter2222\n"
                 "attributes: {Authorization: hunter3, deep: [{api_key: hunter4, mail: m}]}\n");
        std::string all;
        for (const auto& setting : checked.settings()) {
            all += std::string(setting.field->name) + "=" + shown(setting) + "\n";
        }
        CPPUNIT_ASSERT_EQUAL(std::string::npos, all.find("hunter"));
        CPPUNIT_ASSERT(all.find("bind_password=***\n") != std::string::npos);
        CPPUNIT_ASSERT(all.find("\"mail\":\"m\"") != std::string::npos);
        CPPUNIT_ASSERT(all.find("timeout=3s\n") != std::string::npos);
        CPPUNIT_ASSERT(all.find("hosts=[a, b]\n") != std::string::npos);
        CPPUNIT_ASSERT(all.find("retries=\n") != std::string::npos);
    }

    void passwordsInUrlsAreMaskedWhenShown() {
        const struct {
            const char* url;
            const char* expected;
        } cases[] = {
            {"ldap://x", "ldap://x"},
            {"sqlite:/var/lib/x.db", "sqlite:/var/lib/x.db"},
            {"postgresql://u:hunter2@h:5432/d", "postgresql://u:***@h:5432/d"},
            {"ldap://u:hun@ter?2@h/d", "ldap://u:***@h/d"},
            {"postgresql://u@h/d?password=hunter2&sslmode=require",
             "postgresql://u@h/d?password=***&sslmode=require"},
            {"redis://:hunter2@h/0", "redis://:***@h/0"},
        };
        for (const auto& example : cases) {
            const auto checked = good("url: '" + std::string(example.url) + "'\n");
            CPPUNIT_ASSERT_EQUAL(std::string(example.expected), shown(checked.settings().at(0)));
        }
        Problems problems;
        check(yaml("url: 'ldap://u:hunter2@h /x'\n"), problems);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, problems.text().find("hunter2"));
        CPPUNIT_ASSERT(!problems.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckedConfigTest);

}  // namespace gatehouse::test
