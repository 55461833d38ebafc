// SPDX-License-Identifier: Apache-2.0
#include "page/ContentPolicy.h"

#include "crypto/Digest.h"
#include "text/Base64.h"

#include <algorithm>

namespace gatehouse {

namespace {

bool isHostText(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == ':' || c == '_';
    });
}

/// By their schemes when the names together would be more than proxies take as a header.
std::string sourcesOf(const std::vector<std::string>& origins) {
    constexpr std::size_t longest = 2000;
    std::string sources;
    for (const auto& origin : origins) {
        sources += " " + origin;
    }
    if (sources.size() <= longest) {
        return sources;
    }
    return sources.find(" http:") == std::string::npos ? " https:" : " https: http:";
}

}  // namespace

std::string contentSource(std::string_view content) {
    return "'sha256-" + base64(sha256(content)) + "'";
}

std::vector<std::string> inlineScripts(std::string_view html) {
    constexpr std::string_view opening = "<script>";
    std::vector<std::string> scripts;
    for (auto begin = html.find(opening); begin != std::string_view::npos;
         begin = html.find(opening, begin)) {
        begin += opening.size();
        scripts.emplace_back(html.substr(begin, html.find("</script>", begin) - begin));
    }
    return scripts;
}

std::string originOf(std::string_view url) {
    const auto mark = url.find("://");
    if (mark == std::string_view::npos) {
        return {};
    }
    const auto scheme = url.substr(0, mark);
    const auto rest = url.substr(mark + 3);
    const auto host = rest.substr(0, rest.find_first_of("/?#"));
    const bool isWeb = scheme == "https" || scheme == "http";
    return isWeb && isHostText(host) ? std::string(scheme).append("://").append(host)
                                     : std::string{};
}

std::string ContentPolicy::text() const {
    std::string policy = "default-src 'none'; style-src " + styleSource + "; img-src 'self' data:";
    if (!imageOrigin.empty()) {
        policy += " " + imageOrigin;
    }
    if (!scriptSources.empty()) {
        policy += "; script-src" + scriptSources;
    }
    if (!frameOrigins.empty()) {
        policy += "; frame-src" + sourcesOf(frameOrigins);
    }
    if (!postsElsewhere) {
        policy += "; form-action 'self'";
    }
    return policy + "; frame-ancestors 'none'; base-uri 'none'";
}

}  // namespace gatehouse
