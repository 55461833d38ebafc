// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include <cstdint>
#include <string>

namespace gatehouse {

/// How the server that takes mails is spoken to.
struct SmtpSettings {
    enum class Tls { starttls, implicit, none };

    std::string host;
    std::uint16_t port = 0;
    Tls tls = Tls::starttls;
    std::string caFile;
    std::string user;  ///< empty: it asks nobody who they are
    Secret password;
    std::string from;  ///< an address
    std::string fromName;
    milliseconds timeout{0};  ///< for one mail

    static Result<SmtpSettings> read(const Config& config);
    /// "host:port", for messages.
    std::string place() const { return host + ":" + std::to_string(port); }
};

}  // namespace gatehouse
