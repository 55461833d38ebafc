// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Keeps one issuer's records apart from all others': on the way in keys that people choose get the
/// issuer in front and everything is marked as its own, but for what is no issuer's; on the way out
/// that is taken off again and other issuers' records vanish.
class IssuerScope {
public:
    explicit IssuerScope(IssuerId issuer);

    std::string keyIn(std::string_view kind, std::string_view key) const;
    static Link linkIn(std::string_view kind, const Link& link);
    void markAsOwn(Batch& batch) const;

    std::string keyOut(std::string_view kind, std::string_view key) const;
    std::optional<Record> recordOut(std::optional<Record> record) const;

private:
    IssuerId issuer_;
    std::string prefix_;
};

}  // namespace gatehouse
