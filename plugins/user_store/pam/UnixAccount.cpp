// SPDX-License-Identifier: Apache-2.0
#include "UnixAccount.h"

#include <grp.h>
#include <pwd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace gatehouse {

namespace {

constexpr std::size_t mostBytes = 1'048'576;
constexpr int mostGroups = 1000;

/// What `ask(buffer)` finds with a buffer that is long enough. Of the numbers that the name service
/// may answer, two say that there is none.
template <class Ask> void withBuffer(Ask ask) {
    for (std::size_t size = 4096; size <= mostBytes; size *= 4) {
        std::vector<char> buffer(size);
        const int problem = ask(buffer);
        if (problem == 0 || problem == ENOENT || problem == ESRCH) {
            return;
        }
        if (problem != ERANGE) {
            throw std::runtime_error("name service: " + std::generic_category().message(problem));
        }
    }
    throw std::runtime_error("name service: an entry is longer than 1 MiB");
}

template <class Ask> std::optional<UnixAccount> account(Ask ask) {
    std::optional<UnixAccount> told;
    withBuffer([&](std::vector<char>& buffer) {
        passwd entry{};
        passwd* found = nullptr;
        const int problem = ask(&entry, buffer.data(), buffer.size(), &found);
        if (problem == 0 && found != nullptr) {
            const std::string gecos = found->pw_gecos != nullptr ? found->pw_gecos : "";
            told = UnixAccount{found->pw_name, found->pw_uid, found->pw_gid,
                               gecos.substr(0, gecos.find(','))};
        }
        return problem;
    });
    return told;
}

/// Empty: the group has none.
std::string groupName(gid_t gid) {
    std::string name;
    withBuffer([&](std::vector<char>& buffer) {
        group entry{};
        group* found = nullptr;
        const int problem = ::getgrgid_r(gid, &entry, buffer.data(), buffer.size(), &found);
        name = problem == 0 && found != nullptr ? found->gr_name : "";
        return problem;
    });
    return name;
}

}  // namespace

std::optional<UnixAccount> unixAccount(const std::string& name) {
    return account([&](auto... more) { return ::getpwnam_r(name.c_str(), more...); });
}

std::optional<UnixAccount> unixAccount(uid_t uid) {
    return account([&](auto... more) { return ::getpwuid_r(uid, more...); });
}

std::vector<std::string> groupsOf(const UnixAccount& account) {
    std::vector<gid_t> gids(mostGroups);
    int count = mostGroups;
    if (::getgrouplist(account.name.c_str(), account.gid, gids.data(), &count) < 0) {
        throw std::runtime_error("name service: " + account.name + " is in more than " +
                                 std::to_string(mostGroups) + " groups");
    }
    gids.resize(static_cast<std::size_t>(count));
    std::vector<std::string> names;
    names.reserve(gids.size());
    for (const gid_t gid : gids) {
        names.push_back(groupName(gid));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    names.erase(std::remove(names.begin(), names.end(), ""), names.end());
    return names;
}

bool isUnixName(const std::string& name) {
    constexpr const char* first = "-+~";
    return !name.empty() && name.find_first_of(first) != 0 &&
           name.find_first_of(" :,/") == std::string::npos && name != "." && name != "..";
}

}  // namespace gatehouse
