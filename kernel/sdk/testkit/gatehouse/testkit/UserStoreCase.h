// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/UserStore.h>
#include <gatehouse/testkit/PluginCase.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::testkit {

/// What every user store case starts from: a started store of the bed that knows two people, Ada,
/// and Bob, who is disabled and of whom nothing else is known. Store calls that throw fail the
/// case.
template <class Bed> class UserStoreCase : public PluginCase<UserStore, Bed> {
protected:
    using Base = PluginCase<UserStore, Bed>;
    using Base::bed_;
    using Base::context_;
    using Base::plugin_;

    void prepare() override {
        User ada;
        ada.login = login("ada");
        ada.claims = {
            {"name", "Ada Lovelace"},
            {"email", "ada@example.org"},
            {"email_verified", true},
        };
        bed_->addUser(ada, adasPassword);
        User bob;
        bob.login = login("bob");
        bob.isDisabled = true;
        bed_->addUser(bob, bobsPassword);
    }

    static constexpr std::string_view adasPassword = "correct horse battery";
    static constexpr std::string_view bobsPassword = "staple of many words";

    static std::optional<User> answer(Result<std::optional<User>> result) {
        CPPUNIT_ASSERT_MESSAGE(result ? "" : result.error().detail, bool(result));
        return *std::move(result);
    }
    std::optional<User> byLogin(std::string_view login) {
        return answer(plugin_->findByLogin(context_, login));
    }
    std::optional<User> byId(std::string_view id) {
        return answer(plugin_->findById(context_, id));
    }
    std::optional<User> check(std::string_view login, std::string_view password) {
        return answer(plugin_->checkPassword(context_, login, Secret(password)));
    }
    /// What the store calls somebody.
    static std::string login(std::string_view name) {
        return std::string(name) + (loginIsEmail<Bed>(0) ? "@example.org" : "");
    }
    User ada() { return known(login("ada")); }
    User known(const std::string& login) {
        auto found = byLogin(login);
        CPPUNIT_ASSERT_MESSAGE("the bed's addUser() did not make " + login + " known", bool(found));
        return *std::move(found);
    }

private:
    template <class B> static constexpr auto loginIsEmail(int) -> decltype(B::loginIsEmail) {
        return B::loginIsEmail;
    }
    template <class B> static constexpr bool loginIsEmail(long) { return false; }
};

}  // namespace gatehouse::testkit
