// SPDX-License-Identifier: Apache-2.0
#include "passwords/PasswordHasher.h"

#include "passwords/Precis.h"

#include <chrono>
#include <utility>
#include <variant>

namespace gatehouse {

namespace {

constexpr std::size_t saltSize = 16;

Secret preparedPassword(const Secret& password) {
    std::string prepared = opaqueString(password.view());
    Secret secret(prepared);
    prepared.assign(prepared.size(), '\0');
    return secret;
}

StoredHash decoyOf(const Argon2Cost& cost) {
    return std::get<StoredHash>(StoredHash::read(argon2Decoy(cost), "argon2"));
}

}  // namespace

PasswordHasher::PasswordHasher(Host& host, const Argon2Cost& cost, std::string weakest,
                               std::size_t threads, std::size_t queue)
    : host_(host), cost_(cost), weakest_(std::move(weakest)), dearest_(decoyOf(cost)),
      pool_(host.clock(), threads, queue),
      refused_(host.metrics().counter("gatehouse_password_refused_total",
                                      "Password checks refused because too many waited")),
      duration_(host.metrics().histogram("gatehouse_password_seconds",
                                         "Time of a password check, waiting included")) {}

Result<std::string> PasswordHasher::hash(const Context& context, const Secret& password) {
    const std::string salt = host_.random().bytes(saltSize);
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

Result<PasswordHasher::Verdict> PasswordHasher::verify(const Context& context,
                                                       const Secret& password,
                                                       const std::string& hash,
                                                       std::string_view user) {
    const auto work = this->work(hash);
    if (!work.problem.empty()) {
        host_.log().write(context, Level::warning,
                          "stored password hash not taken: " + work.problem,
                          {{"user", std::string(user)}});
    }
    auto verdict = Verdict::wrong;
    const auto status = run(context, [&] { verdict = this->verdict(password, work); });
    return status ? Result<Verdict>{verdict} : Result<Verdict>{status.error()};
}

PasswordHasher::Verdict PasswordHasher::verdict(const Secret& password, const Work& work) const {
    const Secret prepared = preparedPassword(password);
    if (work.fits(prepared)) {
        return argon2Cost(work.own->text()) == cost_ ? Verdict::right : Verdict::renewable;
    }
    const bool isChanged = prepared.view() != password.view();
    return isChanged && work.fits(password) ? Verdict::renewable : Verdict::wrong;
}

bool PasswordHasher::Work::fits(const Secret& password) const {
    if (rest) {
        static_cast<void>(rest->fits(password));
    }
    return own && own->fits(password);
}

PasswordHasher::Work PasswordHasher::work(const std::string& hash) {
    auto read = StoredHash::read(hash, weakest_);
    auto* own = std::get_if<StoredHash>(&read);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (own == nullptr) {
        return {std::nullopt, dearest_, hash.empty() ? std::string{} : std::get<std::string>(read)};
    }
    if (own->work() > dearest_.work()) {
        dearest_ = *own;
    }
    const auto rest = costOf(dearest_.work() - own->work());
    return {std::move(*own), rest ? std::optional(decoyOf(*rest)) : std::nullopt, {}};
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
