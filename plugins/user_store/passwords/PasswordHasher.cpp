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

/// Works all of them out, whichever fits.
bool fitsOne(const Secret& password, const std::vector<std::string>& hashes) {
    bool fits = false;
    for (const auto& hash : hashes) {
        fits = argon2Verify(password, hash) || fits;
    }
    return fits;
}

}  // namespace

PasswordHasher::PasswordHasher(Host& host, const Argon2Cost& cost, std::size_t threads,
                               std::size_t queue)
    : random_(host.random()), cost_(cost), dearest_(cost), pool_(host.clock(), threads, queue),
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
    expect(phc);
    const auto hashes = work(phc);
    auto verdict = Verdict::wrong;
    const auto status = run(context, [&] { verdict = this->verdict(password, hashes); });
    return status ? Result<Verdict>{verdict} : Result<Verdict>{status.error()};
}

PasswordHasher::Verdict PasswordHasher::verdict(const Secret& password,
                                                const std::vector<std::string>& hashes) const {
    const Secret prepared = preparedPassword(password);
    if (fitsOne(prepared, hashes)) {
        return argon2Cost(hashes.front()) == cost_ ? Verdict::right : Verdict::renewable;
    }
    const bool isChanged = prepared.view() != password.view();
    return isChanged && fitsOne(password, hashes) ? Verdict::renewable : Verdict::wrong;
}

std::vector<std::string> PasswordHasher::work(const std::string& phc) const {
    const auto cost = argon2Cost(phc);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!cost) {
        return {argon2Decoy(dearest_)};
    }
    const auto rest = missing(*cost, dearest_);
    return rest ? std::vector{phc, argon2Decoy(*rest)} : std::vector{phc};
}

void PasswordHasher::expect(const std::string& phc) {
    const auto cost = argon2Cost(phc);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (cost && effort(*cost) > effort(dearest_)) {
        dearest_ = *cost;
    }
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
