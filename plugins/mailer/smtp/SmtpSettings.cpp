// SPDX-License-Identifier: Apache-2.0
#include "SmtpSettings.h"

#include "text/DisplayName.h"
#include "text/MailAddress.h"

namespace gatehouse {

namespace {

// RFC 8314 section 3.3, RFC 6409 section 3.1, RFC 5321 section 4.5.4.2.
constexpr std::uint16_t implicitPort = 465;
constexpr std::uint16_t submissionPort = 587;
constexpr std::uint16_t relayPort = 25;

using Tls = SmtpSettings::Tls;

Tls tlsOf(const std::string& text) {
    if (text == "implicit") {
        return Tls::implicit;
    }
    return text == "none" ? Tls::none : Tls::starttls;
}

std::uint16_t usualPort(Tls tls) {
    if (tls == Tls::implicit) {
        return implicitPort;
    }
    return tls == Tls::none ? relayPort : submissionPort;
}

bool isLoopback(const std::string& host) {
    return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

Error wrong(const Config& config, const char* setting, const std::string& problem) {
    return Error::badInput(config.place(setting) + ": " + setting + ": " + problem);
}

/// What a reader of the line would take for another command, or the name of a host.
bool isHost(const std::string& host) {
    return host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  ".-:") == std::string::npos;
}

}  // namespace

Result<SmtpSettings> SmtpSettings::read(const Config& config) {
    SmtpSettings settings;
    settings.host = config.text("host");
    settings.tls = tlsOf(config.text("tls"));
    settings.port = config.has("port") ? static_cast<std::uint16_t>(config.number("port"))
                                       : usualPort(settings.tls);
    settings.caFile = config.text("ca_file");
    settings.user = config.text("user");
    settings.password = config.secret("password");
    settings.from = config.text("from");
    settings.fromName = config.text("from_name");
    settings.timeout = config.duration("timeout");
    if (settings.host.empty() || !isHost(settings.host)) {
        return wrong(config, "host", "is no name and no address of a host");
    }
    if (!isMailAddress(settings.from)) {
        return wrong(config, "from", "is no address, like login@example.org");
    }
    if (const auto problem = displayNameProblem(settings.fromName); !problem.empty()) {
        return wrong(config, "from_name", problem);
    }
    if (settings.user.empty() != settings.password.empty()) {
        return wrong(config, "user", "user and password go together");
    }
    if (settings.tls == Tls::none && !isLoopback(settings.host) &&
        !config.boolean("allow_unencrypted")) {
        return wrong(config, "tls",
                     "none sends links that let people in, and the password, for all to read; say "
                     "allow_unencrypted: true where the network in between is your own");
    }
    return settings;
}

}  // namespace gatehouse
