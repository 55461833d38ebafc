// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "store/IssuerRecord.h"

#include <map>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>

namespace gatehouse {

/// The `sub` of a person: 22 characters, the same as long as issuer, name of the user store and the
/// store's own id are. Two stores that both know a user "42" have two people.
///
/// It is made with a key of the root secret, so that nobody can try which ids it may come from. An
/// issuer begun before that was so goes on without: sites know its people by what they were told.
/// Who came from another server, into a store that takes people, has the `sub` of there: see
/// idOfSubject().
/// Threads: any; blocks on the storage once for each issuer.
class SubjectIds final : public Subjects {
public:
    /// Both outlive this.
    SubjectIds(Crypto& crypto, Records& records) : crypto_(crypto), issuers_(records) {}

    /// Fault::unavailable also before the issuer's first start.
    Result<std::string> of(const Context& context, std::string_view store,
                           std::string_view id) override;
    /// The user stores that take people, from now on.
    void takePeople(std::set<std::string, std::less<>> stores);

private:
    Result<bool> isKeyed(const Context& context);
    bool takesPeople(std::string_view store);

    Crypto& crypto_;
    IssuerRecord issuers_;
    std::shared_mutex mutex_;
    std::map<IssuerId, bool> isKeyed_;
    std::set<std::string, std::less<>> takingPeople_;
};

}  // namespace gatehouse
