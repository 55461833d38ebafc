// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <Poco/Net/Context.h>

#include <memory>
#include <string>
#include <utility>

namespace gatehouse {

/// Whose certificates are believed. Threads: any.
class TlsTrust {
public:
    /// The system's authorities, and those of the PEM file `caFile` when it is not empty: it is
    /// read as the operator's guide tells under "Whose files are taken". The system's are read when
    /// the first connection needs them.
    static Result<TlsTrust> make(const std::string& caFile);

    /// For connections to one host: TLS 1.2 or later, a certificate for just this name or address.
    Poco::Net::Context::Ptr contextFor(const std::string& host) const;
    /// What the last handshake of this thread found wrong with a certificate; empty: nothing.
    static std::string& problem();

private:
    struct Authorities;
    explicit TlsTrust(std::shared_ptr<Authorities> authorities)
        : authorities_(std::move(authorities)) {}

    std::shared_ptr<Authorities> authorities_;
};

}  // namespace gatehouse
