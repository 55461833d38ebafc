// SPDX-License-Identifier: Apache-2.0
#include "AcmeUserStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/UserStoreContract.h>

#include <crypt.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace acme_plugin {
namespace {

/// How the contract suite gets a store that knows the users it asks for.
class AcmeBed {
public:
    AcmeBed() {
        std::string name = std::filesystem::temp_directory_path() / "acme-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        std::ofstream(folder_ / "users.csv");
    }
    ~AcmeBed() { std::filesystem::remove_all(folder_); }

    void addUser(const gatehouse::User& user, std::string_view password) {
        const auto scratch = std::make_unique<crypt_data>();
        const std::string given(password);
        std::ostringstream rest;
        rest << ::crypt_r(given.c_str(), "$6$rounds=20000$acme", scratch.get()) << ','
             << user.claims.text("name") << ',' << user.claims.text("email") << ','
             << (user.isDisabled ? "left" : "active");
        people_.push_back({user.login, rest.str()});
        write();
    }
    void rename(std::string_view login, std::string_view newLogin) {
        for (auto& person : people_) {
            if (person.login == login) {
                person.login = newLogin;
            }
        }
        write();
    }
    /// Adds a line that is not one of a person.
    void spoil() { std::ofstream(folder_ / "users.csv", std::ios::app) << "total: 2\n"; }
    std::unique_ptr<gatehouse::UserStore> make() {
        const gatehouse::testkit::FakeConfig config(gatehouse::fieldsOf<AcmeUserStore>(),
                                                    {{"path", (folder_ / "users.csv").string()}});
        auto store = std::make_unique<AcmeUserStore>();
        CPPUNIT_ASSERT(bool(store->configure(config, host)));
        const auto status = store->start();
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
        return store;
    }

    gatehouse::testkit::FakeHost host;

private:
    struct Person {
        std::string login;
        std::string rest;
    };
    /// A new file under the old name: nobody reads half of it.
    void write() const {
        std::ofstream fresh(folder_ / "fresh.csv");
        int number = 1000;
        for (const auto& person : people_) {
            fresh << ++number << ',' << person.login << ',' << person.rest << '\n';
        }
        fresh.close();
        std::filesystem::rename(folder_ / "fresh.csv", folder_ / "users.csv");
    }

    std::filesystem::path folder_;
    std::vector<Person> people_;
};

/// What is this store's own.
class AcmeUserStoreTest : public gatehouse::testkit::UserStoreCase<AcmeBed> {
    CPPUNIT_TEST_SUITE(AcmeUserStoreTest);
    CPPUNIT_TEST(aNewFileIsRead);
    CPPUNIT_TEST(aWrongFileLeavesTheUsersAsTheyWere);
    CPPUNIT_TEST_SUITE_END();

public:
    void aNewFileIsRead() {
        bed_->rename("ada", "countess");
        CPPUNIT_ASSERT(byLogin("countess") && !byLogin("ada"));
    }

    void aWrongFileLeavesTheUsersAsTheyWere() {
        bed_->spoil();
        CPPUNIT_ASSERT(byLogin("ada"));
        CPPUNIT_ASSERT(bed_->host.fakeLog.says("users.csv:3: a line is number,"));
    }
};

}  // namespace
}  // namespace acme_plugin

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<acme_plugin::AcmeBed>);
CPPUNIT_TEST_SUITE_REGISTRATION(acme_plugin::AcmeUserStoreTest);
