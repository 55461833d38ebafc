// SPDX-License-Identifier: Apache-2.0
#include "store/IssuerScope.h"

#include "store/Kinds.h"

#include <algorithm>

namespace gatehouse {
namespace {

/// Every record of a listed kind carries it, so that an issuer's whole list is read from the index.
constexpr std::string_view listLink = "issuer";

}  // namespace

IssuerScope::IssuerScope(IssuerId issuer) : issuer_(issuer) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        prefix_ += static_cast<char>(issuer >> shift);
    }
}

std::string IssuerScope::keyIn(std::string_view kind, std::string_view key) const {
    std::string inner = kindRule(kind).isScoped ? prefix_ : std::string();
    return inner.append(key);
}

Link IssuerScope::linkIn(std::string_view kind, const Link& link) {
    const bool isWholeList = link.name.empty() && kindRule(kind).isListedByIssuer;
    return isWholeList ? Link{std::string(listLink), {}} : link;
}

void IssuerScope::markAsOwn(Batch& batch) const {
    for (auto& expect : batch.expects) {
        expect.key = keyIn(expect.kind, expect.key);
        expect.issuer = issuer_;
    }
    for (auto& erase : batch.erases) {
        erase.key = keyIn(erase.kind, erase.key);
    }
    for (auto& record : batch.puts) {
        record.key = keyIn(record.kind, record.key);
        record.issuer = kindRule(record.kind).isOfAll ? 0 : issuer_;
        if (kindRule(record.kind).isListedByIssuer) {
            record.links.push_back({std::string(listLink), {}});
        }
    }
    for (auto& notice : batch.notices) {
        notice.issuer = issuer_;
    }
}

std::string IssuerScope::keyOut(std::string_view kind, std::string_view key) const {
    return std::string(kindRule(kind).isScoped ? key.substr(std::min(prefix_.size(), key.size()))
                                               : key);
}

std::optional<Record> IssuerScope::recordOut(std::optional<Record> record) const {
    if (!record || record->issuer != issuer_) {
        return std::nullopt;
    }
    record->key = keyOut(record->kind, record->key);
    auto& links = record->links;
    links.erase(std::remove_if(links.begin(), links.end(),
                               [](const Link& link) { return link.name == listLink; }),
                links.end());
    return record;
}

}  // namespace gatehouse
