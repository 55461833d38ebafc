// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "Accounts.h"
#include "PamUserStore.h"

#include <cppunit/TestAssert.h>
#include <security/pam_appl.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace gatehouse {

/// A service of PAM's in a folder of its own, and accounts that are in no file.
struct PamBed {
    PamBed() {
        CPPUNIT_ASSERT(::mkdtemp(name.data()) != nullptr);
        folder = name;
        people = (folder / "people").string();
        accounts().clear();
        service();
    }
    PamBed(const PamBed&) = delete;
    PamBed& operator=(const PamBed&) = delete;
    ~PamBed() { std::filesystem::remove_all(folder); }

    void service(const std::string& more = {}) const {
        const std::string module = " required " PAM_PEOPLE " people=" + people + " " + more + "\n";
        std::ofstream(folder / "test") << "auth" << module << "account" << module;
    }
    void addUser(const User& user, std::string_view password) {
        addAccount(user.login, password, user.isDisabled ? PAM_ACCT_EXPIRED : PAM_SUCCESS,
                   std::string(user.claims.text("name")));
    }
    void addAccount(const std::string& login, std::string_view password, int code,
                    const std::string& fullName = {}) {
        accounts().push_back({login, nextUid++, 100, fullName + ",Room 7"});
        std::ofstream(people, std::ios::app) << login << ":" << password << ":" << code << "\n";
    }
    void rename(std::string_view login, std::string_view newLogin) {
        std::ofstream(people, std::ios::app) << newLogin << "::0\n";
        for (auto& account : accounts()) {
            account.name = account.name == login ? newLogin : account.name;
        }
    }
    std::unique_ptr<UserStore> make() { return make({}); }
    std::unique_ptr<PamUserStore> make(const ValueMap& more) {
        auto store = std::make_unique<PamUserStore>();
        const auto status = start(*store, more);
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, status);
        return store;
    }
    Status start(PamUserStore& store, const ValueMap& more) {
        ValueMap settings{{"service", "test"},
                          {"directory", folder.string()},
                          {"email_domain", "example.org"},
                          {"waiting", 100}};
        for (const auto& setting : more) {
            settings.set(setting.name, setting.value);
        }
        const testkit::FakeConfig config(fieldsOf<PamUserStore>(), settings);
        auto status = store.configure(config, host);
        return status ? store.start() : status;
    }
    void kill() const { std::ofstream(people + ".away"); }
    void revive() const { std::filesystem::remove(people + ".away"); }
    void hang() const { std::ofstream(people + ".hangs"); }
    void goOn() const { std::filesystem::remove(people + ".hangs"); }

    static constexpr bool knowsVerifiedEmail = false;
    std::string name = "/tmp/pam-users-XXXXXX";
    std::filesystem::path folder;
    std::string people;
    uid_t nextUid = 1000;
    testkit::FakeHost host;
};

struct PamCaseBed : PamBed {
    std::unique_ptr<UserStore> make() { return PamBed::make({{"login_case", "ignored"}}); }
};

}  // namespace gatehouse
