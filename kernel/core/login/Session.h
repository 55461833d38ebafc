// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>
#include <gatehouse/Token.h>
#include <gatehouse/User.h>
#include <gatehouse/facade/Sessions.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

/// A browser in which somebody is signed in.
struct Session {
    std::string selector;  ///< key of the record
    std::uint64_t version = 0;  ///< of the record; 0: not written yet
    std::string hash;  ///< of the cookie's secret half
    Subject subject;
    Authentication authentication;  ///< its sessionId is the `sid` clients see
    TimePoint ends{};  ///< whatever happens
    TimePoint
        seen{};  ///< last time a client was answered from it, to the precision that saves writes
    bool isAnswered = false;  ///< the request it was opened for has its answer
    std::vector<std::string> clients;  ///< those that were; to be told when it ends
    std::vector<std::string> steps;  ///< of the login that were passed
    Browser browser;  ///< in which it was opened
};

/// A session and the person as their store knows them now.
struct SignedIn {
    Session session;
    User person;
};

}  // namespace gatehouse
