// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/UserStore.h>
#include <gatehouse/testkit/PluginCase.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::testkit {

/// How the two whom the cases are about log in.
struct CasePeople {
    std::string ada = "ada";
    std::string adasPassword = "correct horse battery";
    std::string bob = "bob";
    std::string bobsPassword = "staple of many words";
};

namespace detail {

template <class Bed> constexpr auto hasPeople(int) -> decltype(&Bed::whoIsThere, bool()) {
    return true;
}
template <class Bed> constexpr bool hasPeople(long) {
    return false;
}

}  // namespace detail

/// Are the bed's people there already, and nothing else known of them?
template <class Bed> constexpr bool bringsPeople = detail::hasPeople<Bed>(0);

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
        if constexpr (bringsPeople<Bed>) {
            people_ = bed_->whoIsThere();
        } else {
            User ada;
            ada.login = login("ada");
            ada.claims = {
                {"name", "Ada Lovelace"},
                {"email", "ada@example.org"},
                {"email_verified", true},
            };
            bed_->addUser(ada, people_.adasPassword);
            User bob;
            bob.login = login("bob");
            bob.isDisabled = true;
            bed_->addUser(bob, people_.bobsPassword);
        }
        adasPassword = people_.adasPassword;
        bobsPassword = people_.bobsPassword;
    }

    std::string adasPassword;
    std::string bobsPassword;

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
    std::string login(std::string_view name) const {
        const std::string known(name == "ada" ? people_.ada : name == "bob" ? people_.bob : name);
        return known + (loginIsEmail<Bed>(0) ? "@example.org" : "");
    }
    /// Nobody gets in so; `how` says what is wrong with the password.
    void refuses(const std::string& login, std::string_view password, const std::string& how) {
        const auto in = check(login, password);
        CPPUNIT_ASSERT_MESSAGE(how + " for \"" + login + "\": expected nobody, came " +
                                   (in ? '"' + in->login + '"' : ""),
                               !in);
    }
    User ada() { return known(login("ada")); }
    User known(const std::string& login) {
        auto found = byLogin(login);
        CPPUNIT_ASSERT_MESSAGE("expected \"" + login + "\", came nobody: the store does not know " +
                                   login,
                               bool(found));
        return *std::move(found);
    }

private:
    template <class B> static constexpr auto loginIsEmail(int) -> decltype(B::loginIsEmail) {
        return B::loginIsEmail;
    }
    template <class B> static constexpr bool loginIsEmail(long) { return false; }

    CasePeople people_;
};

}  // namespace gatehouse::testkit
