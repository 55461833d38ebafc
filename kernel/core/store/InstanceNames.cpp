// SPDX-License-Identifier: Apache-2.0
#include "store/InstanceNames.h"

#include <algorithm>
#include <vector>

namespace gatehouse {

using Plain = std::vector<std::string_view>;

/// Which plain names are a plugin's own.
struct InstanceNames::Owner {
    std::string_view use;
    Plain kinds;
    Plain labels;
};

namespace {

bool holds(const Plain& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

InstanceNames::InstanceNames(std::string_view use, std::string_view instance) {
    static const Owner owners[] = {
        {"user_store.local", {"user", "user_login"}, {}},
        {"key_store.local", {"key"}, {"signing_key"}},
        {"token_format.opaque", {"access_token"}, {"access_token"}},
        {"client_auth.jwt", {"replay"}, {"client_secret"}},
        {"client_auth.secret", {}, {"client_secret"}},
    };
    for (const auto& owner : owners) {
        owner_ = owner.use == use ? &owner : owner_;
    }
    if (use != "core") {
        prefix_.append(use.substr(0, use.find('.') + 1)).append(instance).append("/");
    }
}

std::string InstanceNames::kindIn(std::string_view kind) const {
    const bool isOwn = owner_ != nullptr && holds(owner_->kinds, kind);
    return (isOwn ? std::string() : prefix_) + std::string(kind);
}

std::string InstanceNames::kindOut(std::string_view kind) const {
    const bool isPrefixed = kind.substr(0, prefix_.size()) == prefix_;
    return std::string(isPrefixed ? kind.substr(prefix_.size()) : kind);
}

std::string InstanceNames::labelIn(std::string_view label) const {
    const bool isOwn = owner_ != nullptr && holds(owner_->labels, label);
    return (isOwn ? std::string() : prefix_) + std::string(label);
}

void InstanceNames::putIn(Batch& batch) const {
    for (auto& expect : batch.expects) {
        expect.kind = kindIn(expect.kind);
    }
    for (auto& record : batch.puts) {
        record.kind = kindIn(record.kind);
    }
    for (auto& erase : batch.erases) {
        erase.kind = kindIn(erase.kind);
    }
    for (auto& notice : batch.notices) {
        notice.topic = kindIn(notice.topic);
    }
}

}  // namespace gatehouse
