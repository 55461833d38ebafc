// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Checkable.h>
#include <gatehouse/Commands.h>
#include <gatehouse/point/HttpModule.h>

#include "Journal.h"
#include "ManagementEndpoint.h"
#include "Registrar.h"
#include "RegistrationEndpoint.h"
#include "Settings.h"
#include "SoftwareStatements.h"
#include "TokenCommands.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

using Texts = std::vector<std::string>;

Texts orElse(Texts texts, Texts otherwise) {
    return texts.empty() ? std::move(otherwise) : std::move(texts);
}

RegistrationSettings settingsOf(const Config& config) {
    RegistrationSettings settings;
    settings.isOpen = config.text("access") == "open";
    settings.policy = {orElse(config.list("scopes"),
                              {"openid", "profile", "email", "address", "phone", "offline_access"}),
                       orElse(config.list("grants"), {"authorization_code", "refresh_token"}),
                       config.list("redirect_hosts")};
    settings.needsPkce = config.text("pkce") == "required";
    settings.unusedAfter = std::chrono::duration_cast<seconds>(config.duration("unused_after"));
    settings.quota = {config.number("most_per_address"), config.number("most"),
                      config.number("most_managed_per_address"),
                      std::chrono::duration_cast<seconds>(config.duration("window"))};
    return settings;
}

}  // namespace

/// Owns /api/oauth/register.
class RegistrationModule final : public With<HttpModule, Commands, Checkable> {
public:
    Status configure(const Config& config, Host& host) override {
        host_ = &host;
        settings_ = settingsOf(config);
        statements_ = SoftwareStatements(config.map("software_statements"));
        journal_.emplace(host);
        return settings_.policy.check();
    }
    Status check() const override { return statements_.check(); }
    Status start() override {
        registrar_.emplace(*host_, settings_, statements_);
        quota_.emplace(*host_, settings_.quota);
        registration_.emplace(*host_, settings_, *quota_, *registrar_, *journal_);
        management_.emplace(*host_, *quota_, *registrar_, *journal_);
        return statements_.load();
    }

    std::vector<Route> routes() override {
        const auto self = "/api/oauth/register/{client_id}";
        return {{"POST", "/api/oauth/register", Lane::protocol,
                 [this](const Context& context, const HttpRequest& request) {
                     return registration_->post(context, request);
                 },
                 true},
                managed("GET", self, &ManagementEndpoint::get),
                managed("PUT", self, &ManagementEndpoint::put),
                managed("DELETE", self, &ManagementEndpoint::remove)};
    }
    void describe(const Issuer& issuer, ValueMap& metadata) const override {
        metadata.set("registration_endpoint", issuer.url + "/api/oauth/register");
    }

    std::vector<OfferedCommand> commands() const override { return tokenCommands(); }
    Result<Value> run(const Context& context, std::string_view name,
                      const GivenArguments& arguments) override {
        return runTokenCommand(*host_, context, name, arguments);
    }

private:
    Route managed(std::string method, std::string path,
                  HttpResponse (ManagementEndpoint::*answer)(const Context&, const HttpRequest&)
                      const) const {
        return {std::move(method), std::move(path), Lane::protocol,
                [this, answer](const Context& context, const HttpRequest& request) {
                    return ((*management_).*answer)(context, request);
                },
                true};
    }

    Host* host_ = nullptr;
    RegistrationSettings settings_;
    SoftwareStatements statements_;
    std::optional<Journal> journal_;
    std::optional<Registrar> registrar_;
    std::optional<Quota> quota_;
    std::optional<RegistrationEndpoint> registration_;
    std::optional<ManagementEndpoint> management_;
};

constexpr Field fields[] = {
    {"access", Kind::text, byDefault("initial_access_token"),
     "who may register a client: who has a token of `gatehouse registration-token`, or everybody",
     oneOf("initial_access_token|open")},
    {"scopes", Kind::list, optional,
     "what such clients may ask for at most; when not set what OpenID Connect defines, and "
     "offline_access"},
    {"grants", Kind::list, optional,
     "grants they may use; authorization_code and refresh_token when not set"},
    {"redirect_hosts", Kind::list, optional,
     "hosts of their redirect URIs, *.example.com for all below one; any when not set"},
    {"pkce", Kind::text, byDefault("required"), "optional: those with a secret may do without",
     oneOf("required|optional")},
    {"unused_after", Kind::duration, byDefault("1d"),
     "how long one stays that never gets a code or token; 0s: for good",
     between(0, 366LL * 86'400'000)},
    {"most_per_address", Kind::number, byDefault("20"),
     "registrations of one address in a window, refused ones too", between(1, 1'000'000'000)},
    {"most", Kind::number, byDefault("1000"), "registrations in a window in all",
     between(1, 1'000'000'000)},
    {"most_managed_per_address", Kind::number, byDefault("300"),
     "requests of one address in a window to read, change or remove registrations, refused ones "
     "too",
     between(1, 1'000'000'000)},
    {"window", Kind::duration, byDefault("1h"), "in how long", between(1'000, 7LL * 86'400'000)},
    {"software_statements", Kind::map, optional,
     "whose software statements are taken: the `iss` of each, and a file with its JWK Set"},
};

constexpr const char* needs[] = {"clients", "storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::RegistrationModule, "registration", "0.1.0",
                 "Clients that register themselves", gatehouse::fields, gatehouse::needs)
