// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// A mail as its job keeps it.
struct MailText {
    std::string name;  ///< of its template
    std::string to;  ///< empty: nobody
    std::string subject;
    std::string text;
    TimePoint until{};

    Secret json() const;
    static std::optional<MailText> from(std::string_view json);
};

}  // namespace gatehouse
