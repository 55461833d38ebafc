// SPDX-License-Identifier: Apache-2.0
#include "Accounts.h"

#include <grp.h>
#include <pwd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

namespace gatehouse {

std::vector<UnixAccount>& accounts() {
    static std::vector<UnixAccount> all;
    return all;
}

int& nameServiceProblem() {
    static int problem = 0;
    return problem;
}

namespace {

template <class Is>
int answer(Is is, passwd* entry, char* buffer, std::size_t size, passwd** found) {
    *found = nullptr;
    if (nameServiceProblem() != 0) {
        return nameServiceProblem();
    }
    const auto known = std::find_if(accounts().begin(), accounts().end(), is);
    if (known == accounts().end()) {
        return 0;
    }
    const std::string text = known->name + '\0' + known->fullName + '\0';
    if (text.size() > size) {
        return ERANGE;
    }
    std::memcpy(buffer, text.data(), text.size());
    *entry = {};
    entry->pw_name = buffer;
    entry->pw_uid = known->uid;
    entry->pw_gid = known->gid;
    entry->pw_gecos = buffer + known->name.size() + 1;
    *found = entry;
    return 0;
}

}  // namespace

}  // namespace gatehouse

extern "C" int getpwnam_r(const char* name, passwd* entry, char* buffer, std::size_t size,
                          passwd** found) {
    return gatehouse::answer([&](const auto& account) { return account.name == name; }, entry,
                             buffer, size, found);
}

extern "C" int getpwuid_r(uid_t uid, passwd* entry, char* buffer, std::size_t size,
                          passwd** found) {
    return gatehouse::answer([&](const auto& account) { return account.uid == uid; }, entry, buffer,
                             size, found);
}

extern "C" int getgrgid_r(gid_t gid, group* entry, char* buffer, std::size_t size, group** found) {
    const std::string name = gid == 100 ? "users" : gid == 101 ? "" : "g" + std::to_string(gid);
    *found = nullptr;
    if (name.size() >= size) {
        return ERANGE;
    }
    std::memcpy(buffer, name.c_str(), name.size() + 1);
    *entry = {};
    entry->gr_name = buffer;
    *found = entry;
    return 0;
}

extern "C" int getgrouplist(const char* name, gid_t gid, gid_t* groups, int* count) {
    if (std::strcmp(name, "everywhere") == 0) {
        *count = 1001;
        return -1;
    }
    groups[0] = gid;
    groups[1] = 101;
    groups[2] = 7;
    groups[3] = 7;
    *count = 4;
    return *count;
}
