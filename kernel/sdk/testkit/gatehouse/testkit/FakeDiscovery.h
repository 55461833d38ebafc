// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Discovery.h>

#include <memory>
#include <string>

namespace gatehouse::testkit {

/// Tells the issuer alone.
class FakeDiscovery final : public Discovery {
public:
    std::shared_ptr<const std::string> document(const Issuer& issuer) const override {
        return std::make_shared<const std::string>(R"({"issuer":")" + issuer.url + R"("})");
    }
};

}  // namespace gatehouse::testkit
