// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeArrivals.h>

#include "Fuzz.h"
#include "text/Utf8.h"

#include <sstream>
#include <string>

namespace gatehouse::fuzz {

/// What an import_format may make of any file.
inline void readImported(const ImportFormat& format, std::string_view input) {
    std::istringstream file{std::string(input)};
    testkit::FakeArrivals arrivals;
    const auto status = format.read(file, arrivals);
    ensure(status || (status.error().fault == Fault::badInput && !status.error().detail.empty()),
           "a file is refused with a reason");
    for (const auto& person : arrivals.people) {
        const User& user = person.newcomer.user;
        ensure(!user.login.empty() && isUtf8(user.login), "a login is a text");
        ensure(user.login.find('\0') == std::string::npos, "a login has no NUL");
        ensure(user.id.empty() || (user.id.front() == knownSubjectMark && isUtf8(user.id)),
               "an id is one of a subject");
    }
    for (const auto& client : arrivals.clients) {
        ensure(!client.metadata.text("client_id").empty(), "a client has an id");
        ensure(!client.metadata.contains("client_secret"), "a secret is kept as one");
    }
}

}  // namespace gatehouse::fuzz
