// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>

namespace gatehouse {

/// What a client_metadata_rule has whose members are the operator's to decide: no client says them
/// of itself when it registers (RFC 7591).
class OperatorsWord {
public:
    static constexpr Capability capability{"client_metadata_rule.operators_word", 1};

    virtual ~OperatorsWord() = default;
};

}  // namespace gatehouse
