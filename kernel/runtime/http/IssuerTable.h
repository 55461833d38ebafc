// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse {

/// Finds the issuer a request is for, by Host and path prefix. Immutable, so any thread may ask.
class IssuerTable {
public:
    struct Found {
        const Issuer* issuer = nullptr;  ///< null: the path is below no issuer
        std::string_view rest;  ///< the path below the issuer
    };

    /// `issuers` is not empty.
    explicit IssuerTable(std::vector<Issuer> issuers);
    IssuerTable(const IssuerTable&) = delete;
    IssuerTable& operator=(const IssuerTable&) = delete;
    ~IssuerTable() = default;

    /// The longest path prefix, among the issuers whose URL names this Host when there are such.
    Found find(std::string_view host, std::string_view path) const;
    /// The issuer with exactly this path, likewise.
    const Issuer* exactly(std::string_view host, std::string_view path) const;
    const Issuer& first() const noexcept { return issuers_.front(); }

private:
    using Paths = std::unordered_map<std::string_view, const Issuer*>;

    const Paths& pathsOf(std::string_view host) const;

    std::vector<Issuer> issuers_;
    std::unordered_map<std::string, Paths> hosts_;  // by authority in lower case
    Paths anyHost_;
    std::size_t depth_ = 0;  // most segments of an issuer's path
};

}  // namespace gatehouse
