// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeRequestInHand.h>
#include <gatehouse/testkit/HostBed.h>

#include "PushedRequests.h"

#include <memory>
#include <string>

namespace gatehouse {

/// What is pushed, by a client "site" unless another is given.
struct PushBed : testkit::HostBed {
    testkit::FakeContext context;

    std::unique_ptr<PushedRequests> make(const ValueMap& settings = {}) {
        auto pushed = std::make_unique<PushedRequests>();
        (void)pushed->configure(testkit::FakeConfig(fieldsOf<PushedRequests>(), settings), host);
        return pushed;
    }
    std::string push(const PushedRequests& to, const Client& client = Site().fakeClient) {
        return *to.keep(context, client, {Form(), "sealed", seconds{900}});
    }
    using Site = testkit::FakeRequestInHand;
    static Form naming(const std::string& uri) { return Form({{"request_uri", uri}}); }
};

}  // namespace gatehouse
