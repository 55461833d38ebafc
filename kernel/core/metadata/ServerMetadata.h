// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/point/HttpModule.h>

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

namespace gatehouse {

/// The discovery document (RFC 8414, OpenID Connect Discovery), computed from what is registered:
/// nothing is listed that is not enabled. Threads: any, after attach().
class ServerMetadata {
public:
    /// The modules whose describe() makes the document.
    void attach(std::vector<const HttpModule*> modules) { modules_ = std::move(modules); }
    /// The document as JSON, made once for each issuer.
    std::shared_ptr<const std::string> document(const Issuer& issuer) const;

private:
    std::vector<const HttpModule*> modules_;
    mutable std::shared_mutex mutex_;
    mutable std::map<IssuerId, std::shared_ptr<const std::string>> documents_;
};

}  // namespace gatehouse
