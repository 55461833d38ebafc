// SPDX-License-Identifier: Apache-2.0
#include "passwords/PasswordHasher.h"

#include <chrono>

namespace gatehouse {

namespace {

constexpr std::size_t saltSize = 16;

}  // namespace

PasswordHasher::PasswordHasher(Host& host, const Argon2Cost& cost, std::size_t threads,
                               std::size_t queue)
    : random_(host.random()), cost_(cost), decoy_(argon2Decoy(cost)),
      pool_(host.clock(), threads, queue),
      refused_(host.metrics().counter("gatehouse_password_refused_total",
                                      "Password checks refused because too many waited")),
      duration_(host.metrics().histogram("gatehouse_password_seconds",
                                         "Time of a password check, waiting included")) {}

Result<std::string> PasswordHasher::hash(const Context& context, const Secret& password) {
    const std::string salt = random_.bytes(saltSize);
    std::string phc;
    const auto status = run(context, [&] { phc = argon2Hash(password, salt, cost_); });
    if (!status) {
        return status.error();
    }
    if (phc.empty()) {
        return Error::unavailable("not enough memory to hash a password");
    }
    return phc;
}

Result<bool> PasswordHasher::verify(const Context& context, const Secret& password,
                                    const std::string& phc) {
    bool isRight = false;
    const auto status = run(context, [&] { isRight = argon2Verify(password, phc); });
    return status ? Result<bool>{isRight} : Result<bool>{status.error()};
}

Status PasswordHasher::run(const Context& context, const std::function<void()>& work) {
    const auto began = std::chrono::steady_clock::now();
    auto status = pool_.run(context, work);
    if (!status) {
        refused_.add();
        return status;
    }
    duration_.observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    return status;
}

}  // namespace gatehouse
