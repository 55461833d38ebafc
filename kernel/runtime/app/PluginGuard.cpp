// SPDX-License-Identifier: Apache-2.0
#include "app/PluginGuard.h"

#include "text/Thrown.h"

#include <atomic>
#include <utility>

namespace gatehouse {

namespace {

/// Shared by the copies of a handler.
class Guard {
public:
    Guard(Counter& exceptions, Log& log) : exceptions_(exceptions), log_(log) {}

    void caught(const Context& context, const std::string& what) {
        exceptions_.add();
        if (!wasLogged_.exchange(true)) {
            log_.write(context, Level::error,
                       "an exception left the plugin while serving: " + what +
                           "; further ones are only counted");
        }
    }

private:
    Counter& exceptions_;
    Log& log_;
    std::atomic<bool> wasLogged_{false};
};

}  // namespace

Handler guarded(Handler handler, const std::string& plugin, Metrics& metrics, Log& log) {
    auto& exceptions =
        metrics.counter("gatehouse_plugin_exceptions_total",
                        "Exceptions that left a plugin while serving", {{"plugin", plugin}});
    auto guard = std::make_shared<Guard>(exceptions, log);
    return
        [handler = std::move(handler), guard](const Context& context, const HttpRequest& request) {
            try {
                return handler(context, request);
            } catch (...) {
                guard->caught(context, whatWasThrown());
                throw;
            }
        };
}

}  // namespace gatehouse
