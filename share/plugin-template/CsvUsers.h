// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/User.h>

#include <string>
#include <string_view>
#include <unordered_map>

namespace acme {

struct AcmeUser {
    gatehouse::User user;
    std::string passwordHash;  ///< as in /etc/shadow
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

private:
    std::unordered_map<std::string, AcmeUser> byId_;
    std::unordered_map<std::string, std::string> idByLogin_;
};

}  // namespace acme
