// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/point/HttpModule.h>

#include "http/IssuerTable.h"
#include "http/RouteMeter.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gatehouse {

/// Method and path, whatever its parameters are called: two routes of one key answer the same.
std::string routeKey(const Route& route);

/// The URLs of one generation. Threads: any.
///
/// A path belongs to the issuer with the longest path prefix, among those whose URL names the
/// request's Host. What is under /metrics and /api/, but not /api/oauth/, is found at the root as
/// well, whatever the issuers' paths; the operational ones only there.
class Router {
public:
    using Parameters = std::vector<std::pair<std::string, std::string>>;

    struct Entry {
        Route route;
        std::vector<std::string> segments;
        RouteMeter meter;
    };

    enum class Outcome { found, preflight, unknownPath, wrongMethod };

    struct Match {
        Outcome outcome = Outcome::unknownPath;
        const Entry* entry = nullptr;  ///< when found
        const Issuer* issuer = nullptr;  ///< never null in what find() gives
        bool isOpen = true;  ///< to scripts of any origin; so is what is not found
        bool needsLoading = false;  ///< load() must be called before the handler
        Parameters parameters;
        std::string_view pattern;  ///< the route's path, also when only other methods are answered
        std::string allow;  ///< the path's methods, when not found but known

        /// Where the handler may run, when found: loading is nothing for a loop.
        Lane lane() const noexcept {
            const Lane own = entry->route.lane;
            return needsLoading && own == Lane::loop ? Lane::protocol : own;
        }
    };
    /// Makes an issuer ready; false: it cannot be served now.
    using Loader = std::function<bool(const Context&)>;
    using HostRule = IssuerTable::HostRule;

    /// Fails when there is no issuer, a path is malformed, or two routes answer the same.
    /// `keepAlive` is what the handlers need; it lives as long as the router and must not own it.
    /// `loader` is asked once for each issuer that is asked for; without one all are ready.
    static Result<std::shared_ptr<const Router>> make(std::vector<Issuer> issuers,
                                                      std::vector<Route> routes, Metrics& metrics,
                                                      std::shared_ptr<void> keepAlive = nullptr,
                                                      Loader loader = {},
                                                      HostRule hosts = HostRule::anyForOne);

    /// `path` as sent, without query; `host` as in the Host field.
    Match find(std::string_view method, std::string_view host, std::string_view path) const;
    /// Loads the context's issuer, one of find()'s; false: it cannot be served now. On a worker.
    bool load(const Context& context) const;
    const Issuer& firstIssuer() const noexcept { return issuers_.first(); }
    /// For one that was loaded before anybody asked.
    void setLoaded(const Issuer& issuer) const noexcept { issuers_.setLoaded(issuer); }
    /// The issuers that were asked for; as long as the router.
    std::vector<const Issuer*> loaded() const { return issuers_.loaded(); }

private:
    using Place = std::vector<const Entry*>;  // who answers at one path pattern

    Router(std::vector<Issuer> issuers, HostRule hosts, std::shared_ptr<void> keepAlive,
           Loader loader);
    Status add(Route route, Metrics& metrics);
    IssuerTable::Found locate(std::string_view host, std::string_view path) const;
    const Place* placeOf(std::string_view path, Parameters& parameters) const;
    const Place* patternFor(std::string_view path, Parameters& parameters) const;

    std::shared_ptr<void> keepAlive_;  // first, so that it goes last
    IssuerTable issuers_;
    Loader loader_;
    std::vector<std::unique_ptr<Entry>> entries_;
    std::unordered_map<std::string_view, Place> fixed_;
    std::vector<Place> patterns_;  // those with "{name}" segments
};

}  // namespace gatehouse
