// SPDX-License-Identifier: Apache-2.0
#include "app/RootSecret.h"

#include "ConfigurationText.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/stat.h>

namespace gatehouse {

class RootSecretTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RootSecretTest);
    CPPUNIT_TEST(theConfiguredSecretIsUsed);
    CPPUNIT_TEST(sqliteGetsOneThatIsKeptForItsOwnerAlone);
    CPPUNIT_TEST(aCheckMakesNothing);
    CPPUNIT_TEST(untilThereIsADatabaseItHasAnotherName);
    CPPUNIT_TEST(oneWithoutItsDatabaseIsAFailure);
    CPPUNIT_TEST(aLostOneIsNotReplacedBesideItsDatabase);
    CPPUNIT_TEST(theFileCanBeNamedInstead);
    CPPUNIT_TEST(aFileThatEverybodyCanReadIsRefused);
    CPPUNIT_TEST(aLinkToNothingIsNotReplaced);
    CPPUNIT_TEST(aFileWithoutASecretIsRefused);
    CPPUNIT_TEST(aMissingFolderIsAFailureNotAProblem);
    CPPUNIT_TEST(memoryGetsANewOneEachTime);
    CPPUNIT_TEST_SUITE_END();

    using WhenMissing = RootSecret::WhenMissing;

public:
    void theConfiguredSecretIsUsed() {
        const std::string secret = "0123456789abcdef0123456789abcdef";
        const auto found = find("security: {jwt_secret: " + secret + "}\n" + sqlite());
        CPPUNIT_ASSERT_EQUAL(secret, std::string(found.bytes.view()));
        CPPUNIT_ASSERT(!std::filesystem::exists(file()));
    }

    void sqliteGetsOneThatIsKeptForItsOwnerAlone() {
        const auto first = begin();
        CPPUNIT_ASSERT_EQUAL(std::string(), first.failure);
        struct stat facts {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(file().c_str(), &facts));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, mode_t(facts.st_mode & 0777));
        CPPUNIT_ASSERT(first.bytes.view() == find(sqlite()).bytes.view());
        std::size_t files = 0;
        for ([[maybe_unused]] const auto& entry :
             std::filesystem::directory_iterator(folder_.path())) {
            ++files;
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, files);  // with configuration and database
    }

    void aCheckMakesNothing() {
        const auto found = find(sqlite(), WhenMissing::pretend);
        CPPUNIT_ASSERT_EQUAL(std::string(), found.failure);
        CPPUNIT_ASSERT(!found.bytes.empty());
        CPPUNIT_ASSERT(!std::filesystem::exists(file()));
    }

    void untilThereIsADatabaseItHasAnotherName() {
        const auto made = find(sqlite());
        CPPUNIT_ASSERT(!std::filesystem::exists(file()));
        CPPUNIT_ASSERT(made.bytes.view() == find(sqlite()).bytes.view());
        std::ofstream(database()) << "something";
        CPPUNIT_ASSERT(made.bytes.view() == find(sqlite()).bytes.view());
        CPPUNIT_ASSERT(made.bytes.view() == begin().bytes.view());
        CPPUNIT_ASSERT(std::filesystem::exists(file()));
    }

    void oneWithoutItsDatabaseIsAFailure() {
        begin();
        std::filesystem::remove(database());
        CPPUNIT_ASSERT(find(sqlite()).failure.find(database().string() + " is not there, but " +
                                                   file().string() + " is") == 0);
    }

    void aLostOneIsNotReplacedBesideItsDatabase() {
        std::ofstream(database()) << "something";
        for (const auto whenMissing : {WhenMissing::make, WhenMissing::pretend}) {
            const auto found = find(sqlite(), whenMissing);
            CPPUNIT_ASSERT(found.failure.find(file().string() + " is missing") == 0);
            CPPUNIT_ASSERT(found.failure.find("security.jwt_secret") != std::string::npos);
        }
        CPPUNIT_ASSERT(!std::filesystem::exists(file()));
    }

    void theFileCanBeNamedInstead() {
        const auto made = begin();
        const auto named = find("security: {jwt_secret: {file: \"" + file().string() + "\"}}\n" +
                                "database: {url: \"memory:\"}");
        CPPUNIT_ASSERT(made.bytes.view() == named.bytes.view());
    }

    void aFileThatEverybodyCanReadIsRefused() {
        begin();
        std::filesystem::permissions(file(), std::filesystem::perms(0604));
        CPPUNIT_ASSERT_EQUAL(file().string() + " is open to everybody (mode 0604); take that away "
                                               "with chmod o=",
                             find(sqlite()).failure);
    }

    void aLinkToNothingIsNotReplaced() {
        std::filesystem::create_symlink("/nonexistent/secret", file());
        CPPUNIT_ASSERT_EQUAL(file().string() + " cannot be read: No such file or directory",
                             find(sqlite()).failure);
    }

    void aFileWithoutASecretIsRefused() {
        begin();
        std::ofstream(file()) << "c2hvcnQ\n";
        CPPUNIT_ASSERT_EQUAL(file().string() + " holds no secret (32 bytes or more)",
                             find(sqlite()).failure);
    }

    void aMissingFolderIsAFailureNotAProblem() {
        const auto found =
            find("database: {url: \"sqlite:" + folder_.path().string() + "/not/there/g.db\"}");
        CPPUNIT_ASSERT(found.failure.find("/not/there: No such file or directory") !=
                       std::string::npos);
        CPPUNIT_ASSERT(!found.bytes.empty());
    }

    void memoryGetsANewOneEachTime() {
        const std::string memory = "database: {url: \"memory:\"}";
        CPPUNIT_ASSERT(find(memory).bytes.view() != find(memory).bytes.view());
    }

private:
    std::filesystem::path file() const { return folder_.path() / "root.secret"; }
    std::filesystem::path database() const { return folder_.path() / "gatehouse.db"; }
    std::string sqlite() const {
        return "database: {url: \"sqlite:" + folder_.path().string() + "/gatehouse.db\"}";
    }

    RootSecret find(const std::string& text, WhenMissing whenMissing = WhenMissing::make) {
        return RootSecret::find(configurationOf(text, folder_.path()), whenMissing);
    }

    /// As a first start does.
    RootSecret begin() {
        auto made = find(sqlite());
        std::ofstream(database()) << "something";
        CPPUNIT_ASSERT(bool(RootSecret::settle(configurationOf(sqlite(), folder_.path()))));
        return made;
    }

    ScratchFolder folder_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RootSecretTest);

}  // namespace gatehouse
