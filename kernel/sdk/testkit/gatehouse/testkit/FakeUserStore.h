// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/UserStore.h>
#include <gatehouse/testkit/FakeLatency.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::testkit {

/// Knows one person. Threads: any, while no test changes its members.
class FakeUserStore final : public UserStore {
public:
    /// An empty password is never right.
    explicit FakeUserStore(std::string id, std::string login = {}, std::string secret = {})
        : password(std::move(secret)) {
        person.id = std::move(id);
        person.login = std::move(login);
    }

    Result<std::optional<User>> findByLogin(const Context& context,
                                            std::string_view login) const override {
        return answer(context, !login.empty() && login == person.login);
    }
    Result<std::optional<User>> findById(const Context& context,
                                         std::string_view id) const override {
        return answer(context, id == person.id);
    }
    Result<std::optional<User>> checkPassword(const Context& context, std::string_view login,
                                              const Secret& given) const override {
        return answer(context, login == person.login && !password.empty() &&
                                   given.view() == password && !person.isDisabled);
    }

    User person;
    std::string password;
    bool isGone = false;
    std::optional<Error> failure;  ///< what every call answers
    FakeLatency latency;

private:
    Result<std::optional<User>> answer(const Context& context, bool isThem) const {
        if (failure) {
            return *failure;
        }
        if (!latency.pass(context.deadline)) {
            return Error::unavailable("no answer before the deadline");
        }
        return isThem && !isGone ? std::optional(person) : std::nullopt;
    }
};

}  // namespace gatehouse::testkit
