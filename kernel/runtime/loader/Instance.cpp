// SPDX-License-Identifier: Apache-2.0
#include "loader/Instance.h"

#include <gatehouse/Checkable.h>
#include <gatehouse/KeepsPlainNames.h>

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>

namespace gatehouse {

Instance::Instance(InstanceSetup setup, const PluginDescriptor& descriptor,
                   std::unique_ptr<GivenHost> host)
    : setup_(std::move(setup)), descriptor_(descriptor), host_(std::move(host)) {}

Instance::~Instance() {
    stop();
}

std::optional<std::string> Instance::create() {
    return create([this] { return std::unique_ptr<Plugin>(descriptor_.create()); });
}

std::optional<std::string> Instance::create(const Maker& maker) {
    return guarded("create", [&]() -> Status {
        plugin_ = maker();
        if (plugin_ == nullptr) {
            return Error::internal("create returned nothing");
        }
        if (keepsPlainNames()) {
            host_->keepPlainNames();
        }
        return done();
    });
}

bool Instance::keepsPlainNames() const noexcept {
    return plugin_ != nullptr && capabilityOf<KeepsPlainNames>(*plugin_) != nullptr;
}

std::optional<std::string> Instance::configure() {
    return guarded("configure", [&] { return plugin_->configure(setup_.config, *host_); });
}

std::optional<std::string> Instance::check() {
    const auto* checkable = capabilityOf<Checkable>(*plugin_);
    return checkable == nullptr ? std::nullopt
                                : guarded("check", [&] { return checkable->check(); });
}

std::optional<std::string> Instance::start() {
    auto problem = guarded("start", [&] { return plugin_->start(); });
    isStarted_ = true;
    if (problem) {
        stop();
    }
    return problem;
}

void Instance::stop() noexcept {
    if (isStarted_) {
        host_->end();
        plugin_->stop();
        isStarted_ = false;
    }
}

bool Instance::needs(std::string_view name) const {
    const auto& names = descriptor_.needs;
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool Instance::sitOut(const std::string& why) {
    if (!setup_.isOptional) {
        return false;
    }
    failure_ = why;
    return true;
}

std::optional<std::string> Instance::guarded(const char* step,
                                             const std::function<Status()>& call) {
    try {
        const Status status = call();
        if (!status) {
            return status.error().detail;
        }
        return std::nullopt;
    } catch (const std::exception& thrown) {
        return std::string(step) + " threw an exception: " + thrown.what();
    } catch (...) {
        return std::string(step) + " threw something that is no std::exception";
    }
}

}  // namespace gatehouse
