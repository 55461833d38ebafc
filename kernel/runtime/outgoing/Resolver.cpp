// SPDX-License-Identifier: Apache-2.0
#include "outgoing/Resolver.h"

#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <utility>

namespace gatehouse {
namespace {

using Addresses = Result<std::vector<NetworkAddress>>;

constexpr int mostLookups = 16;

Addresses lookUp(const std::string& host) {
    try {
        std::vector<NetworkAddress> addresses;
        const auto entry = Poco::Net::DNS::hostByName(host);
        for (const auto& found : entry.addresses()) {
            if (const auto address = NetworkAddress::parse(found.toString())) {
                addresses.push_back(*address);
            }
        }
        return addresses;
    } catch (const Poco::Exception& problem) {
        return Error::unavailable(host + " cannot be looked up: " + problem.displayText());
    }
}

}  // namespace

Addresses systemResolver(const std::string& host, milliseconds within) {
    static std::atomic<int> underWay{0};
    if (++underWay > mostLookups) {
        --underWay;
        return Error::unavailable(host + " is not looked up: the name servers do not answer");
    }
    std::promise<Addresses> promise;
    auto found = promise.get_future();
    std::thread([host, promise = std::move(promise)]() mutable {
        promise.set_value(lookUp(host));
        --underWay;
    }).detach();
    if (found.wait_for(within) != std::future_status::ready) {
        return Error::unavailable(host + " cannot be looked up: no name server answered in time");
    }
    return found.get();
}

}  // namespace gatehouse
