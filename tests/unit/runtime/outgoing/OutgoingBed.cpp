// SPDX-License-Identifier: Apache-2.0
#include "OutgoingBed.h"

#include <cppunit/TestAssert.h>

#include <algorithm>
#include <utility>

namespace gatehouse {

OutgoingBed& OutgoingBed::allow(std::vector<std::string> entries) {
    auto rules = OutgoingRules::make(entries);
    CPPUNIT_ASSERT_MESSAGE(rules ? "" : rules.error().detail, bool(rules));
    settings.rules = *std::move(rules);
    return *this;
}

OutgoingBed& OutgoingBed::within(milliseconds timeout) {
    settings.timeout = timeout;
    return *this;
}

OutgoingBed& OutgoingBed::resolve(std::vector<std::vector<std::string>> answers) {
    settings.resolver = [this, answers = std::move(answers)](const std::string&, milliseconds) {
        std::vector<NetworkAddress> addresses;
        const auto turn =
            std::min<std::size_t>(static_cast<std::size_t>(lookups++), answers.size() - 1);
        for (const auto& text : answers[turn]) {
            addresses.push_back(*NetworkAddress::parse(text));
        }
        return Result<std::vector<NetworkAddress>>(addresses);
    };
    return *this;
}

std::string OutgoingBed::told(const OutgoingRequest& request) {
    const auto result = send(request);
    if (result) {
        return "answered " + std::to_string(result->status) + " " + result->body;
    }
    constexpr const char* names[] = {"bad input", "not allowed", "unavailable", "unknown",
                                     "internal"};
    return names[static_cast<int>(result.error().fault)] + (": " + result.error().detail);
}

OutgoingService& OutgoingBed::service() {
    if (!service_) {
        auto trust = TlsTrust::make(caFile);
        CPPUNIT_ASSERT_MESSAGE(trust ? "" : trust.error().detail, bool(trust));
        service_ = std::make_unique<OutgoingService>(clock, log, *std::move(trust), settings);
    }
    return *service_;
}

std::string urlOf(const TestSite& site) {
    return "http://127.0.0.1:" + std::to_string(site.port());
}

}  // namespace gatehouse
