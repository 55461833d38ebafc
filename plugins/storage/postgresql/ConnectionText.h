// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DatabaseUrl.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// A server's keywords as the text that Poco opens a session with. Poco splits it at blanks, quoted
/// or not, so no value may hold one: `options` may be parted by tabs, and a password with blanks is
/// read from a file in memory, which lives as long as this. Holds the password: not for logs.
class ConnectionText {
public:
    explicit ConnectionText(const ServerAddress& server);
    ConnectionText(const ConnectionText&) = delete;
    ConnectionText& operator=(const ConnectionText&) = delete;
    ~ConnectionText();

    const std::string& text() const noexcept { return text_; }

    /// Can a value with blanks be handed over?
    static bool takesBlanks(std::string_view keyword);

private:
    void add(std::string_view keyword, std::string_view value);
    void addPasswordFile(std::string_view password);

    std::string text_;
    int passwordFile_ = -1;
};

}  // namespace gatehouse
