// SPDX-License-Identifier: Apache-2.0
#include "ServerSettings.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace gatehouse {
namespace {

template <class Number> std::optional<Number> numberOf(std::string_view text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    const bool isWhole = read.ec == std::errc{} && read.ptr == end && !text.empty();
    return isWhole ? std::optional(number) : std::nullopt;
}

/// What stands before the @, as it is written: whether Poco::URI decodes it depends on its version.
std::string_view personOf(std::string_view url) {
    const auto slashes = url.find("://");
    if (slashes == std::string_view::npos) {
        return {};
    }
    const auto begin = slashes + 3;
    const auto authority = url.substr(begin, url.find('/', begin) - begin);
    const auto end = authority.rfind('@');
    return authority.substr(0, end == std::string_view::npos ? 0 : end);
}

std::string decoded(std::string_view text) {
    std::string plain;
    Poco::URI::decode(std::string(text), plain);
    return plain;
}

}  // namespace

std::string Endpoint::text() const {
    const bool isIpv6 = host.find(':') != std::string::npos;
    return (isIpv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<ServerSettings> settingsOfUrl(const std::string& url) {
    ServerSettings settings;
    Poco::URI uri;
    try {
        uri = url;
        (void)decoded(personOf(url));
    } catch (const Poco::Exception&) {
        return Error::badInput("this is no URL; write redis://HOST:PORT/DATABASE");
    }
    settings.isTls = uri.getScheme() == "rediss";
    if ((uri.getScheme() != "redis" && !settings.isTls) || uri.getHost().empty()) {
        return Error::badInput("write redis://HOST:PORT/DATABASE, or rediss:// for TLS");
    }
    if (!uri.getRawQuery().empty() || !uri.getFragment().empty()) {
        return Error::badInput("what stands after ? or # is not understood");
    }
    settings.server.host = uri.getHost();
    if (uri.getPort() != 0) {
        settings.server.port = uri.getPort();
    }
    const std::string_view person = personOf(url);
    const auto colon = std::min(person.find(':'), person.size());
    settings.user = decoded(person.substr(0, colon));
    settings.password = Secret(decoded(person.substr(std::min(colon + 1, person.size()))));
    if (uri.getPath().size() > 1) {
        const auto database = numberOf<unsigned>(std::string_view(uri.getPath()).substr(1));
        if (!database) {
            return Error::badInput("the path is the number of a database, as in redis://HOST/0");
        }
        settings.database = *database;
    }
    return settings;
}

Result<Endpoint> endpointOf(std::string_view text, std::uint16_t defaultPort) {
    Endpoint endpoint{std::string(text), defaultPort};
    const bool isBracketed = !text.empty() && text.front() == '[';
    const auto end = isBracketed ? text.find(']') : text.rfind(':');
    if (isBracketed && end == std::string_view::npos) {
        return Error::badInput("\"" + std::string(text) + "\" has no closing bracket");
    }
    auto port = text.substr(end == std::string_view::npos ? text.size() : end);
    if (isBracketed) {
        endpoint.host = text.substr(1, end - 1);
        port.remove_prefix(1);
    } else {
        endpoint.host = text.substr(0, text.size() - port.size());
    }
    if (!port.empty()) {
        const auto number = numberOf<std::uint16_t>(port.substr(1));
        if (port.front() != ':' || !number || *number == 0) {
            return Error::badInput("\"" + std::string(text) + "\" is not HOST:PORT");
        }
        endpoint.port = *number;
    }
    if (endpoint.host.empty()) {
        return Error::badInput("\"" + std::string(text) + "\" names no host");
    }
    return endpoint;
}

}  // namespace gatehouse
