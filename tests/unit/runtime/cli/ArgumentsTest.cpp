// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Arguments.h"

#include "app/cli/Command.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace gatehouse {

class ArgumentsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ArgumentsTest);
    CPPUNIT_TEST(aValueIsTheNextWordOrBehindTheSign);
    CPPUNIT_TEST(anOptionMayBeGivenAgain);
    CPPUNIT_TEST(afterTwoDashesNothingIsAnOption);
    CPPUNIT_TEST(oneDashBeginsNoOption);
    CPPUNIT_TEST(aNameIsWholeAndWrittenAsItIs);
    CPPUNIT_TEST(whatIsMissingOrTooMuchIsSaid);
    CPPUNIT_TEST(anyWordIsAValue);
    CPPUNIT_TEST_SUITE_END();

    const Command command_{"thing add",
                           "NAME [OTHER]",
                           "",
                           "",
                           {{"claim", "NAME=VALUE", ""}, {"jwks", "FILE", ""}, {"loud", "", ""}},
                           "",
                           {}};

    Arguments read(const std::vector<std::string>& words) const {
        return readArguments(command_, words);
    }
    std::string refusal(const std::vector<std::string>& words) const {
        try {
            read(words);
        } catch (const UsageError& error) {
            return error.text;
        }
        return {};
    }

public:
    void aValueIsTheNextWordOrBehindTheSign() {
        const std::vector<std::string> wanted{"a=b", "c:d=e=f", ""};
        CPPUNIT_ASSERT(wanted ==
                       read({"n", "--claim", "a=b", "--claim=c:d=e=f", "--claim="}).list("claim"));
        CPPUNIT_ASSERT(
            wanted ==
            read({"--claim=a=b", "n", "--claim", "c:d=e=f", "--claim", ""}).list("claim"));
    }

    void anOptionMayBeGivenAgain() {
        const auto arguments = read({"--loud", "n", "--loud", "--config", "a", "--config=b"});
        CPPUNIT_ASSERT(arguments.has("loud"));
        CPPUNIT_ASSERT(!arguments.has("json"));
        CPPUNIT_ASSERT_EQUAL(std::string("b"), arguments.text("config"));
    }

    void afterTwoDashesNothingIsAnOption() {
        const auto arguments = read({"--", "--loud", "--"});
        CPPUNIT_ASSERT((std::vector<std::string>{"--loud", "--"}) == arguments.positional);
        CPPUNIT_ASSERT(!arguments.has("loud"));
    }

    void oneDashBeginsNoOption() {
        CPPUNIT_ASSERT((std::vector<std::string>{"-", "-l"}) == read({"-", "-l"}).positional);
    }

    void aNameIsWholeAndWrittenAsItIs() {
        CPPUNIT_ASSERT_EQUAL(std::string("unknown option --lou; did you mean --loud?"),
                             refusal({"n", "--lou"}));
        CPPUNIT_ASSERT_EQUAL(std::string("unknown option --l"), refusal({"n", "--l"}));
        for (const char* word : {"--LOUD", "--claim:a", "--Claim=a=b", "---", "--="}) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(word, std::size_t{0},
                                         refusal({"n", word}).find("unknown option "));
        }
    }

    void whatIsMissingOrTooMuchIsSaid() {
        CPPUNIT_ASSERT_EQUAL(std::string("--claim needs a value: --claim NAME=VALUE"),
                             refusal({"n", "--claim"}));
        CPPUNIT_ASSERT_EQUAL(std::string("--loud takes no value"), refusal({"n", "--loud=yes"}));
        CPPUNIT_ASSERT_EQUAL(std::string("--loud takes no value"), refusal({"n", "--loud="}));
        CPPUNIT_ASSERT_EQUAL(std::string("--jwks names no file: --jwks FILE"),
                             refusal({"n", "--jwks", ""}));
        CPPUNIT_ASSERT_EQUAL(std::string("--jwks names no file: --jwks FILE"),
                             refusal({"n", "--jwks="}));
        CPPUNIT_ASSERT_EQUAL(std::string("something is missing: gatehouse thing add NAME [OTHER]"),
                             refusal({"--loud"}));
        CPPUNIT_ASSERT_EQUAL(std::string("\"c\" is one argument too many"),
                             refusal({"a", "b", "c"}));
        CPPUNIT_ASSERT(refusal({"--help"}).empty());
    }

    void anyWordIsAValue() {
        const std::vector<std::string> wanted{"--loud", "--", "-5"};
        const auto arguments = read({"n", "--claim", "--loud", "--claim", "--", "--claim", "-5"});
        CPPUNIT_ASSERT(wanted == arguments.list("claim"));
        CPPUNIT_ASSERT(!arguments.has("loud"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ArgumentsTest);

}  // namespace gatehouse
