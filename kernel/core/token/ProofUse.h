// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Possession.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>

#include <cstddef>
#include <string>
#include <variant>

namespace gatehouse {

/// The mark of a proof on its way into the storage: with what is given for the proof, or by itself.
struct ProofUse {
    std::string kind;  ///< of the record, as the storage has it
    UseMark mark;

    /// The batch is then applied only if the proof was not used before. Its place among what the
    /// batch expects.
    std::size_t addTo(Batch& batch) const;
    /// What is told when that was not so.
    OAuthError refusal(const Outcome& outcome) const;
    /// Writes it by itself.
    Result<std::monostate, OAuthError> write(const Context& context, Records& records) const;
};

}  // namespace gatehouse
