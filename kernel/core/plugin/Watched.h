// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/OAuthError.h>

#include "text/Thrown.h"

#include <string>
#include <type_traits>
#include <utility>

namespace gatehouse {

/// A plugin that the core asks while it serves. An exception that leaves it is counted, and is a
/// failure with its name for the log. Threads: any.
template <class P> class Watched {
public:
    Watched(Host& host, const Host::Named<P>& named)
        : name_(named.name), plugin_(named.plugin),
          label_(std::string(P::point.name) + "." + named.name),
          exceptions_(&host.metrics().counter("gatehouse_plugin_exceptions_total",
                                              "Exceptions that left a plugin while serving",
                                              {{"plugin", label_}})) {}

    /// The instance's.
    const std::string& name() const noexcept { return name_; }
    /// For what it says without throwing.
    const P& plugin() const noexcept { return *plugin_; }
    /// What `call` makes of the plugin: a Result.
    template <class Call>
    auto ask(const Call& call) const -> decltype(call(std::declval<const P&>())) {
        try {
            return call(*plugin_);
        } catch (...) {
            exceptions_->add();
            const auto error = fault("an exception left it: " + whatWasThrown());
            using Answer = decltype(call(*plugin_));
            if constexpr (std::is_constructible_v<Answer, Error>) {
                return error;
            } else {
                return OAuthError::from(error);
            }
        }
    }
    /// It is not as it should be.
    Error fault(const std::string& what) const { return Error::internal(label_ + ": " + what); }

private:
    std::string name_;
    P* plugin_;
    std::string label_;
    Counter* exceptions_;
};

}  // namespace gatehouse
