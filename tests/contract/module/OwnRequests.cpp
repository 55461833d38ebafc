// SPDX-License-Identifier: Apache-2.0
#include "OwnRequests.h"

#include <string>

namespace gatehouse {
namespace {

HttpRequest get(std::string path, std::string query = {}) {
    HttpRequest request;
    request.method = "GET";
    request.path = std::move(path);
    request.query = std::move(query);
    return request;
}

HttpRequest with(HttpRequest request, std::string name, std::string value) {
    request.headers.push_back({std::move(name), std::move(value)});
    return request;
}

HttpRequest post(std::string path, std::string body = {}) {
    auto request = with(get(std::move(path)), "content-type", "application/x-www-form-urlencoded");
    request.method = "POST";
    request.body = std::move(body);
    return request;
}

HttpRequest byClient(const HttpRequest& request) {
    return with(request, "authorization", "Basic proof");
}

HttpRequest byToken(const HttpRequest& request) {
    return with(request, "authorization", "Bearer good-token");
}

std::vector<HttpRequest> pages() {
    return {with(get("/"), "accept", "text/html"),
            get("/interaction/1/login"),
            post("/interaction/1/login", "username=ada"),
            get("/interaction/return", "state=1"),
            get("/interaction/return/elsewhere", "state=1"),
            get("/interaction/1/consent"),
            post("/interaction/1/consent"),
            post("/interaction/1/cancel"),
            get("/interaction/1/restart"),
            get("/assets/icon.svg")};
}

std::vector<HttpRequest> endpoints(std::string_view module) {
    if (module == "device") {
        return {byClient(post("/api/oauth/device_authorization", "scope=openid")),
                get("/device"),
                get("/device", "user_code=wdjb-mjht"),
                get("/device/qr", "user_code=WDJBMJHT"),
                get("/device/done", "decision=allow"),
                get("/device/done", "error=access_denied")};
    }
    if (module == "introspection") {
        return {byClient(post("/api/oauth/introspect", "token=good-token")),
                byClient(post("/api/oauth/introspect", "token=good-refresh-token")),
                byClient(post("/api/oauth/introspect", "token=another")),
                byClient(post("/api/oauth/revoke", "token=good-token")),
                byClient(post("/api/oauth/revoke", "token=another"))};
    }
    if (module == "registration") {
        auto metadata = with(get("/api/oauth/register"), "content-type", "application/json");
        metadata.method = "POST";
        metadata.body = R"({"redirect_uris":["https://shop.example/callback"]})";
        return {metadata};
    }
    if (module == "token") {
        return {byClient(post("/api/oauth/token", "grant_type=authorization_code&code=good-code"))};
    }
    return {byToken(get("/api/oauth/userinfo")), byToken(post("/api/oauth/userinfo"))};
}

}  // namespace

std::vector<HttpRequest> requestsFor(std::string_view module) {
    if (module == "authorization") {
        return {get("/api/oauth/authorize", "client_id=shop"),
                post("/api/oauth/authorize", "client_id=shop&state=a%0d%0ab")};
    }
    if (module == "account") {
        std::vector<HttpRequest> requests{get("/account")};
        for (const char* page : {"", "/profile", "/password", "/ways", "/sessions", "/sites"}) {
            requests.push_back(with(get(std::string("/account") + page), "cookie", "session=ada"));
        }
        return requests;
    }
    if (module == "demo") {
        return {get("/demo"), get("/demo/login")};
    }
    if (module == "discovery") {
        return {get("/.well-known/openid-configuration"),
                get("/.well-known/oauth-authorization-server"), get("/api/oauth/jwks")};
    }
    if (module == "login") {
        return pages();
    }
    if (module == "logout") {
        return {
            get("/logout"), with(get("/logout"), "cookie", "session=ada"),
            post("/logout", "state=a%0d%0ab"),
            with(post("/logout", "decision=leave&csrf=csrf+for+logout"), "cookie", "session=ada")};
    }
    if (module == "operations") {
        return {get("/api/healthz"), get("/api/readyz"), get("/metrics")};
    }
    return endpoints(module);
}

}  // namespace gatehouse
