// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/User.h>

#include <string>
#include <string_view>
#include <unordered_map>

namespace acme_plugin {

struct AcmeUser {
    gatehouse::User user;
    std::string passwordHash;  ///< as in /etc/shadow; empty: no password lets this user in
};

/// The users of a CSV file, one a line: number,login,password hash,name,email,state. The state is
/// "active" or "left".
class CsvUsers {
public:
    /// Fault::badInput with "path:line: what is wrong".
    static gatehouse::Result<CsvUsers> read(const std::string& path);

    /// nullptr: nobody of that login.
    const AcmeUser* findByLogin(std::string_view login) const;
    const AcmeUser* findById(std::string_view id) const;
    /// The first hash of the file, to check the password of an unknown user against: that takes as
    /// long as for a known one when all hashes have the same method and rounds.
    const std::string& decoy() const noexcept { return decoy_; }

private:
    std::unordered_map<std::string, AcmeUser> byId_;
    std::unordered_map<std::string, std::string> idByLogin_;
    std::string decoy_;
};

}  // namespace acme_plugin
