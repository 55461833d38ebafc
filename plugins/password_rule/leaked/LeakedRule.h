// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/PasswordRule.h>

#include <string>

namespace gatehouse {

/// Nobody chooses a password that is known from a leak: those are guessed first (NIST SP 800-63B
/// section 5.1.1.2). The file is opened for each, so that one that is put in its place counts at
/// once. Threads: any.
class LeakedRule final : public With<PasswordRule, Checkable> {
public:
    Status configure(const Config& config, Host& host) override;
    Status check() const override;
    Status start() override { return check(); }

    Result<std::string> problem(const Context& context, const User& person,
                                const Secret& password) const override;

private:
    std::string path_;
};

}  // namespace gatehouse
