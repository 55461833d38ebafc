// SPDX-License-Identifier: Apache-2.0
#include "ConnectionText.h"

#include "PostgresFailure.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace gatehouse {
namespace {

std::string escaped(std::string_view value, std::string_view special) {
    std::string text;
    for (const char letter : value) {
        text += special.find(letter) == std::string_view::npos ? "" : "\\";
        text += letter;
    }
    return text;
}

}  // namespace

ConnectionText::ConnectionText(const ServerAddress& server) {
    add("connect_timeout", std::to_string(server.connectTimeout / seconds{1}));
    for (const auto& [keyword, value] : server.keywords) {
        if (keyword == "password" && value.find(' ') != std::string::npos) {
            addPasswordFile(value);
        } else {
            add(keyword, value);
        }
    }
}

ConnectionText::~ConnectionText() {
    if (passwordFile_ >= 0) {
        ::close(passwordFile_);
    }
}

bool ConnectionText::takesBlanks(std::string_view keyword) {
    return keyword == "password" || keyword == "options";
}

void ConnectionText::add(std::string_view keyword, std::string_view value) {
    std::string quoted = escaped(value, "'\\");
    std::replace(quoted.begin(), quoted.end(), ' ', '\t');
    text_ += (text_.empty() ? "" : " ") + std::string(keyword) + "='" + quoted + "'";
}

/// libpq takes the password from a file with fields that end in colons; a star fits everything.
void ConnectionText::addPasswordFile(std::string_view password) {
    passwordFile_ = ::memfd_create("password", MFD_CLOEXEC);
    const std::string line = "*:*:*:*:" + escaped(password, ":\\") + "\n";
    if (passwordFile_ < 0 || ::fchmod(passwordFile_, S_IRUSR | S_IWUSR) != 0 ||
        ::write(passwordFile_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        throw PostgresFailure(PostgresFailure::Kind::absent, "no memory for the password");
    }
    add("passfile", "/proc/self/fd/" + std::to_string(passwordFile_));
}

}  // namespace gatehouse
