// SPDX-License-Identifier: Apache-2.0
#include "passwords/PasswordHasher.h"

#include "passwords/Precis.h"

#include <chrono>

namespace gatehouse {

namespace {

constexpr std::size_t saltSize = 16;

Secret preparedPassword(const Secret& password) {
    std::string prepared = opaqueString(password.view());
    Secret secret(prepared);
    prepared.assign(prepared.size(), '\0');
    return secret;
}

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
    const Secret prepared = preparedPassword(password);
    const auto status = run(context, [&] { phc = argon2Hash(prepared, salt, cost_); });
    if (!status) {
        return status.error();
    }
    if (phc.empty()) {
        return Error::unavailable("not enough memory to hash a password");
    }
    return phc;
}

Result<PasswordHasher::Verdict>
PasswordHasher::verify(const Context& context, const Secret& password, const std::string& phc) {
    auto verdict = Verdict::wrong;
    const auto status = run(context, [&] { verdict = this->verdict(password, phc); });
    return status ? Result<Verdict>{verdict} : Result<Verdict>{status.error()};
}

PasswordHasher::Verdict PasswordHasher::verdict(const Secret& password,
                                                const std::string& phc) const {
    const Secret prepared = preparedPassword(password);
    if (argon2Verify(prepared, phc)) {
        return argon2Cost(phc) == cost_ ? Verdict::right : Verdict::renewable;
    }
    const bool isChanged = prepared.view() != password.view();
    return isChanged && argon2Verify(password, phc) ? Verdict::renewable : Verdict::wrong;
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
