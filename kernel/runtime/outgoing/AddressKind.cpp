// SPDX-License-Identifier: Apache-2.0
#include "outgoing/AddressKind.h"

#include <vector>

namespace gatehouse {
namespace {

struct Special {
    AddressRange range;
    std::string_view kind;
};

/// In the order in which they are tried; what no row names is public in IPv4, and in IPv6 when it
/// is of 2000::/3, the only block that is given out (RFC 4291 section 2.4).
const std::vector<Special>& specials() {
    constexpr struct {
        const char* range;
        const char* kind;
    } rows[] = {
        {"169.254.169.254", "a cloud's metadata address"},
        {"fd00:ec2::254", "a cloud's metadata address"},
        {"0.0.0.0/8", "an unspecified address"},
        {"10.0.0.0/8", "a private address"},
        {"100.64.0.0/10", "a carrier's shared address"},
        {"127.0.0.0/8", "a loopback address"},
        {"169.254.0.0/16", "a link-local address"},
        {"172.16.0.0/12", "a private address"},
        {"192.0.0.0/24", "a reserved address"},
        {"192.0.2.0/24", "an address of documentation"},
        {"192.88.99.0/24", "a reserved address"},
        {"192.168.0.0/16", "a private address"},
        {"198.18.0.0/15", "an address of benchmarks"},
        {"198.51.100.0/24", "an address of documentation"},
        {"203.0.113.0/24", "an address of documentation"},
        {"224.0.0.0/4", "a multicast address"},
        {"240.0.0.0/4", "a reserved address"},
        {"::", "an unspecified address"},
        {"::1", "a loopback address"},
        {"fc00::/7", "a unique local address"},
        {"fe80::/10", "a link-local address"},
        {"fec0::/10", "a site-local address"},
        {"ff00::/8", "a multicast address"},
        {"2001:db8::/32", "an address of documentation"},
        {"3fff::/20", "an address of documentation"},
        {"2001::/23", "a reserved address"},
    };
    static const std::vector<Special> all = [&] {
        std::vector<Special> parsed;
        for (const auto& row : rows) {
            parsed.push_back({*AddressRange::parse(row.range), row.kind});
        }
        return parsed;
    }();
    return all;
}

/// Where an IPv6 address of a transition mechanism holds the IPv4 address it leads to.
struct Wrapping {
    AddressRange range;
    std::size_t offset;
    std::uint8_t mask;  ///< Teredo writes it inverted
};

const std::vector<Wrapping>& wrappings() {
    constexpr struct {
        const char* range;
        std::size_t offset;
        std::uint8_t mask;
    } rows[] = {
        {"::/96", 12, 0},  // IPv4-compatible, RFC 4291 section 2.5.5.1
        {"64:ff9b::/96", 12, 0},  // NAT64, RFC 6052
        {"2002::/16", 2, 0},  // 6to4, RFC 3056
        {"2001::/32", 12, 0xFF},  // Teredo, RFC 4380
    };
    static const std::vector<Wrapping> all = [&] {
        std::vector<Wrapping> parsed;
        for (const auto& row : rows) {
            parsed.push_back({*AddressRange::parse(row.range), row.offset, row.mask});
        }
        return parsed;
    }();
    return all;
}

NetworkAddress unwrapped(const NetworkAddress& address, const Wrapping& wrapping) {
    std::string text;
    for (std::size_t i = 0; i < 4; ++i) {
        const unsigned byte = address.bytes()[wrapping.offset + i] ^ wrapping.mask;
        text += (i == 0 ? "" : ".") + std::to_string(byte);
    }
    return *NetworkAddress::parse(text);
}

std::string_view listedKind(const NetworkAddress& address) {
    for (const auto& special : specials()) {
        if (special.range.contains(address)) {
            return special.kind;
        }
    }
    return {};
}

}  // namespace

std::string_view specialKind(const NetworkAddress& address) {
    static const AddressRange givenOut = *AddressRange::parse("2000::/3");
    static const AddressRange lowest = *AddressRange::parse("::/127");  // "::" and "::1"
    if (address.isIpv4() || lowest.contains(address)) {
        return listedKind(address);
    }
    for (const auto& wrapping : wrappings()) {
        if (wrapping.range.contains(address)) {
            return listedKind(unwrapped(address, wrapping));
        }
    }
    const auto kind = listedKind(address);
    return kind.empty() && !givenOut.contains(address) ? "a reserved address" : kind;
}

}  // namespace gatehouse
