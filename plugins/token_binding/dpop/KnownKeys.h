// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProofKey.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gatehouse {

/// Keys of proofs that have held, by the first part of the proof: a client sends the same one with
/// its key each time, and to make a key ready costs half as much as to verify with it. What was
/// not asked for while `most` others came is forgotten. Threads: any.
class KnownKeys {
public:
    static constexpr std::size_t most = 512;
    static constexpr std::size_t longest = 2048;  ///< of a header; others are not kept

    /// nullptr: it is not known.
    std::shared_ptr<const ProofKey> find(const std::string& header);
    void keep(const std::string& header, std::shared_ptr<const ProofKey> key);

private:
    using Keys = std::unordered_map<std::string, std::shared_ptr<const ProofKey>>;

    /// What is `forgotten` is freed by the caller, when nobody waits for it.
    void put(const std::string& header, std::shared_ptr<const ProofKey> key, Keys& forgotten);

    std::mutex mutex_;
    Keys young_;  ///< at most `most`, as are those before
    Keys old_;
};

}  // namespace gatehouse
