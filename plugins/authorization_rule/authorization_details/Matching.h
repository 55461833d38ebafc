// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace gatehouse {

/// Gives each of those who ask something of their own: who has what another one needs gets
/// something else, if there is something.
class Matching {
public:
    /// `fits[i]`: what the one with the number i can be given, by number.
    explicit Matching(const std::vector<std::vector<std::size_t>>& fits);

    /// Has everyone something?
    bool isComplete() const noexcept { return isComplete_; }

private:
    using Fits = std::vector<std::vector<std::size_t>>;
    bool give(const Fits& fits, std::size_t to, std::vector<bool>& tried);

    std::vector<std::size_t> owners_;  ///< by what they have
    bool isComplete_ = true;
};

}  // namespace gatehouse
