// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/GrantRoutes.h>
#include <gatehouse/point/HttpModule.h>

#include "DeviceAuthorization.h"
#include "DevicePage.h"

#include <chrono>
#include <optional>
#include <utility>

namespace gatehouse {

/// Owns /device and the device authorization endpoint (RFC 8628), where an issuer has the grant.
class DeviceModule final : public HttpModule {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        grant_.emplace(host, DeviceAuthorization::grant, "device.not_here");
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
        return done();
    }
    std::vector<Route> routes() override {
        auto authorization =
            grant_->endpoint(DeviceAuthorization::path, Lane::protocol, authorization_);
        authorization.allowsAnyOrigin = true;
        return {std::move(authorization),
                grant_->page("GET", DevicePage::path, page_, &DevicePage::show),
                grant_->page("POST", DevicePage::path, page_, &DevicePage::post),
                grant_->page("GET", DevicePage::donePath, page_, &DevicePage::tellEnd),
                grant_->page("GET", DevicePage::qrPath, page_, &DevicePage::qr)};
    }
    /// RFC 8628 section 4.
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        if (grant_->areAt(issuer)) {
            metadata.set("device_authorization_endpoint", issuer.url + DeviceAuthorization::path);
        }
    }

private:
    Host* host_ = nullptr;
    std::optional<GrantRoutes> grant_;
    DeviceSettings settings_;
    std::optional<GuessLimits> limits_;
    std::optional<DeviceAuthorization> authorization_;
    std::optional<DevicePage> page_;
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
