// SPDX-License-Identifier: Apache-2.0
#include "BoundTokensMember.h"

#include <string>

namespace gatehouse {

namespace {

bool isTrue(const Value* value) {
    return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

Error wrong(std::string_view why) {
    return Error::badInput(std::string(boundTokensMember).append(": ").append(why));
}

}  // namespace

Status BoundTokensMember::admit(const Context& /*context*/, const ValueMap& metadata) const {
    const Value* value = metadata.find(boundTokensMember);
    if (value != nullptr && !value->isNull() && value->boolean() == nullptr) {
        return wrong("must be true or false");
    }
    // A token is bound to one thing.
    return isTrue(value) && isTrue(metadata.find("dpop_bound_access_tokens"))
               ? wrong("excludes dpop_bound_access_tokens")
               : done();
}

/// Without it nothing would bind what a client wants bound.
constexpr const char* neededByMember[] = {"token_binding.tls"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::BoundTokensMember, "tls_binding", "0.1.0",
                   "Clients whose tokens are bound to their certificate", gatehouse::neededByMember)
