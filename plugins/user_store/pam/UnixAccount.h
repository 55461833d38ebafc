// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// An account as the machine's name service (nsswitch.conf) knows it.
struct UnixAccount {
    std::string name;
    uid_t uid;
    gid_t gid;
    std::string fullName;  ///< of the field gecos
};

/// All throw std::runtime_error when nobody knows. Threads: any.
std::optional<UnixAccount> unixAccount(const std::string& name);
std::optional<UnixAccount> unixAccount(uid_t uid);
/// Names, in order.
std::vector<std::string> groupsOf(const UnixAccount& account);

/// Whether the name service and PAM modules take `name` for a name alone: no path, no field of a
/// file, no option.
bool isUnixName(const std::string& name);

}  // namespace gatehouse
