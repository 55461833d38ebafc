// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gatehouse {

/// Finds the issuer a request is for, by Host (its own, or that of its mtlsUrl) and path prefix,
/// and knows which are loaded. Threads: any.
class IssuerTable {
public:
    struct Found {
        const Issuer* issuer = nullptr;  ///< null: the path is below no issuer
        std::string_view rest;  ///< the path below the issuer
    };

    enum class HostRule {
        anyForOne,  ///< where all issuers have one host, that of the request does not matter
        always  ///< it has to be an issuer's
    };

    /// `issuers` is not empty.
    IssuerTable(std::vector<Issuer> issuers, HostRule rule);
    IssuerTable(const IssuerTable&) = delete;
    IssuerTable& operator=(const IssuerTable&) = delete;
    ~IssuerTable() = default;

    /// The longest path prefix, among the issuers whose URL names this Host.
    Found find(std::string_view host, std::string_view path) const;
    /// The issuer with exactly this path, likewise.
    const Issuer* exactly(std::string_view host, std::string_view path) const;
    const Issuer& first() const noexcept { return issuers_.front(); }

    // For issuers of this table.
    bool isLoaded(const Issuer& issuer) const noexcept { return loaded_[indexOf(issuer)]; }
    void setLoaded(const Issuer& issuer) const noexcept { loaded_[indexOf(issuer)] = true; }
    std::vector<const Issuer*> loaded() const;

private:
    using Paths = std::unordered_map<std::string_view, const Issuer*>;

    void add(std::string_view url, const Issuer& issuer);
    const Paths& pathsOf(std::string_view host) const;
    std::size_t indexOf(const Issuer& issuer) const noexcept {
        return static_cast<std::size_t>(&issuer - issuers_.data());
    }

    const std::vector<Issuer> issuers_;
    const std::unique_ptr<std::atomic<bool>[]> loaded_;
    std::unordered_map<std::string, Paths> hosts_;  // by authority in lower case
    const Paths* everywhere_ = nullptr;  // those of any host; null: each has its own
    const Paths nowhere_;
    std::size_t depth_ = 0;  // most segments of an issuer's path
};

}  // namespace gatehouse
