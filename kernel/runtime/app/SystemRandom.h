// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "crypto/RandomPool.h"

namespace gatehouse {

/// OpenSSL's generator.
class SystemRandom final : public Random {
public:
    std::string bytes(std::size_t count) override { return randomBytes(count); }
};

}  // namespace gatehouse
