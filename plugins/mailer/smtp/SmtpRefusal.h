// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace gatehouse {

/// The server does not do what it was asked for.
class SmtpRefusal : public std::runtime_error {
public:
    /// `isOfTheMail`: it refuses this mail, not whoever sends it, and for good (RFC 5321
    /// section 4.2.1).
    SmtpRefusal(const std::string& problem, bool isOfTheMail)
        : std::runtime_error(problem), isOfTheMail_(isOfTheMail) {}
    bool isOfTheMail() const noexcept { return isOfTheMail_; }

private:
    bool isOfTheMail_;
};

}  // namespace gatehouse
