// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>
#include <gatehouse/Token.h>
#include <gatehouse/point/LoginStep.h>

#include <cstdint>
#include <string>

namespace gatehouse {

/// A promise as it is stored now.
struct OpenPromise {
    std::string kind;  ///< of its record
    std::string key;
    std::uint64_t version = 0;
    std::string hash;  ///< of its text
    TimePoint until{};  ///< afterwards it is decided about no more
    TimePoint expires{};  ///< of the record: what was decided can be asked for until then
    bool isDecided = false;
    std::string grant;  ///< the `grant_type` that redeems it
    std::string clientId;
    std::string registration;
    seconds interval{0};
    std::string sealed;  ///< the request, by SealedRequests
    Page page;
    std::string returnPath;
    Subject person;  ///< who alone decides; empty: anybody
    std::string askPath;
};

}  // namespace gatehouse
