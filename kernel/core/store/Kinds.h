// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gatehouse {

/// How the records of a kind are kept.
struct KindRule {
    const char* name;
    bool isDurable;  ///< must not be lost; the others only pass
    bool isScoped;  ///< its keys are chosen by people: kept apart by issuer
    bool isListedByIssuer;  ///< all of an issuer's records are asked for
    bool isOfAll = false;  ///< no issuer's, also in a batch of one
    bool isMark = false;  ///< a replay mark of a plugin
};

/// The rule of this kind; one that is not in the table is durable and scoped, but replay marks of
/// other plugins pass.
const KindRule& kindRule(std::string_view kind) noexcept;

}  // namespace gatehouse
