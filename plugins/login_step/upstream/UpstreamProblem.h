// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Why somebody does not come in by a provider.
struct UpstreamProblem {
    std::string_view text;  ///< key of what the person is told; static storage
    std::string detail;  ///< for the log; none of the provider's own words

    static constexpr std::string_view away = "upstream.away";

    static UpstreamProblem failed(std::string detail) {
        return {"upstream.failed", std::move(detail)};
    }
    /// What came of asking the provider.
    static UpstreamProblem of(const Error& error) {
        return error.isTemporary() ? UpstreamProblem{away, error.detail} : failed(error.detail);
    }
};

}  // namespace gatehouse
