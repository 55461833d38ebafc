// SPDX-License-Identifier: Apache-2.0
#include "outgoing/OutgoingUrl.h"

#include "http/HttpGrammar.h"
#include "text/Lower.h"
#include "text/WebHost.h"

#include <algorithm>
#include <charconv>

namespace gatehouse {
namespace {

constexpr std::uint16_t httpPort = 80;
constexpr std::uint16_t httpsPort = 443;

bool takeScheme(std::string_view& text, std::string_view scheme) {
    if (!equalsIgnoringCase(text.substr(0, scheme.size()), scheme)) {
        return false;
    }
    text.remove_prefix(scheme.size());
    return true;
}

}  // namespace

Result<OutgoingUrl> OutgoingUrl::parse(std::string_view text) {
    const auto wrong = [](const char* why) {
        return Error::badInput(std::string("not a URL that can be asked: ") + why);
    };
    OutgoingUrl url;
    url.isSecure = takeScheme(text, "https://");
    if (!url.isSecure && !takeScheme(text, "http://")) {
        return wrong("https:// is missing");
    }
    const auto end = std::min(text.find_first_of("/?#\\"), text.size());
    const auto [host, port] = splitAuthority(text.substr(0, end));
    if (!isWebHost(host) || (port && !isWebPort(*port))) {
        return wrong("no host, or a wrong one");
    }
    url.host = lowered(host);
    url.port = url.isSecure ? httpsPort : httpPort;
    if (port) {
        std::from_chars(port->data(), port->data() + port->size(), url.port);
    }
    text.remove_prefix(end);
    url.target = text.empty() || text.front() != '/' ? "/" : "";
    url.target += text;
    if (!isVisible(url.target) || url.target.find('\\') != std::string::npos) {
        return wrong("a character that cannot stand in its path");
    }
    return url;
}

std::string OutgoingUrl::origin() const {
    return (isSecure ? "https://" : "http://") + host + ":" + std::to_string(port);
}

std::string OutgoingUrl::authority() const {
    return port == (isSecure ? httpsPort : httpPort) ? host : host + ":" + std::to_string(port);
}

std::string_view OutgoingUrl::bareHost() const noexcept {
    const std::string_view all = host;
    return all.front() == '[' ? all.substr(1, all.size() - 2) : all;
}

}  // namespace gatehouse
