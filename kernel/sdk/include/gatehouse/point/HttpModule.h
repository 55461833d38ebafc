// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Value.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Which workers run a route, so that one kind of load cannot starve another.
enum class Lane {
    loop,  ///< the event loop itself; must never block: discovery, JWKS, health
    protocol,  ///< token, introspection, revocation
    people,  ///< pages, and whatever asks a user store
    admin,
    login  ///< forms that a login step answers: they may hash a password
};

using Handler = std::function<HttpResponse(const Context&, const HttpRequest&)>;

/// A URL. The path is relative to the issuer's path; a "{name}" segment matches any one segment.
struct Route {
    std::string method;
    std::string path;
    Lane lane;
    Handler handler;
    bool allowsAnyOrigin = false;  ///< answers with `Access-Control-Allow-Origin: *` and OPTIONS;
                                   ///< never for what reads cookies
    bool hasEffects = false;  ///< a GET changes something (RFC 9110 section 9.2.1): HEAD, which is
                              ///< answered as GET elsewhere, is not allowed
};

/// Owns URLs.
class HttpModule : public Plugin {
public:
    static constexpr Point point{"module", 1, Cardinality::many};
    /// Asked after configure(), when URLs are compared, and again after start() for those that are
    /// served. Handlers are called only after start(): what they need is looked up in them.
    virtual std::vector<Route> routes() = 0;
    /// Adds its lines to the discovery document (RFC 8414 section 2).
    virtual void describe(const Issuer& /*issuer*/, ValueMap& /*metadata*/) const {}
};

}  // namespace gatehouse
