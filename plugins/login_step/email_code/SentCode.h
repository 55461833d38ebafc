// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What is kept of the code that a login waits for: hashes, and how often it was guessed at.
struct SentCode {
    std::string person;  ///< `sub` of who gets it
    std::string code;
    std::string link;  ///< the reference in the same mail
    std::int64_t wrong = 0;  ///< answers
    TimePoint sent{};
    std::uint64_t version = 0;  ///< of its record; 0: there is none yet
};

/// The codes that were sent, one a login: so no code is good in another login than its own, and
/// going back in the browser gives no new guesses. Threads: any.
class SentCodes {
public:
    SentCodes(Host& host, seconds lifetime) : host_(host), lifetime_(lifetime) {}

    /// nullopt: none, or none any more.
    Result<std::optional<SentCode>> find(const Context& context, const std::string& login) const;
    /// False: another request was faster.
    Result<bool> put(const Context& context, const std::string& login, const SentCode& code) const;
    /// The same; nobody has it afterwards.
    Result<bool> take(const Context& context, const std::string& login, const SentCode& code) const;
    Status drop(const Context& context, const std::string& login) const;
    /// As it is kept.
    std::string hashOf(const std::string& login, std::string_view secret) const;

private:
    Result<bool> change(const Context& context, const std::string& login, const SentCode& before,
                        Batch batch) const;

    Host& host_;
    const seconds lifetime_;
};

}  // namespace gatehouse
