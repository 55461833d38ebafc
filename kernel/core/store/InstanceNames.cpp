// SPDX-License-Identifier: Apache-2.0
#include "store/InstanceNames.h"

#include "text/Contains.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace gatehouse {

using Plain = std::vector<std::string_view>;

/// The plain names of an extension point.
struct InstanceNames::PointNames {
    std::string_view point;
    Plain kinds;  ///< of its keeper
    Plain labels;  ///< of its keeper
    Plain lent;  ///< labels of the kernel that all of the point use
    Plain tickets;  ///< of its keeper
};

const InstanceNames::PointNames& InstanceNames::namesOf(std::string_view point) {
    static const PointNames none{};
    static const PointNames points[] = {
        {"user_store", {"user", "user_login"}, {}, {}, {}},
        {"key_store", {"key"}, {"signing_key"}, {}, {}},
        {"token_format", {"access_token"}, {"access_token"}, {}, {}},
        {"client_auth", {"replay"}, {}, {"client_secret"}, {}},
        {"grant", {}, {}, {}, {"authorization_code"}},
    };
    const auto* found = std::find_if(std::begin(points), std::end(points),
                                     [&](const auto& each) { return each.point == point; });
    return found == std::end(points) ? none : *found;
}

InstanceNames::InstanceNames(std::string_view use, std::string_view instance)
    : point_(namesOf(use.substr(0, use.find('.')))) {
    if (use != "core") {
        prefix_.append(use.substr(0, use.find('.') + 1)).append(instance).append("/");
    }
}

std::string InstanceNames::kindIn(std::string_view kind) const {
    const bool isPlain = keepsPlainNames_ && contains(point_.kinds, kind);
    return (isPlain ? std::string() : prefix_) + std::string(kind);
}

std::string InstanceNames::kindOut(std::string_view kind) const {
    const bool isPrefixed = kind.substr(0, prefix_.size()) == prefix_;
    return std::string(isPrefixed ? kind.substr(prefix_.size()) : kind);
}

std::string InstanceNames::labelIn(std::string_view label) const {
    const bool isPlain =
        contains(point_.lent, label) || (keepsPlainNames_ && contains(point_.labels, label));
    return (isPlain ? std::string() : prefix_) + std::string(label);
}

bool InstanceNames::isPlainTicket(std::string_view kind) const {
    return isKernel() || (keepsPlainNames_ && contains(point_.tickets, kind));
}

std::string InstanceNames::ticketIn(std::string_view kind) const {
    return isPlainTicket(kind) ? std::string(kind)
                               : std::string("ticket/").append(prefix_).append(kind);
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
