// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Checkable.h>
#include <gatehouse/Commands.h>
#include <gatehouse/ConfiguredResources.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/ResourceRegistry.h>

#include "StoredResources.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The APIs that stand in the configuration, at every issuer, and those that commands have
/// registered at one.
class LocalResources final
    : public With<ResourceRegistry, Checkable, Commands, ConfiguredResources> {
public:
    using Configured = std::map<std::string, std::shared_ptr<const ProtectedResource>, std::less<>>;

    Status configure(const Config& config, Host& host) override;
    Status check() const override;
    Status start() override;
    Result<std::shared_ptr<const ProtectedResource>>
    find(const Context& context, std::string_view identifier) const override;
    std::vector<std::shared_ptr<const ProtectedResource>> configured() const override;

    std::vector<OfferedCommand> commands() const override;
    Result<Value> run(const Context& context, std::string_view name,
                      const GivenArguments& arguments) override;

private:
    Status checkFormat(const ProtectedResource& resource) const;
    Status checkAlgorithm(const ProtectedResource& resource) const;
    Result<Value> add(const Context& context, const GivenArguments& arguments) const;
    Result<Value> list(const Context& context) const;
    Result<Value> remove(const Context& context, std::string_view identifier) const;

    Host* host_ = nullptr;
    Configured configured_;
};

}  // namespace gatehouse
