// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The part of a Host that the loader fills: the other instances a plugin asked for in its `needs`.
class GivenHost : public Host {
public:
    explicit GivenHost(std::string instance);

    std::string_view instance() const noexcept override { return instance_; }

    using Given = std::map<std::string, std::vector<Named<Plugin>>, std::less<>>;
    /// By point, each in the order of the configuration; before start().
    void give(Given given) { given_ = std::move(given); }
    const Given& given() const noexcept { return given_; }
    /// Lends the plain names of its extension point to an instance that KeepsPlainNames; before
    /// configure().
    virtual void keepPlainNames() {}
    /// The plugin is about to stop: it is not called by what it was lent any more.
    virtual void end() noexcept {}

protected:
    std::vector<Named<Plugin>> find(const Point& point) override;

private:
    std::string instance_;
    Given given_;
};

}  // namespace gatehouse
