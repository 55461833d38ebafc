// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Records.h>
#include <gatehouse/Result.h>

#include <string>

namespace gatehouse {

/// What the storage remembers of an issuer itself. Threads: any.
class IssuerRecord {
public:
    /// Outlives this.
    explicit IssuerRecord(Records& records) : records_(records) {}

    /// The issuer's first start: whose number it is, and that its people get keyed subs. False:
    /// another node was first.
    Result<bool> begin(const Context& context) const;
    /// The URL it had when it was last served; empty: it has not begun.
    Result<std::string> url(const Context& context) const;
    Status setUrl(const Context& context) const;
    /// See SubjectIds. Fault::unavailable: it has not begun.
    Result<bool> hasKeyedSubjects(const Context& context) const;

private:
    Records& records_;
};

}  // namespace gatehouse
