// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Web.h>
#include <gatehouse/point/HttpModule.h>

#include "DeviceAuthorization.h"
#include "DevicePage.h"
#include "text/Contains.h"

#include <chrono>
#include <optional>
#include <utility>

namespace gatehouse {

/// Owns /device and the device authorization endpoint (RFC 8628), where an issuer has the grant.
class DeviceModule final : public HttpModule {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        settings_.lifetime = std::chrono::duration_cast<seconds>(config.duration("expires_in"));
        settings_.interval = std::chrono::duration_cast<seconds>(config.duration("interval"));
        settings_.mostPending = config.number("most_pending");
        settings_.mostTyped = config.number("most_typed_codes");
        settings_.mostWrong = config.number("most_wrong_codes");
        return done();
    }
    Status start() override {
        limits_.emplace(*host_, settings_);
        authorization_.emplace(*host_, settings_, *limits_);
        page_.emplace(*host_, *limits_);
        pages_ = &host_->one<Pages>();
        tokens_ = &host_->one<Tokens>();
        return done();
    }
    std::vector<Route> routes() override {
        return {{"POST", DeviceAuthorization::path, Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return isOn(context.issuer) ? authorization_->post(context, request)
                                                 : notHere(request);
                 },
                 true},
                page("GET", DevicePage::path, &DevicePage::show),
                page("POST", DevicePage::path, &DevicePage::post),
                page("GET", DevicePage::donePath, &DevicePage::tellEnd),
                page("GET", DevicePage::qrPath, &DevicePage::qr)};
    }
    /// RFC 8628 section 4.
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        if (isOn(issuer)) {
            metadata.set("device_authorization_endpoint", issuer.url + DeviceAuthorization::path);
        }
    }

private:
    bool isOn(const Issuer& issuer) const {
        return contains(tokens_->grantTypes(issuer), DeviceAuthorization::grant);
    }
    HttpResponse notHere(const HttpRequest& request) const {
        auto error =
            OAuthError::of(OAuthCode::unsupportedGrantType, "This grant type is not supported");
        error.status = notFound;
        return host_->web().error(error, request);
    }
    Route page(std::string method, const char* path,
               HttpResponse (DevicePage::*answer)(const Context&, const HttpRequest&) const) const {
        return {std::move(method), path, Lane::people,
                [this, answer](const Context& context, const HttpRequest& request) {
                    return isOn(context.issuer)
                               ? ((*page_).*answer)(context, request)
                               : pages_->message(context, request, "device.not_here", notFound);
                }};
    }

    static constexpr int notFound = 404;

    Host* host_ = nullptr;
    DeviceSettings settings_;
    std::optional<GuessLimits> limits_;
    std::optional<DeviceAuthorization> authorization_;
    std::optional<DevicePage> page_;
    const Pages* pages_ = nullptr;
    const Tokens* tokens_ = nullptr;
};

constexpr Field fields[] = {
    {"expires_in", Kind::duration, byDefault("10m"), "how long codes can be used",
     between(30'000, 3'600'000)},
    {"interval", Kind::duration, byDefault("5s"), "how long a device waits between two questions",
     between(1'000, 60'000)},
    {"most_pending", Kind::number, byDefault("200"),
     "how many codes a client gets from one address within expires_in", between(1, 1'000'000)},
    {"most_typed_codes", Kind::number, byDefault("30"),
     "how many codes can be typed at one address in five minutes", between(1, 1'000'000)},
    {"most_wrong_codes", Kind::number, byDefault("10000"),
     "how many wrong codes everybody together can type in an hour; then none is looked at for a "
     "minute",
     between(1, 1'000'000'000)},
};

constexpr const char* needs[] = {"clients",  "client_auth", "pages",
                                 "requests", "tokens",      "module.login"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::DeviceModule, "device", "0.1.0",
                 "People sign devices in that have no browser", gatehouse::fields, gatehouse::needs)
