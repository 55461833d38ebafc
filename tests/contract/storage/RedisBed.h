// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "RedisServer.h"
#include "RedisStorage.h"

#include <cppunit/TestAssert.h>

#include <memory>
#include <string>

namespace gatehouse {

/// A part of its own of a redis-server that all cases share.
struct RedisBed {
    static constexpr bool survivesReopen = true;

    static RedisServer& server() {
        static RedisServer shared;
        return shared;
    }

    testkit::FakeClock& clock() { return host.fakeClock; }
    std::unique_ptr<Storage> make() { return start(server().url()); }
    std::unique_ptr<Storage> reopen(std::unique_ptr<Storage> old) {
        old->stop();
        old.reset();
        return start(server().url());
    }

    std::unique_ptr<Storage> configured(const std::string& url, ValueMap more = {}) {
        more.set("url", url);
        more.set("prefix", prefix);
        if (more.find("timeout") == nullptr) {
            more.set("timeout", "10s");
        }
        auto storage = std::make_unique<RedisStorage>();
        const Status status = storage->configure(
            testkit::FakeConfig(fieldsOf<RedisStorage>(), std::move(more)), host);
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
        return storage;
    }
    std::unique_ptr<Storage> start(const std::string& url, ValueMap more = {}) {
        auto storage = configured(url, std::move(more));
        const Status status = storage->start();
        CPPUNIT_ASSERT_MESSAGE(status ? "" : status.error().detail, bool(status));
        return storage;
    }

    static std::string nextPrefix() {
        static int number = 0;
        return "case" + std::to_string(++number) + ":";
    }

    testkit::FakeHost host;
    std::string prefix = nextPrefix();
};

}  // namespace gatehouse
