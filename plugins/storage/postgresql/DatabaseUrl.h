// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// One server to connect to, as libpq's keywords and values. Holds the password: not for logs.
struct ServerAddress {
    std::string name;  ///< for messages: "db.example.org:5432"
    std::vector<std::pair<std::string, std::string>> keywords;
    milliseconds connectTimeout;
    bool isVerified;  ///< does the server prove its name, or is it on this machine?
};

/// The servers a postgresql:// URL names, in its order, each to be tried by itself so that a dead
/// one costs its own time limit only. What the URL leaves open is set to what is safe: TLS that
/// verifies the name for every server that is not on this machine, and only servers that can be
/// written to when there are several. An error never holds the password.
Result<std::vector<ServerAddress>> serversOf(const std::string& url);

}  // namespace gatehouse
