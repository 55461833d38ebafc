// SPDX-License-Identifier: Apache-2.0
#include "http/Router.h"

#include "http/HttpGrammar.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>
#include <optional>

namespace gatehouse {

namespace {

bool startsWith(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

bool isOperational(std::string_view path) {
    return path == "/metrics" || path == "/api/healthz" || path == "/api/readyz";
}

bool isOfTheProcess(std::string_view path) {
    return path == "/metrics" || (startsWith(path, "/api/") && !startsWith(path, "/api/oauth/"));
}

/// "" when the path is not of the path-inserted form (RFC 8414 section 3.1).
std::string_view wellKnownName(std::string_view path) {
    for (const std::string_view name :
         {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"}) {
        if (startsWith(path, name) && path.size() > name.size() + 1 && path[name.size()] == '/') {
            return name;
        }
    }
    return {};
}

bool isParameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        const auto end = path.find('/', 1);
        segments.emplace_back(path.substr(1, end == std::string_view::npos ? end : end - 1));
        path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
    }
    return segments;
}

bool isPattern(const Router::Entry& entry) {
    return std::any_of(entry.segments.begin(), entry.segments.end(), isParameter);
}

/// Same path, whatever the parameters are called.
bool sharesPlace(const Router::Entry& left, const Router::Entry& right) {
    return std::equal(left.segments.begin(), left.segments.end(), right.segments.begin(),
                      right.segments.end(), [](const auto& one, const auto& other) {
                          return one == other || (isParameter(one) && isParameter(other));
                      });
}

/// RFC 3986 section 2.1. Nothing for what no segment may hold: nothing at all, '/', NUL.
std::optional<std::string> decodeSegment(std::string_view segment) {
    std::string plain;
    try {
        Poco::URI::decode(std::string(segment), plain);
    } catch (const Poco::Exception&) {
        return std::nullopt;
    }
    if (plain.empty() || plain.find_first_of(std::string_view("/\0", 2)) != std::string::npos) {
        return std::nullopt;
    }
    return plain;
}

bool fits(const Router::Entry& entry, std::string_view path, Router::Parameters& parameters) {
    parameters.clear();
    for (const auto& segment : entry.segments) {
        if (path.empty()) {
            return false;
        }
        const auto end = std::min(path.find('/', 1), path.size());
        const std::string_view sent = path.substr(1, end - 1);
        path.remove_prefix(end);
        if (!isParameter(segment)) {
            if (sent != segment) {
                return false;
            }
            continue;
        }
        auto plain = decodeSegment(sent);
        if (!plain) {
            return false;
        }
        parameters.emplace_back(segment.substr(1, segment.size() - 2), std::move(*plain));
    }
    return path.empty();
}

const Router::Entry* answering(const std::vector<const Router::Entry*>& place,
                               std::string_view method) {
    for (const auto* entry : place) {
        if (entry->route.method == method) {
            return entry;
        }
    }
    if (method != "HEAD") {
        return nullptr;
    }
    const auto* get = answering(place, "GET");
    return get != nullptr && get->route.hasEffects ? nullptr : get;
}

bool allowsAnyOrigin(const std::vector<const Router::Entry*>& place) {
    return std::any_of(place.begin(), place.end(),
                       [](const auto* entry) { return entry->route.allowsAnyOrigin; });
}

std::string methodsOf(const std::vector<const Router::Entry*>& place) {
    std::string methods;
    for (const auto* entry : place) {
        methods += (methods.empty() ? "" : ", ") + entry->route.method;
    }
    const bool hasOwnHead = answering(place, "HEAD") != answering(place, "GET");
    methods += answering(place, "GET") != nullptr && !hasOwnHead ? ", HEAD" : "";
    return methods + (allowsAnyOrigin(place) ? ", OPTIONS" : "");
}

}  // namespace

std::string routeKey(const Route& route) {
    std::string key = route.method + " ";
    for (const auto& segment : split(route.path)) {
        key += "/" + (isParameter(segment) ? "{}" : segment);
    }
    return key;
}

Router::Router(std::vector<Issuer> issuers, HostRule hosts, std::shared_ptr<void> keepAlive,
               Loader loader)
    : keepAlive_(std::move(keepAlive)), issuers_(std::move(issuers), hosts),
      loader_(std::move(loader)) {}

Result<std::shared_ptr<const Router>> Router::make(std::vector<Issuer> issuers,
                                                   std::vector<Route> routes, Metrics& metrics,
                                                   std::shared_ptr<void> keepAlive, Loader loader,
                                                   HostRule hosts) {
    if (issuers.empty()) {
        return Error::badInput("there is no issuer");
    }
    const std::shared_ptr<Router> router(
        new Router(std::move(issuers), hosts, std::move(keepAlive), std::move(loader)));
    for (auto& route : routes) {
        auto added = router->add(std::move(route), metrics);
        if (!added) {
            return added.error();
        }
    }
    return std::shared_ptr<const Router>(router);
}

Status Router::add(Route route, Metrics& metrics) {
    const std::string name = route.method + " " + route.path;
    if (!isToken(route.method) || route.path.empty() || route.path.front() != '/' ||
        !isVisible(route.path) || !route.handler) {
        return Error::badInput("malformed route " + name);
    }
    const RouteMeter meter(metrics, route.path, route.method);
    auto segments = split(route.path);
    entries_.push_back(
        std::make_unique<Entry>(Entry{std::move(route), std::move(segments), meter}));
    const Entry& entry = *entries_.back();

    Place* place = nullptr;
    if (!isPattern(entry)) {
        place = &fixed_[entry.route.path];
    } else {
        const auto same = std::find_if(patterns_.begin(), patterns_.end(), [&](const Place& other) {
            return sharesPlace(*other.front(), entry);
        });
        place = same == patterns_.end() ? &patterns_.emplace_back() : &*same;
    }
    for (const auto* other : *place) {
        if (other->route.method == entry.route.method) {
            return Error::badInput("two routes answer " + name);
        }
    }
    place->push_back(&entry);
    return done();
}

Router::Match Router::find(std::string_view method, std::string_view host,
                           std::string_view path) const {
    const auto located = locate(host, path);
    Match match;
    match.issuer = located.issuer == nullptr ? &issuers_.first() : located.issuer;
    const Place* place =
        located.issuer == nullptr ? nullptr : placeOf(located.rest, match.parameters);
    if (place == nullptr) {
        return match;
    }
    match.pattern = place->front()->route.path;
    match.entry = answering(*place, method);
    match.isOpen =
        match.entry != nullptr ? match.entry->route.allowsAnyOrigin : allowsAnyOrigin(*place);
    if (match.entry != nullptr) {
        if (match.entry != place->front() && !match.parameters.empty()) {
            fits(*match.entry, located.rest, match.parameters);  // under its own names
        }
        match.outcome = Outcome::found;
        match.needsLoading =
            loader_ && !isOfTheProcess(located.rest) && !issuers_.isLoaded(*match.issuer);
        return match;
    }
    const bool isPreflight = method == "OPTIONS" && match.isOpen;
    match.outcome = isPreflight ? Outcome::preflight : Outcome::wrongMethod;
    match.allow = methodsOf(*place);
    return match;
}

bool Router::load(const Context& context) const {
    const bool isLoaded = loader_(context);
    if (isLoaded) {
        issuers_.setLoaded(context.issuer);
    }
    return isLoaded;
}

IssuerTable::Found Router::locate(std::string_view host, std::string_view path) const {
    const std::string_view name = wellKnownName(path);
    if (!name.empty()) {
        return {issuers_.exactly(host, path.substr(name.size())), name};
    }
    auto found = issuers_.find(host, path);
    if (found.issuer == nullptr && isOfTheProcess(path)) {
        return {&issuers_.first(), path};
    }
    if (found.issuer != nullptr && found.rest.size() < path.size() && isOperational(found.rest)) {
        return {};
    }
    return found;
}

const Router::Place* Router::placeOf(std::string_view path, Parameters& parameters) const {
    const auto found = fixed_.find(path);
    return found != fixed_.end() ? &found->second : patternFor(path, parameters);
}

const Router::Place* Router::patternFor(std::string_view path, Parameters& parameters) const {
    for (const auto& place : patterns_) {
        if (fits(*place.front(), path, parameters)) {
            return &place;
        }
    }
    parameters.clear();
    return nullptr;
}

}  // namespace gatehouse
