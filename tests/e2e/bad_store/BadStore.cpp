// SPDX-License-Identifier: Apache-2.0
// Keeps what a user store promises but for what `fault` names; tests/e2e/stories/test_bad_stores
// asks for each.
#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/UserStore.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

using namespace gatehouse;

/// Spends CPU time, as a password hash does.
void work() {
    const auto begun = std::clock();
    while (std::clock() - begun < CLOCKS_PER_SEC / 500) {
    }
}

class BadStore final : public With<UserStore, Checkable> {
public:
    Status configure(const Config& config, Host& host) override {
        fault_ = config.text("fault");
        start_ = std::to_string(std::chrono::steady_clock::now().time_since_epoch().count());
        (void)host;
        return done();
    }
    Status check() const override {
        return is("files_are_wrong")
                   ? Status(Error::badInput("people.csv:3:1: \"ada\" is here twice"))
                   : done();
    }
    Status start() override {
        return is("does_not_start") ? Status(Error::unavailable("the people are on holiday"))
                                    : done();
    }

    Result<std::optional<User>> findByLogin(const Context& /*context*/,
                                            std::string_view login) const override {
        if (is("throws")) {
            throw std::runtime_error("the table is on fire");
        }
        if (is("crashes")) {
            std::abort();
        }
        while (is("hangs")) {
            std::this_thread::sleep_for(seconds{1});
        }
        if (is("absence_is_an_error") && login != "ada" && login != "bob") {
            return Error::internal("no row");
        }
        return named(is("somebody_else") && login == "ada" ? "bob" : login);
    }
    Result<std::optional<User>> findById(const Context& context,
                                         std::string_view id) const override {
        for (const char* login : {"ada", "bob"}) {
            auto found = named(login);
            if (found && found->id == id) {
                return found;
            }
        }
        (void)context;
        return std::optional<User>{};
    }
    Result<std::optional<User>> checkPassword(const Context& /*context*/, std::string_view login,
                                              const Secret& password) const override {
        if (!is("time_tells") || named(login)) {
            work();
        }
        const std::string mine = mixedUp(std::string(login));
        auto found = named(mine);
        const bool isRight = password.view() == (mine == "ada" ? "ada's own" : "bob's own") ||
                             (is("any_password") && !password.view().empty()) ||
                             (is("empty_password") && password.view().empty());
        if (!found || !isRight || (found->isDisabled && !is("disabled_gets_in"))) {
            return std::optional<User>{};
        }
        return found;
    }

private:
    bool is(const char* fault) const { return fault_ == fault; }

    std::optional<User> named(std::string_view login) const {
        if (is("case_ignored") && login == "Ada") {
            return named("ada");
        }
        if (login != "ada" && login != "bob") {
            return std::nullopt;
        }
        User user;
        user.login = login;
        user.id = login == "ada" ? "1001" : "1002";
        user.isDisabled = login == "bob" && !is("disabled_unsaid");
        user.id += is("id_of_the_start") ? start_ : is("binary_id") ? "\xFF" : "";
        user.id += is("new_id_each_time") ? std::to_string(++asked_) : "";
        return user;
    }

    /// With the fault, nobody when two threads are here at once.
    std::string mixedUp(const std::string& login) const {
        if (!is("threads_meet")) {
            return login;
        }
        const bool isLate = inside_++ > 0;
        std::this_thread::sleep_for(milliseconds{20});
        --inside_;
        return isLate ? "nobody" : login;
    }

    std::string fault_;
    std::string start_;
    mutable std::atomic<int> asked_{0};
    mutable std::atomic<int> inside_{0};
};

constexpr Field fields[] = {
    {"fault", Kind::text, byDefault("none"), "the promise it breaks"},
};

}  // namespace

GATEHOUSE_PLUGIN(BadStore, "bad", "1.0.0", "Breaks one promise", fields)
