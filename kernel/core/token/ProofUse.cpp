// SPDX-License-Identifier: Apache-2.0
#include "token/ProofUse.h"

#include <utility>

namespace gatehouse {

std::size_t ProofUse::addTo(Batch& batch) const {
    Expect isNew{kind, mark.id, Expect::State::absent};
    isNew.since = mark.earliest;
    batch.expects.push_back(std::move(isNew));
    Record record;
    record.kind = kind;
    record.key = mark.id;
    record.expires = mark.until;
    batch.puts.push_back(std::move(record));
    return batch.expects.size() - 1;
}

OAuthError ProofUse::refusal(const Outcome& outcome) const {
    return outcome.found ? mark.again
                         : OAuthError::from(Error::unavailable(
                               "the storage has lost marks of proofs; this one may be among them"));
}

Result<std::monostate, OAuthError> ProofUse::write(const Context& context, Records& records) const {
    const auto isNew = records.once(context, kind, mark.id, mark.until, mark.earliest);
    if (!isNew) {
        return OAuthError::from(isNew.error());
    }
    return *isNew ? Result<std::monostate, OAuthError>(std::monostate{}) : mark.again;
}

}  // namespace gatehouse
