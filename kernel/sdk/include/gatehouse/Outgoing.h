// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Result.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A request to another server. `Host`, `Content-Length`, `Connection` and what says how the body
/// is framed are the kernel's.
struct OutgoingRequest {
    std::string method = "GET";  ///< GET, POST, PUT, PATCH or DELETE
    std::string url;  ///< absolute; https, unless the operator allows its origin otherwise
    std::vector<Header> headers;
    std::string body;
    std::size_t mostBytes = 262'144;  ///< of the answer's body; at most 16 MiB
};

/// What the other server said, whatever its status: also a redirect, which is never followed.
struct OutgoingAnswer {
    int status = 0;
    std::vector<Header> headers;  ///< names in lower case
    std::string body;

    /// First field of this lower-case name; empty when absent.
    std::string_view header(std::string_view name) const noexcept {
        for (const auto& field : headers) {
            if (field.name == name) {
                return field.value;
            }
        }
        return {};
    }
};

/// Asks other servers, for one purpose. Threads: any; blocks until the answer is whole, the
/// context's deadline or the operator's `outgoing.timeout` has passed. So never on a route of
/// Lane::loop or Lane::protocol, and only where few wait: what can wait belongs into a job.
class OutgoingCalls {
public:
    virtual ~OutgoingCalls() = default;
    /// Fault::badInput: the request is none. Fault::notAllowed: the rules refuse where it would go
    /// (no https, or an address that is not public). Fault::unavailable: nothing was asked, since
    /// the server cannot be reached, shows no good certificate, has failed too often of late, or as
    /// many calls as allowed are under way to it. Fault::unknown: it was asked and gave no answer
    /// that is whole, in time, well-formed and of no more than `mostBytes`.
    ///
    /// A GET without headers but Accept may be answered from memory, as far as the other server
    /// allows that (RFC 9111).
    virtual Result<OutgoingAnswer> send(const Context&, const OutgoingRequest&) = 0;
};

/// The one way to other servers: https with a verified certificate, public addresses only, checked
/// where it connects; no redirects. What the operator lists under `outgoing.allow` is let through
/// in spite of that. Implemented by the kernel; grows at its end.
class Outgoing {
public:
    virtual ~Outgoing() = default;
    /// For configure(): the calls of one purpose, which is a label of the metrics: from a fixed
    /// set, lower_case, never a client's. The same name gives the same one; it lives as the Host.
    virtual OutgoingCalls& purpose(std::string_view name) = 0;
};

}  // namespace gatehouse
