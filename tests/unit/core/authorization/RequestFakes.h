// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// Knows one ID token, "hint", of the person "u1"; its access token is "access", and "elsewhere" is
/// the ID token of another issuer.
class HintJose final : public Jose {
public:
    Result<std::string> sign(const Context&, std::string_view, std::string_view,
                             std::string_view) override {
        return Error::internal("not here");
    }
    Result<std::optional<VerifiedJwt>> verify(const Context& context,
                                              std::string_view text) override {
        if (text == "away") {
            return Error::unavailable("no keys");
        }
        if (text != "hint" && text != "access" && text != "elsewhere") {
            return std::optional<VerifiedJwt>();
        }
        VerifiedJwt jwt{{{"typ", text == "access" ? "at+jwt" : "JWT"}},
                        {{"sub", "u1"}, {"exp", 1}}};
        jwt.claims.set("iss", text == "elsewhere" ? "https://else.example" : context.issuer.url);
        return std::optional(std::move(jwt));
    }
    std::optional<VerifiedJwt> verifyWith(const Value&, const std::vector<std::string>&,
                                          std::string_view) override {
        return std::nullopt;
    }
    std::optional<VerifiedJwt> verifyWith(const Secret&, const std::vector<std::string>&,
                                          std::string_view) override {
        return std::nullopt;
    }
    /// "form_post" and "query" are request objects that ask for this mode.
    std::optional<VerifiedJwt> peek(std::string_view text) const override {
        if (text != "form_post" && text != "query") {
            return std::nullopt;
        }
        return VerifiedJwt{{{"alg", "none"}}, {{"response_mode", text}}};
    }
    Result<std::string> encryptFor(const Value&, std::string_view, std::string_view,
                                   std::string_view, std::string_view) override {
        return Error::internal("not here");
    }
    Result<std::optional<DecryptedJwe>> decrypt(const Context&, std::string_view) override {
        return std::optional<DecryptedJwe>();
    }
    std::vector<std::string_view> decryptionAlgorithms() const override { return {}; }
    std::vector<std::string_view> signingAlgorithms() const override { return {}; }
};

/// One client for each way of being registered.
inline std::vector<Client> clients() {
    Client site;
    site.id = "site";
    site.authMethod = "client_secret_basic";
    site.redirectUris = {"https://site.example/cb"};
    site.grantTypes = {"authorization_code"};
    site.scopes = ScopeSet::parse("openid email offline_access notes.read notes.write");
    Client app = site;
    app.id = "app";
    app.authMethod = "none";
    app.redirectUris = {"http://127.0.0.1/cb", "com.example.app:/cb"};
    Client old = site;
    old.id = "old";
    old.metadata = {{"pkce", "optional"}};
    Client publicOld = old;
    publicOld.id = "public-old";
    publicOld.authMethod = "none";
    Client machine = site;
    machine.id = "machine";
    machine.grantTypes = {"client_credentials"};
    Client person = site;
    person.id = "person";
    person.scopes = ScopeSet::parse("openid email");
    Client strict = site;
    strict.id = "strict";
    strict.metadata = {{"default_max_age", 600}};
    Client hybrid = site;
    hybrid.id = "hybrid";
    hybrid.grantTypes = {"authorization_code", "implicit"};
    hybrid.metadata = {{"response_types", ValueList{"code id_token", "token id_token"}}};
    return {hybrid, strict, site, app, old, publicOld, machine, person};
}

}  // namespace gatehouse
