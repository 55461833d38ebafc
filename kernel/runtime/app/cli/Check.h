// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/RuleOrder.h"
#include "app/cli/Arguments.h"
#include "config/Configuration.h"

#include <memory>
#include <string>

namespace gatehouse {

/// Where a command's settings come from: --config, or APP_CONFIG, and the environment.
ConfigurationInput configurationInput(const Arguments& arguments);

/// That configuration; prints every problem of it and ends with a CommandFailure.
Configuration readConfiguration(const Arguments& arguments);

/// Each warning and problem on standard error, and how many problems there are.
void printProblems(const Problems& problems);

/// The configuration read and every plugin configured, without starting or changing anything.
class Check {
public:
    explicit Check(const Arguments& arguments);
    ~Check();
    Check(const Check&) = delete;
    Check& operator=(const Check&) = delete;

    const Problems& problems() const noexcept { return problems_; }
    const Configuration& configuration() const noexcept;
    /// Every effective setting with its source, for people or as JSON.
    std::string explanation(bool isJson) const;
    /// Of authorization requests, in the order in which they are asked.
    std::vector<OrderedRule> rules() const;
    /// Where there are no problems.
    std::vector<OrderedRule> sources() const;

private:
    struct Parts;
    Problems problems_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gatehouse
