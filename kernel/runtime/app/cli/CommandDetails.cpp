// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CommandDetails.h"

#include <Poco/Environment.h>

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace gatehouse {

namespace {

std::string userName() {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    const uid_t user = ::getuid();
    ::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found);
    return found != nullptr ? found->pw_name : std::to_string(user);
}

}  // namespace

ValueMap commandDetails(const Arguments& arguments, const std::string& target) {
    ValueMap details{{"command", arguments.command},
                     {"target", target},
                     {"os_user", userName()},
                     {"host", Poco::Environment::nodeName()}};
    if (const auto sudoer = Poco::Environment::get("SUDO_USER", ""); !sudoer.empty()) {
        details.set("sudo_user", sudoer);
    }
    ValueList options;
    for (const auto& option : arguments.options) {
        options.emplace_back(option.first);
    }
    details.set("options", std::move(options));
    return details;
}

}  // namespace gatehouse
