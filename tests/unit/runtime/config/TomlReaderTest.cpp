// SPDX-License-Identifier: Apache-2.0
#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

class TomlReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TomlReaderTest);
    CPPUNIT_TEST(everyNodeAndKeyKnowsItsPlace);
    CPPUNIT_TEST(entriesKeepTheOrderOfTheFile);
    CPPUNIT_TEST(valuesBecomeText);
    CPPUNIT_TEST(mistakesHaveAPlace);
    CPPUNIT_TEST(whatHarmsTheParserIsRefusedBeforeIt);
    CPPUNIT_TEST(aKeyThatStandsTwiceNamesBothPlaces);
    CPPUNIT_TEST(limitsHold);
    CPPUNIT_TEST(anyBytesGiveATreeOrProblems);
    CPPUNIT_TEST_SUITE_END();

    static std::string refusal(const std::string& text) {
        const auto tree = readToml(text, "f.toml");
        return tree ? "" : tree.error().text();
    }

    void everyNodeAndKeyKnowsItsPlace() {
        const ConfigNode tree = toml("[server]\nport = 1314\nhosts = [\"ä\", \"b\"]\n"
                                     "[[plugins]]\nuse = \"x\"\n[[plugins]]\nuse = \"y\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string("f.toml:1:2"), tree.find("server")->keyPlace.text());
        const ConfigNode& server = tree.find("server")->value;
        CPPUNIT_ASSERT_EQUAL(std::string("f.toml:2:1"), server.find("port")->keyPlace.text());
        CPPUNIT_ASSERT_EQUAL(std::string("f.toml:2:8"), server.find("port")->value.place().text());
        const auto& hosts = server.find("hosts")->value;
        CPPUNIT_ASSERT_EQUAL(std::string("f.toml:3:15"), hosts.items().at(1).place().text());
        const auto& plugins = tree.find("plugins")->value;
        CPPUNIT_ASSERT_EQUAL(std::string("f.toml:6:1"), plugins.items().at(1).place().text());
    }

    void entriesKeepTheOrderOfTheFile() {
        const ConfigNode tree = toml("z = 1\na = 2\n[m]\n[b]\n");
        std::string order;
        for (const auto& entry : tree.entries()) {
            order += entry.key;
        }
        CPPUNIT_ASSERT_EQUAL(std::string("zamb"), order);
    }

    void valuesBecomeText() {
        const ConfigNode tree = toml("i = 0x10\nf = 1.5\nb = true\ns = \"7\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string("16"), tree.find("i")->value.text());
        CPPUNIT_ASSERT_EQUAL(std::string("1.5"), tree.find("f")->value.text());
        CPPUNIT_ASSERT_EQUAL(std::string("true"), tree.find("b")->value.text());
        CPPUNIT_ASSERT(!tree.find("i")->value.isQuoted());
        CPPUNIT_ASSERT(tree.find("s")->value.isQuoted());
    }

    void mistakesHaveAPlace() {
        const struct {
            std::string text;
            std::string expected;
        } cases[] = {
            {"a = 2020-01-01\n", "f.toml:1:5: a date or time; put it in quotes\n"},
            {"a = 1\nb = [1, 2020-01-01T00:00:00Z]\n",
             "f.toml:2:9: a date or time; put it in quotes\n"},
            {"ok = 1\n  [.a]\n", "f.toml:2:3: not valid TOML\n"},
            {"[[ .a ]]\n", "f.toml:1:1: not valid TOML\n"},
            {"a = [\n[1]]\n[\n[b]\n", "f.toml:3:1: not valid TOML\n"},
            {"a = [1,\n", "f.toml:1:8: not valid TOML: encountered end-of-file\n"},
            {"a = \"x\xC3(\"\n", "f.toml:1:7: not valid UTF-8\n"},
            {std::string("a = '\0'\n", 8), "f.toml:1:6: a control character\n"},
        };
        for (const auto& example : cases) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(example.text, example.expected, refusal(example.text));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("f.toml:2:8: not valid TOML: encountered end-of-file\n"),
                             refusal("ok = 1\na = [1,"));
        const std::string bare = refusal("ok = 1\na = yes\n");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(bare, std::size_t{0}, bare.find("f.toml:2:"));
    }

    void whatHarmsTheParserIsRefusedBeforeIt() {
        const std::string misplaced = "not valid TOML: quotes where none are expected\n";
        const std::string notInQuotes = "not valid TOML: a character that has to stand in quotes\n";
        const struct {
            std::string text;
            std::string expected;
        } cases[] = {
            {"# ä\nä = 1\n", "f.toml:2:1: " + notInQuotes},
            {"a = \"ä\" ä\n", "f.toml:1:9: " + notInQuotes},
            {"a = '''ä\nä'\"\"\"'''ä\n", "f.toml:2:9: " + notInQuotes},
            {"a = \"\"\"x\\\n  ä\"\"\"\n", "f.toml:2:3: not valid TOML: not behind a backslash\n"},
            {"a = \"\"\"x\\ä\"\"\"\n", "f.toml:1:10: not valid TOML: not behind a backslash\n"},
            {"a = 3\"ä\"\n", "f.toml:1:6: " + misplaced},
            {"a = 7.\"\"\"ä\"\"\"\n", "f.toml:1:7: " + misplaced},
            {"a = [\n7.'ä']\n", "f.toml:2:3: " + misplaced},
            {"a = 0h[\"ä\"]\n", "f.toml:1:7: not valid TOML: not expected here\n"},
            {"a = b = 'ä'\n", "f.toml:1:7: not valid TOML: not expected here\n"},
            {"\xEF\xBB\xB7 = 1\n", "f.toml:1:1: " + notInQuotes},
        };
        for (const auto& example : cases) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(example.text, example.expected, refusal(example.text));
        }
        const ConfigNode tree =
            toml("\"ä\".'ö' = [\"ü\", \"\"\"ß\\\n  x\"\"\"\"\", '''\nà'''''] # é\n"
                 "b = {c = \"\\\"ä\"}\n[[\"d\".'e']]\n'f'.\"g\" = [{h = ['i'], j.\"k\" = 1}]\n");
        const ConfigNode& items = tree.find("ä")->value.find("ö")->value;
        CPPUNIT_ASSERT_EQUAL(std::string("ßx\"\""), items.items().at(1).text());
        CPPUNIT_ASSERT_EQUAL(std::string("à''"), items.items().at(2).text());
        CPPUNIT_ASSERT_EQUAL(std::string("\"ä"), tree.find("b")->value.find("c")->value.text());
    }

    void aKeyThatStandsTwiceNamesBothPlaces() {
        const struct {
            std::string text;
            std::string expected;
        } cases[] = {
            {"a = 1\na = 2\n", "f.toml:2:1: \"a\" stands twice; first at f.toml:1:1\n"},
            {"[s]\na = 1\nb = 2\n  a = 2\n",
             "f.toml:4:3: \"a\" stands twice; first at f.toml:2:1\n"},
            {"[s]\na = 1\n[t]\na = 1\n[s]\na = 2\n",
             "f.toml:5:1: \"s\" stands twice; first at f.toml:1:2\n"},
            {"[s]\nx = [\n  'y',\n]\na.b = 1\na.b = 2\n",
             "f.toml:6:1: \"b\" stands twice; first at f.toml:5:3\n"},
            {"a = 1\na.b = 2\n", "f.toml:2:1: \"a\" stands twice; first at f.toml:1:1\n"},
            {"[[p]]\na = 1\n[[p]]\na = 1\na = 2\n",
             "f.toml:5:1: \"a\" stands twice; first at f.toml:4:1\n"},
            {"a = '''\n[a\xC3\xA4\"\nx'''\na = 2\n",
             "f.toml:4:1: \"a\" stands twice; first at f.toml:1:1\n"},
        };
        for (const auto& example : cases) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(example.text, example.expected, refusal(example.text));
        }
        const std::string inOneLine = refusal("a = {b = 1, b = 2}\n");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(
            inOneLine, std::size_t{0},
            inOneLine.find("f.toml:1:17: not valid TOML: cannot redefine"));
    }

    void limitsHold() {
        CPPUNIT_ASSERT_EQUAL(std::string("f.toml: larger than 4 MiB\n"),
                             refusal("a = '" + std::string(4 << 20, 'x') + "'"));
        std::string dotted = "a";
        for (int level = 0; level < 100; ++level) {
            dotted += ".a";
        }
        CPPUNIT_ASSERT(refusal(dotted.substr(0, 99) + " = 1\n").find("nested deeper than 32") !=
                       std::string::npos);
        for (int level = 0; level < 100000; ++level) {
            dotted += ".a";
        }
        CPPUNIT_ASSERT_EQUAL(std::string("f.toml:1:130: more than 64 dots in a line\n"),
                             refusal(dotted + " = 1\n"));
        CPPUNIT_ASSERT(!refusal("a = " + std::string(100000, '[')).empty());
        std::string keys;
        for (int item = 0; item < 1001; ++item) {
            keys += "k" + std::to_string(item) + " = 1\n";
        }
        CPPUNIT_ASSERT(refusal(keys).find("more than 1000 keys in a map") != std::string::npos);
        std::string many = "a = [";
        for (int item = 0; item < 70000; ++item) {
            many += "1,\n";
        }
        many += "]\n";
        CPPUNIT_ASSERT(refusal(many).find("more than 60000 values") != std::string::npos);
    }

    void anyBytesGiveATreeOrProblems() {
        const std::string seed =
            "[a.b]\nk = [1, 'x', \"y\"]\n[[c]]\nd.e = {f = 1.5}\n# \n\"\"\"'''";
        std::uint32_t state = 1;
        for (int round = 0; round < 3000; ++round) {
            std::string text;
            for (int count = 0; count < 40; ++count) {
                state = state * 1664525 + 1013904223;
                text += seed[(state >> 16) % seed.size()];
            }
            const auto tree = readToml(text, "f.toml");
            CPPUNIT_ASSERT(tree ? tree->isMap() : !tree.error().empty());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TomlReaderTest);

}  // namespace gatehouse::test
