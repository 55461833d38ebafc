// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gatehouse {

/// Why a request is not read any further. The connection must be closed after the answer.
struct RequestRefusal {
    int status = 0;  ///< 0: not refused
    const char* reason = "";  ///< for the log; static

    explicit operator bool() const noexcept { return status != 0; }
};

}  // namespace gatehouse
