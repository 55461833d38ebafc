// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace gatehouse {

/// How an answer came, or did not.
struct ChildAnswer {
    enum class End { answered, died, hung };

    End end = End::died;
    std::string text;  ///< the answer, or how the process ended
};

/// What `ask` answers, asked in a process of its own: it may crash, end or hang without harm.
ChildAnswer askChild(const std::function<std::string()>& ask, std::chrono::seconds limit);

}  // namespace gatehouse
