// SPDX-License-Identifier: Apache-2.0
#include "FileUserStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/UserStoreContract.h>

#include "json/Json.h"
#include "passwords/Argon2.h"

#include <filesystem>
#include <fstream>

namespace gatehouse {
namespace {

struct FileBed {
    FileBed() {
        std::string name = std::filesystem::temp_directory_path() / "gatehouse-users-XXXXXX";
        CPPUNIT_ASSERT(::mkdtemp(name.data()) != nullptr);
        folder = name;
        std::ofstream(folder / "users") << "# none yet\n";
    }
    ~FileBed() { std::filesystem::remove_all(folder); }

    void addUser(const User& user, std::string_view password) {
        std::ofstream(folder / "users", std::ios::app)
            << user.login << ':' << (user.isDisabled ? "!" : "")
            << argon2Hash(Secret(password), "a salt of bytes", {8192, 1, 1}) << ':'
            << toJson(user.claims) << '\n';
    }
    std::unique_ptr<UserStore> make() {
        const testkit::FakeConfig config{
            {"path", (folder / "users").string()},
            {"threads", 2},
            {"queue", 100},
            {"weakest_hash", "phpass"},
        };
        auto store = std::make_unique<FileUserStore>();
        CPPUNIT_ASSERT(bool(store->configure(config, host)));
        const auto status = store->start();
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
        return store;
    }

    std::filesystem::path folder;
    testkit::FakeHost host;
};

}  // namespace
}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<gatehouse::FileBed>);
