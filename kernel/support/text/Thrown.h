// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>

namespace gatehouse {

/// What the exception says that is being handled; a plugin may throw anything.
inline std::string whatWasThrown() {
    try {
        throw;
    } catch (const std::exception& problem) {
        return problem.what();
    } catch (...) {
        return "something that is no std::exception";
    }
}

}  // namespace gatehouse
