// SPDX-License-Identifier: Apache-2.0
#include "text/SiteAddress.h"

#include "text/Lower.h"
#include "text/WebHost.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view secure = "https://";
constexpr std::string_view plain = "http://";

std::size_t schemeOf(std::string_view text) noexcept {
    return text.substr(0, secure.size()) == secure ? secure.size()
           : text.substr(0, plain.size()) == plain ? plain.size()
                                                   : 0;
}

bool isAddressText(char c) noexcept {
    return c > 0x20 && c < 0x7f &&
           std::string_view("\"#<>\\^`{|}").find(c) == std::string_view::npos;
}

void dropEnd(std::string& text, std::string_view end) {
    if (text.size() > end.size() &&
        std::string_view(text).substr(text.size() - end.size()) == end) {
        text.resize(text.size() - end.size());
    }
}

}  // namespace

bool isSiteAddress(std::string_view text) noexcept {
    constexpr std::size_t longest = 512;
    const auto origin = originOfAddress(text);
    if (origin.empty() || text.size() > longest ||
        !std::all_of(text.begin(), text.end(), isAddressText)) {
        return false;
    }
    const auto [host, port] = splitAuthority(origin.substr(schemeOf(text)));
    return isWebHost(host) && (!port || isWebPort(*port));
}

std::string_view originOfAddress(std::string_view address) noexcept {
    const auto begin = schemeOf(address);
    return begin == 0
               ? std::string_view()
               : address.substr(0, std::min(address.find_first_of("/?#", begin), address.size()));
}

std::string pageOrigin(std::string_view address) {
    auto origin = lowered(originOfAddress(address));
    dropEnd(origin, schemeOf(origin) == secure.size() ? ":443" : ":80");
    return origin;
}

}  // namespace gatehouse
