// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <cstdint>
#include <mutex>
#include <random>
#include <string>

namespace gatehouse::testkit {

/// The same bytes in each run, different ones each time it is asked. Not cryptographic. Threads:
/// any.
class FakeRandom final : public Random {
public:
    explicit FakeRandom(std::uint64_t seed = 20260101) : engine_(seed) {}

    std::string bytes(std::size_t count) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::string result(count, '\0');
        for (char& byte : result) {
            byte = static_cast<char>(engine_() >> 56);
        }
        return result;
    }

private:
    std::mutex mutex_;
    std::mt19937_64 engine_;
};

}  // namespace gatehouse::testkit
