// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An IPv4 or IPv6 address; IPv4 is kept in its IPv4-mapped form, so the two never differ.
class NetworkAddress {
public:
    /// The usual forms only: "192.0.2.1", "2001:db8::1".
    static std::optional<NetworkAddress> parse(std::string_view text);
    static NetworkAddress of(const sockaddr_storage& peer) noexcept;

    std::string text() const;
    bool isIpv4() const noexcept;
    const std::array<std::uint8_t, 16>& bytes() const noexcept { return bytes_; }

private:
    std::array<std::uint8_t, 16> bytes_{};
};

/// An address block in CIDR form (RFC 4632), "10.0.0.0/8" or a single address.
class AddressRange {
public:
    static std::optional<AddressRange> parse(std::string_view text);
    bool contains(const NetworkAddress& address) const noexcept;

private:
    NetworkAddress base_;
    unsigned bits_ = 128;
};

}  // namespace gatehouse
