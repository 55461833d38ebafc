// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include "Parameters.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Batches as the parameters of the stored function gatehouse_apply: what stands there about steps
/// and locks is made here.
class BatchSteps {
public:
    /// The server's indexes hold no longer ones.
    static constexpr std::size_t longestKey = 1024;

    /// Fault::badInput when a key, a family or a link's value is too long.
    static Result<Parameters> parametersOf(const std::vector<Batch>& batches, TimePoint now);

private:
    void add(const Batch& batch, std::int32_t number);
    void add(const Expect& expect, const Batch& batch);
    void addPut(const Batch& batch, std::size_t index);
    void addStep(std::int32_t step, std::string_view kind, std::string_view key,
                 IssuerId issuer = 0);
    void addRest(std::uint64_t version = 0, std::string_view family = {}, TimePoint expires = never,
                 std::string_view payload = {});
    void lock(std::string_view family, bool isErased);
    Parameters take(TimePoint now);

    using Of = ArrayParameter::Of;
    std::int32_t batch_ = 0;
    std::map<std::int32_t, bool>
        locks_;  ///< by group of families: is one erased? and that of notices
    ArrayParameter batches_{Of::integer};
    ArrayParameter steps_{Of::integer};
    ArrayParameter kinds_{Of::text};
    ArrayParameter keys_{Of::bytea};
    ArrayParameter issuers_{Of::bigint};
    ArrayParameter versions_{Of::bigint};
    ArrayParameter families_{Of::bytea};
    ArrayParameter expiries_{Of::bigint};
    ArrayParameter linkEnds_{Of::integer};
    ArrayParameter linkNames_{Of::text};
    ArrayParameter linkValues_{Of::bytea};
    ArrayParameter payloads_{Of::bytea};
};

}  // namespace gatehouse
