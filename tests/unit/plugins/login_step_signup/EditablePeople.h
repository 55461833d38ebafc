// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/UserStore.h>

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// People in memory, who can be added where `isEditable`; a login is one however its letters a to z
/// are written. Threads: any, while no test changes its members.
class EditablePeople final : public UserStore, public UserEditor {
public:
    Result<std::optional<User>> findByLogin(const Context&, std::string_view login) const override {
        if (failure) {
            return *failure;
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto found = people.find(spelled(login));
        return found == people.end() ? std::nullopt : std::optional(found->second.first);
    }
    Result<std::optional<User>> findById(const Context&, std::string_view) const override {
        return std::optional<User>{};
    }
    Result<std::optional<User>> checkPassword(const Context& context, std::string_view login,
                                              const Secret& password) const override {
        auto found = findByLogin(context, login);
        if (!found || !*found) {
            return found;
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        const bool isRight = people.at(spelled(login)).second == password.view();
        return isRight ? found : std::optional<User>{};
    }
    UserEditor* editor() noexcept override { return isEditable ? this : nullptr; }

    Result<User> add(const Context&, const User& user, const Secret& password) override {
        if (const auto other = takeMeanwhile()) {
            other();
        }
        if (password.view().size() < 8) {
            return Error::badInput("too short");
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        User added = user;
        added.id = std::to_string(people.size() + 1);
        const auto [place, isNew] =
            people.try_emplace(spelled(user.login), added, std::string(password.view()));
        return isNew ? Result<User>(place->second.first) : Error::badInput("taken");
    }
    Status update(const Context&, const User&) override { return done(); }
    Status setPassword(const Context&, std::string_view id, const Secret& password) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (auto& [login, known] : people) {
            if (known.first.id == id && password.view().size() >= 8) {
                known.second = password.view();
                return done();
            }
        }
        return Error::badInput("too short, or nobody");
    }
    Status remove(const Context&, std::string_view) override { return done(); }
    Result<UserPage> list(const Context&, std::string_view, std::size_t) const override {
        return UserPage{};
    }

    std::map<std::string, std::pair<User, std::string>> people;
    std::optional<Error> failure;
    std::function<void()> meanwhile;  ///< done once by somebody else, while one is added
    bool isEditable = true;

private:
    std::function<void()> takeMeanwhile() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return std::exchange(meanwhile, {});
    }

    static std::string spelled(std::string_view login) {
        std::string plain(login);
        for (char& letter : plain) {
            letter =
                letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        }
        return plain;
    }

    mutable std::mutex mutex_;
};

}  // namespace gatehouse
