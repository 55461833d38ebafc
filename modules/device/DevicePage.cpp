// SPDX-License-Identifier: Apache-2.0
#include "DevicePage.h"

#include <gatehouse/Web.h>

#include "UserCode.h"
#include "qr/QrCode.h"

#include <optional>

namespace gatehouse {

namespace {

constexpr std::string_view purpose = "device";
constexpr std::string_view parameter = "user_code";
constexpr int badRequest = 400;
constexpr int forbidden = 403;
constexpr int tooMany = 429;
constexpr int away = 503;

/// A code that cannot be one is not shown back.
std::string shown(std::string_view typed) {
    const auto code = userCodeFrom(typed);
    return code ? shownUserCode(*code) : std::string();
}

}  // namespace

std::string DevicePage::complete(const Issuer& issuer, std::string_view shownCode) {
    return std::string(issuer.url).append(path).append("?user_code=").append(shownCode);
}

HttpResponse DevicePage::show(const Context& context, const HttpRequest& request) const {
    const auto query = host_.web().query(request.query);
    if (!query || query->count(parameter) > 1) {
        return ask(context, request, {}, "unknown");
    }
    return ask(context, request, shown(query->text(parameter)), {});
}

HttpResponse DevicePage::ask(const Context& context, const HttpRequest& request,
                             std::string_view code, std::string_view problem) const {
    ValueMap values{{"action", context.issuer.path + path},
                    {"user_code", code},
                    {"is_wrong", !problem.empty()}};
    auto response = pages_.showForm(context, request, {"device", std::move(values)}, purpose);
    response.status = problem.empty() ? response.status : badRequest;
    return response;
}

HttpResponse DevicePage::post(const Context& context, const HttpRequest& request) const {
    const auto form = host_.web().form(request);
    if (!form || !pages_.accepts(context, request, *form, purpose)) {
        return pages_.message(context, request, "browser", forbidden);
    }
    const auto mayType = limits_.mayType(context, request.remoteAddress);
    if (!mayType) {
        return unavailable(context, request, mayType.error());
    }
    if (!*mayType) {
        return pages_.message(context, request, "device.wait", tooMany);
    }
    const auto promise = promiseOf(context, form->text(parameter));
    if (!promise) {
        return unavailable(context, request, promise.error());
    }
    return *promise ? requests_.decide(context, request, **promise)
                    : ask(context, request, shown(form->text(parameter)), "unknown");
}

/// nullopt: there is no such code, or it was opened too often.
Result<std::optional<std::string>> DevicePage::promiseOf(const Context& context,
                                                         std::string_view typed) const {
    const auto code = userCodeFrom(typed);
    auto promise = code ? codes_.find(context, *code) : std::optional<std::string>();
    if (!promise) {
        return promise;
    }
    if (!*promise) {
        const auto counted = limits_.countWrong(context);
        return counted ? promise : counted.error();
    }
    const auto mayOpen = limits_.mayOpen(context, codes_.hashOf(*code));
    if (!mayOpen) {
        return mayOpen.error();
    }
    return *mayOpen ? promise : std::optional<std::string>();
}

HttpResponse DevicePage::tellEnd(const Context& context, const HttpRequest& request) const {
    const auto query = host_.web().query(request.query).value_or(Form());
    if (query.text("decision") == "allow") {
        return pages_.message(context, request, "device.allowed", 200);
    }
    const bool isDenied = query.text("error") == OAuthCode::accessDenied;
    return pages_.message(context, request, isDenied ? "device.denied" : "device.failed",
                          isDenied ? 200 : badRequest);
}

HttpResponse DevicePage::qr(const Context& context, const HttpRequest& request) const {
    const auto query = host_.web().query(request.query);
    const auto code = query ? shown(query->text(parameter)) : std::string();
    const auto picture = code.empty() ? std::nullopt : qrCode(complete(context.issuer, code));
    if (!picture) {
        return host_.web().error(
            OAuthError::of(OAuthCode::invalidRequest, "The user_code is missing or malformed"),
            request);
    }
    HttpResponse response;
    response.set("Content-Type", "image/svg+xml");
    response.set("Content-Security-Policy", "default-src 'none'; sandbox");
    response.set("Cross-Origin-Resource-Policy", "cross-origin");
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set("Cache-Control", "no-store");
    response.body = *picture;
    return response;
}

HttpResponse DevicePage::unavailable(const Context& context, const HttpRequest& request,
                                     const Error& error) const {
    host_.log().write(context, Level::error, "user code not looked at: " + error.detail);
    return pages_.message(context, request, "unavailable", away);
}

}  // namespace gatehouse
