// SPDX-License-Identifier: Apache-2.0
#include "TargetUri.h"

#include "text/Lower.h"
#include "text/Percent.h"

#include <algorithm>
#include <optional>

namespace gatehouse {

namespace {

std::string_view withoutQuery(std::string_view uri) {
    return uri.substr(0, std::min(uri.find_first_of("?#"), uri.size()));
}

bool isUnreserved(char c) {
    return percentEncode({&c, 1}).size() == 1;
}

bool isHex(char c) {
    return std::string_view("0123456789ABCDEFabcdef").find(c) != std::string_view::npos;
}

char upper(char c) {
    return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// nullopt: a percent sign encodes nothing.
std::optional<std::string> normalPercents(std::string_view path) {
    std::string normal;
    while (!path.empty()) {
        if (path.front() != '%') {
            normal += path.front();
            path.remove_prefix(1);
            continue;
        }
        if (path.size() < 3 || !isHex(path[1]) || !isHex(path[2])) {
            return std::nullopt;
        }
        const auto decoded = percentDecode(path.substr(0, 3));
        if (decoded && isUnreserved(decoded->front())) {
            normal += decoded->front();
        } else {
            normal.append({'%', upper(path[1]), upper(path[2])});
        }
        path.remove_prefix(3);
    }
    return normal;
}

/// RFC 3986 section 5.2.4, of a path that begins with "/".
std::string withoutDots(std::string_view path) {
    std::string kept;
    while (!path.empty()) {
        const auto segment = path.substr(0, std::min(path.find('/', 1), path.size()));
        path.remove_prefix(segment.size());
        const bool isUp = segment == "/..";
        if (isUp) {
            kept.resize(kept.empty() ? 0 : kept.rfind('/'));
        }
        if (!isUp && segment != "/.") {
            kept += segment;
        } else if (path.empty()) {
            kept += '/';
        }
    }
    return kept;
}

/// A colon in the host is that of an IPv6 address in brackets.
std::string_view withoutDefaultPort(std::string_view authority, std::string_view defaultPort) {
    const auto colon = authority.rfind(':');
    if (colon == std::string_view::npos) {
        return authority;
    }
    const auto host = authority.substr(0, colon);
    const auto port = authority.substr(colon + 1);
    const bool isHost =
        host.find(':') == std::string_view::npos || (!host.empty() && host.back() == ']');
    return isHost && (port.empty() || port == defaultPort) ? host : authority;
}

}  // namespace

std::string normalTarget(std::string_view uri) {
    constexpr std::string_view mark = "://";
    uri = withoutQuery(uri);
    const auto end = uri.find(mark);
    if (end == std::string_view::npos) {
        return {};
    }
    std::string normal = lowered(uri.substr(0, end + mark.size()));
    if (normal != "https://" && normal != "http://") {
        return {};
    }
    uri.remove_prefix(normal.size());
    const auto authority = uri.substr(0, std::min(uri.find('/'), uri.size()));
    const auto path = uri.substr(authority.size());
    normal += lowered(withoutDefaultPort(authority, normal == "https://" ? "443" : "80"));
    const auto decoded = normalPercents(path.empty() ? "/" : path);
    return decoded ? normal + withoutDots(*decoded) : std::string();
}

bool isSameTarget(std::string_view htu, std::string_view target) {
    if (withoutQuery(htu) == target) {
        return true;
    }
    const auto normal = normalTarget(htu);
    return !normal.empty() && normal == normalTarget(target);
}

}  // namespace gatehouse
