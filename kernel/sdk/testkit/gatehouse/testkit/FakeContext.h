// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>

#include <string>

namespace gatehouse::testkit {

/// A context with an issuer of its own: `FakeContext context; store.find(context, ...)`. The
/// deadline never comes unless a test sets it.
class FakeContext {
public:
    explicit FakeContext(IssuerId id = 1, std::string url = "https://id.example.org",
                         std::string path = "")
        : issuer{id, url, path} {}

    operator Context() const {  // NOLINT(google-explicit-constructor)
        return {issuer, requestId, {}, deadline, begun, remoteAddress};
    }

    Issuer issuer;
    std::string requestId = "request-1";
    SteadyPoint deadline = noDeadline;
    SteadyPoint begun = SteadyPoint::max();
    std::string remoteAddress{};
};

}  // namespace gatehouse::testkit
