// SPDX-License-Identifier: Apache-2.0
#include "file/FileRule.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse::test {

namespace {

constexpr uid_t root = 0;
constexpr uid_t server = 998;
constexpr uid_t stranger = 1000;

/// "" taken; "!" refused; "?" taken with a warning.
std::string verdict(mode_t mode, uid_t owner, Keeping keeping, bool isReadOnly = false,
                    uid_t self = server) {
    const FileVerdict given = judge({mode, owner, isReadOnly}, self, keeping);
    CPPUNIT_ASSERT(given.refusal.empty() || given.doubt.empty());
    return !given.refusal.empty() ? "!" : !given.doubt.empty() ? "?" : "";
}

const std::string taken;
const std::string refused = "!";
const std::string doubted = "?";

}  // namespace

class FileRuleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileRuleTest);
    CPPUNIT_TEST(whatEverybodyCanWriteIsRefused);
    CPPUNIT_TEST(onAReadOnlyMountNobodyCanWrite);
    CPPUNIT_TEST(whoseFileItIsCountsWhereSomebodyIsTrusted);
    CPPUNIT_TEST(rootTendsTheFilesOfOthers);
    CPPUNIT_TEST(aSecretEverybodyCanReadIsRefusedWhereThatCouldBeMended);
    CPPUNIT_TEST(aContainersSecretIsTakenWithAWarning);
    CPPUNIT_TEST(theMessageSaysWhatToDo);
    CPPUNIT_TEST_SUITE_END();

    void whatEverybodyCanWriteIsRefused() {
        for (const auto keeping : {Keeping::shared, Keeping::own, Keeping::secret}) {
            CPPUNIT_ASSERT_EQUAL(refused, verdict(0602, server, keeping));
            CPPUNIT_ASSERT_EQUAL(refused, verdict(0666, root, keeping));
            CPPUNIT_ASSERT_EQUAL(taken, verdict(0660, server, keeping));
        }
    }

    void onAReadOnlyMountNobodyCanWrite() {
        CPPUNIT_ASSERT_EQUAL(taken, verdict(0777, root, Keeping::own, true));
        CPPUNIT_ASSERT_EQUAL(doubted, verdict(0666, root, Keeping::secret, true));
    }

    void whoseFileItIsCountsWhereSomebodyIsTrusted() {
        CPPUNIT_ASSERT_EQUAL(taken, verdict(0644, stranger, Keeping::shared));
        CPPUNIT_ASSERT_EQUAL(refused, verdict(0644, stranger, Keeping::own));
        CPPUNIT_ASSERT_EQUAL(doubted, verdict(0644, stranger, Keeping::own, true));
        CPPUNIT_ASSERT_EQUAL(doubted, verdict(0640, stranger, Keeping::secret));
        CPPUNIT_ASSERT_EQUAL(taken, verdict(0644, root, Keeping::own));
        CPPUNIT_ASSERT_EQUAL(taken, verdict(0644, server, Keeping::own));
    }

    void rootTendsTheFilesOfOthers() {
        CPPUNIT_ASSERT_EQUAL(doubted, verdict(0600, server, Keeping::own, false, root));
        CPPUNIT_ASSERT_EQUAL(taken, verdict(0600, server, Keeping::secret, false, root));
        CPPUNIT_ASSERT_EQUAL(refused, verdict(0644, server, Keeping::secret, false, root));
    }

    void aSecretEverybodyCanReadIsRefusedWhereThatCouldBeMended() {
        CPPUNIT_ASSERT_EQUAL(refused, verdict(0644, server, Keeping::secret));
        CPPUNIT_ASSERT_EQUAL(refused, verdict(0444, root, Keeping::secret, false, root));
        CPPUNIT_ASSERT_EQUAL(taken, verdict(0640, root, Keeping::secret));
        CPPUNIT_ASSERT_EQUAL(taken, verdict(0644, server, Keeping::own));
    }

    void aContainersSecretIsTakenWithAWarning() {
        CPPUNIT_ASSERT_EQUAL(doubted, verdict(0444, root, Keeping::secret));
        CPPUNIT_ASSERT_EQUAL(doubted, verdict(0444, stranger, Keeping::secret));
        CPPUNIT_ASSERT_EQUAL(doubted, verdict(0444, server, Keeping::secret, true));
        CPPUNIT_ASSERT_EQUAL(doubted, verdict(0444, root, Keeping::secret, true, root));
    }

    void theMessageSaysWhatToDo() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("can be written by everybody (mode 0666); take that away with chmod o-w"),
            judge({0100666, server, false}, server, Keeping::own).refusal);
        CPPUNIT_ASSERT_EQUAL(
            std::string("is open to everybody (mode 0444); take that away with chmod o="),
            judge({0100444, root, false}, server, Keeping::secret).doubt);
        CPPUNIT_ASSERT_EQUAL(std::string("belongs to user 1000; it must belong to root or to the "
                                         "user the server runs as"),
                             judge({0100644, stranger, false}, server, Keeping::own).refusal);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FileRuleTest);

}  // namespace gatehouse::test
