// SPDX-License-Identifier: Apache-2.0
#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

class YamlReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(YamlReaderTest);
    CPPUNIT_TEST(everyNodeAndKeyKnowsItsPlace);
    CPPUNIT_TEST(scalarsStayAsTheyAreWritten);
    CPPUNIT_TEST(columnsCountCharactersNotBytes);
    CPPUNIT_TEST(anEmptyFileIsAnEmptyMap);
    CPPUNIT_TEST(whatAConfigurationDoesNotNeedIsRefused);
    CPPUNIT_TEST(allDuplicatesAreReportedAtOnce);
    CPPUNIT_TEST(billionLaughsAreRefusedAtOnce);
    CPPUNIT_TEST(limitsHold);
    CPPUNIT_TEST(anyBytesGiveATreeOrProblems);
    CPPUNIT_TEST_SUITE_END();

    static std::string refusal(const std::string& text) {
        const auto tree = readYaml(text, "f.yaml");
        return tree ? "" : tree.error().text();
    }

    void everyNodeAndKeyKnowsItsPlace() {
        const ConfigNode tree = yaml("server:\n  port: 1314\n  hosts: [a,\n    b]\n");
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:1:1"), tree.find("server")->keyPlace.text());
        const ConfigNode& server = tree.find("server")->value;
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:2:3"), server.find("port")->keyPlace.text());
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:2:9"), server.find("port")->value.place().text());
        const auto& hosts = server.find("hosts")->value;
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:3:10"), hosts.place().text());
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:4:5"), hosts.items().at(1).place().text());
    }

    void scalarsStayAsTheyAreWritten() {
        const ConfigNode tree =
            yaml("a: no\nb: 1.10\nc: '7'\nd: 0x1F\ne: null\nf:\ng: \"\"\nh: |\n  x\n  y\n");
        CPPUNIT_ASSERT_EQUAL(std::string("no"), tree.find("a")->value.text());
        CPPUNIT_ASSERT_EQUAL(std::string("1.10"), tree.find("b")->value.text());
        CPPUNIT_ASSERT(!tree.find("b")->value.isQuoted());
        CPPUNIT_ASSERT(tree.find("c")->value.isQuoted());
        CPPUNIT_ASSERT_EQUAL(std::string("0x1F"), tree.find("d")->value.text());
        CPPUNIT_ASSERT(tree.find("e")->value.isNone());
        CPPUNIT_ASSERT(tree.find("f")->value.isNone());
        CPPUNIT_ASSERT(tree.find("g")->value.isText());
        CPPUNIT_ASSERT_EQUAL(std::string("x\ny\n"), tree.find("h")->value.text());
    }

    void columnsCountCharactersNotBytes() {
        const ConfigNode tree = yaml("{name: Zürich, port: 1}\n");
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:1:16"), tree.find("port")->keyPlace.text());
        const ConfigNode marked = yaml("\xEF\xBB\xBFname: x\n");
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:1:1"), marked.find("name")->keyPlace.text());
    }

    void anEmptyFileIsAnEmptyMap() {
        for (const std::string text : {"", "# only a comment\n", "---\n", "~\n"}) {
            CPPUNIT_ASSERT(yaml(text).isMap());
            CPPUNIT_ASSERT(yaml(text).entries().empty());
        }
    }

    void whatAConfigurationDoesNotNeedIsRefused() {
        const struct {
            std::string text;
            std::string expected;
        } cases[] = {
            {"a: 1\nb: 2\na: 3\n", "f.yaml:3:1: \"a\" stands twice; first at f.yaml:1:1\n"},
            {"s:\n  a: 1\n  'a': 3\n", "f.yaml:3:3: \"a\" stands twice; first at f.yaml:2:3\n"},
            {"a: *x\n", "f.yaml:1:4: not valid YAML: the referenced anchor is not defined\n"},
            {"a: &x 1\nb: *x\n", "f.yaml:1:4: an anchor (&name); configurations have none\n"
                                 "f.yaml:2:4: an alias (*name); write the value out\n"},
            {"a: !!str 1\n", "f.yaml:1:4: a tag (!name); configurations have none\n"},
            {"a: !x {b: 1}\n", "f.yaml:1:4: a tag (!name); configurations have none\n"},
            {"a: 1\n---\nb: 1\n", "f.yaml:2:1: a second document; a configuration is one\n"},
            {"? [a, b]\n: 1\n", "f.yaml:1:3: a key has to be a text\n"},
            {"? {a: b}\n: 1\n", "f.yaml:1:3: a key has to be a text\n"},
            {"~: 1\n", "f.yaml:1:1: a key has to be a text\n"},
            {"- a\n", "f.yaml:1:1: a map is wanted here, such as \"key: value\"\n"},
            {"only text\n", "f.yaml:1:1: a map is wanted here, such as \"key: value\"\n"},
            {"s:\n\tport: 1\n", "f.yaml:2:1: a tab; YAML is indented with spaces\n"},
            {"s:\n  \tport: 1\n", "f.yaml:2:3: a tab; YAML is indented with spaces\n"},
            {"a: [1, 2\n", "f.yaml:2:1: not valid YAML: end of sequence flow not found\n"},
            {"a: b: c\n",
             "f.yaml:1:5: not valid YAML: illegal map value; is this line indented as those it "
             "belongs to, or does the value want quotes?\n"},
            {"a:\n  b: 1\n c: 2\n",
             "f.yaml:3:2: not valid YAML: end of map not found; is this line indented as those it "
             "belongs to?\n"},
            {"\"a\\u00e",
             "f.yaml:1:8: not valid YAML: bad character found while scanning hex number\n"},
            {"a: x\xC3(\n", "f.yaml:1:5: not valid UTF-8\n"},
            {std::string("a: x\0y\n", 7), "f.yaml:1:5: a control character\n"},
            {"ok: 1\na: \x1b[31m\n", "f.yaml:2:4: a control character\n"},
        };
        for (const auto& example : cases) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(example.text, example.expected, refusal(example.text));
        }
    }

    void allDuplicatesAreReportedAtOnce() {
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:2:1: \"a\" stands twice; first at f.yaml:1:1\n"
                                         "f.yaml:3:1: \"a\" stands twice; first at f.yaml:1:1\n"
                                         "f.yaml:4:11: \"x\" stands twice; first at f.yaml:4:5\n"),
                             refusal("a: 1\na: 2\na: 3\nb: {x: 1, x: 2}\n"));
    }

    void billionLaughsAreRefusedAtOnce() {
        std::string text = "l0: &l0 [lol, lol]\n";
        for (int level = 1; level < 40; ++level) {
            const std::string below = "*l" + std::to_string(level - 1);
            text += "l" + std::to_string(level) + ": &l" + std::to_string(level) + " [" + below +
                    ", " + below + "]\n";
        }
        const std::string refused = refusal(text);
        CPPUNIT_ASSERT_EQUAL(
            std::size_t{0},
            refused.find("f.yaml:1:5: an anchor (&name); configurations have none\n"));
        CPPUNIT_ASSERT(refused.find("f.yaml:2:10: an alias (*name); write the value out\n") !=
                       std::string::npos);
    }

    void limitsHold() {
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml: larger than 4 MiB\n"),
                             refusal("a: " + std::string(4 << 20, 'x')));
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:1:38: nested deeper than 32\n"),
                             refusal("deep: " + std::string(100, '[') + std::string(100, ']')));
        CPPUNIT_ASSERT(!refusal(std::string(100000, '[')).empty());
        std::string keys;
        for (int item = 0; item < 1001; ++item) {
            keys += "k" + std::to_string(item) + ": 1\n";
        }
        CPPUNIT_ASSERT_EQUAL(std::string("f.yaml:1001:1: more than 1000 keys in a map\n"),
                             refusal(keys));
        std::string many = "a: [";
        for (int item = 0; item < 70000; ++item) {
            many += "1, ";
        }
        CPPUNIT_ASSERT(refusal(many + "1]\n").find(": more than 60000 values\n") !=
                       std::string::npos);
    }

    void anyBytesGiveATreeOrProblems() {
        const std::string seed = "s: {a: [1, 'x', \"y\"], b: |\n  t\n}\n# c\n- ? &a *a !t %YAML\n";
        std::uint32_t state = 1;
        for (int round = 0; round < 3000; ++round) {
            std::string text;
            for (int count = 0; count < 40; ++count) {
                state = state * 1664525 + 1013904223;
                text += seed[(state >> 16) % seed.size()];
            }
            const auto tree = readYaml(text, "f.yaml");
            CPPUNIT_ASSERT(tree ? tree->isMap() : !tree.error().empty());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(YamlReaderTest);

}  // namespace gatehouse::test
