// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/LoneStorage.h"

#include <cstddef>
#include <functional>
#include <string>

namespace gatehouse {

/// What a storage holds, to compare it with another. The digest does not depend on the order.
struct StorageDigest {
    std::size_t records = 0;
    std::string digest = std::string(32, '\0');  ///< the SHA-256 of each record, combined

    bool operator==(const StorageDigest& other) const {
        return records == other.records && digest == other.digest;
    }
};

/// Called with the number of records so far, now and then.
using Progress = std::function<void(std::size_t)>;

/// Copies all records and notices into an empty storage, which is marked as unfinished before. Both
/// are started. Failures of either end with a CommandFailure.
StorageDigest copyStorage(const LoneStorage& from, const LoneStorage& to, const Progress& progress);

/// The mark is left out.
StorageDigest digestOf(const LoneStorage& storage);

/// The copy is whole: takes the mark away.
void finishCopy(const LoneStorage& to);

}  // namespace gatehouse
