// SPDX-License-Identifier: Apache-2.0
#include "AcmeUserStore.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>
#include <gatehouse/testkit/UserStoreContract.h>

#include <cppunit/ui/text/TestRunner.h>
#include <crypt.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace acme {
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
        std::ofstream(folder_ / "users.csv", std::ios::app)
            << ++count_ << ',' << user.login << ','
            << ::crypt_r(given.c_str(), "$6$rounds=1000$acme", scratch.get()) << ','
            << user.claims.text("name") << ',' << user.claims.text("email") << ','
            << (user.isDisabled ? "left" : "active") << '\n';
    }
    std::unique_ptr<gatehouse::UserStore> make() {
        const gatehouse::testkit::FakeConfig config{
            {"path", (folder_ / "users.csv").string()},
        };
        auto store = std::make_unique<AcmeUserStore>();
        CPPUNIT_ASSERT(bool(store->configure(config, host_)));
        const auto status = store->start();
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
        return store;
    }

private:
    std::filesystem::path folder_;
    gatehouse::testkit::FakeHost host_;
    int count_ = 0;
};

}  // namespace
}  // namespace acme

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::testkit::UserStoreContract<acme::AcmeBed>);

int main() {
    CppUnit::TextUi::TestRunner runner;
    runner.addTest(CppUnit::TestFactoryRegistry::getRegistry().makeTest());
    return runner.run() ? 0 : 1;
}
