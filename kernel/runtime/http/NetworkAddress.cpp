// SPDX-License-Identifier: Apache-2.0
#include "http/NetworkAddress.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace gatehouse {

namespace {

constexpr std::array<std::uint8_t, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

}  // namespace

std::optional<NetworkAddress> NetworkAddress::parse(std::string_view text) {
    const std::string copy(text);
    NetworkAddress address;
    if (copy.find('\0') != std::string::npos) {
        return std::nullopt;
    }
    if (inet_pton(AF_INET6, copy.c_str(), address.bytes_.data()) == 1) {
        return address;
    }
    if (inet_pton(AF_INET, copy.c_str(), address.bytes_.data() + mappedPrefix.size()) != 1) {
        return std::nullopt;
    }
    std::copy(mappedPrefix.begin(), mappedPrefix.end(), address.bytes_.begin());
    return address;
}

NetworkAddress NetworkAddress::of(const sockaddr_storage& peer) noexcept {
    NetworkAddress address;
    if (peer.ss_family == AF_INET6) {
        sockaddr_in6 ipv6{};
        std::memcpy(&ipv6, &peer, sizeof ipv6);
        std::memcpy(address.bytes_.data(), &ipv6.sin6_addr, sizeof ipv6.sin6_addr);
    } else {
        sockaddr_in ipv4{};
        std::memcpy(&ipv4, &peer, sizeof ipv4);
        std::copy(mappedPrefix.begin(), mappedPrefix.end(), address.bytes_.begin());
        std::memcpy(address.bytes_.data() + mappedPrefix.size(), &ipv4.sin_addr,
                    sizeof ipv4.sin_addr);
    }
    return address;
}

std::string NetworkAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    if (isIpv4()) {
        inet_ntop(AF_INET, bytes_.data() + mappedPrefix.size(), buffer.data(), buffer.size());
    } else {
        inet_ntop(AF_INET6, bytes_.data(), buffer.data(), buffer.size());
    }
    return buffer.data();
}

bool NetworkAddress::isIpv4() const noexcept {
    return std::equal(mappedPrefix.begin(), mappedPrefix.end(), bytes_.begin());
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto base = NetworkAddress::parse(text.substr(0, slash));
    if (!base) {
        return std::nullopt;
    }
    AddressRange range;
    range.base_ = *base;
    if (slash == std::string_view::npos) {
        return range;
    }
    const bool isShort = base->isIpv4() && text.find(':') == std::string_view::npos;
    const std::string_view digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size() ||
        bits > (isShort ? 32U : 128U)) {
        return std::nullopt;
    }
    range.bits_ = isShort ? bits + 96 : bits;
    return range;
}

bool AddressRange::contains(const NetworkAddress& address) const noexcept {
    const std::size_t whole = bits_ / 8;
    const unsigned rest = bits_ % 8;
    const auto& mine = base_.bytes();
    const auto& other = address.bytes();
    if (std::memcmp(mine.data(), other.data(), whole) != 0) {
        return false;
    }
    return rest == 0 || ((mine[whole] ^ other[whole]) >> (8 - rest)) == 0;
}

}  // namespace gatehouse
