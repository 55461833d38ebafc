// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/RequestRefusal.h"

#include <string_view>

namespace gatehouse {

/// The parts of a request line (RFC 9112 section 3): views into it.
struct RequestLine {
    std::string_view method;
    std::string_view path;
    std::string_view query;  ///< without '?'
    std::string_view authority;  ///< of an absolute-form target; it replaces Host
    bool isOld = false;  ///< HTTP/1.0

    /// Reads a line without its end. Only origin-form and absolute-form targets are taken.
    RequestRefusal read(std::string_view line) noexcept;

private:
    RequestRefusal readVersion(std::string_view version) noexcept;
    RequestRefusal readTarget(std::string_view target) noexcept;
};

}  // namespace gatehouse
