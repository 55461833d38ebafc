// SPDX-License-Identifier: Apache-2.0
#include "Ceremony.h"

#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/WebHost.h"

namespace gatehouse {

namespace {

constexpr std::size_t challengeSize = 32;
constexpr const char* textName = "challenge";
constexpr const char* timeName = "asked";
constexpr const char* publicKey = "public-key";

ValueList descriptorsOf(const std::vector<Passkey>& passkeys) {
    ValueList list;
    for (const auto& passkey : passkeys) {
        ValueMap one{{"type", publicKey}, {"id", base64url(passkey.credentialId)}};
        if (!passkey.transports.empty()) {
            one.set("transports", listOfTexts(passkey.transports));
        }
        list.emplace_back(std::move(one));
    }
    return list;
}

ValueList algorithms() {
    ValueList list;
    for (const int algorithm : coseAlgorithms) {
        list.emplace_back(ValueMap{{"type", publicKey}, {"alg", algorithm}});
    }
    return list;
}

std::string hostOf(const Issuer& issuer) {
    constexpr std::string_view separator = "://";
    const auto origin = issuer.origin();
    return std::string(
        splitAuthority(origin.substr(origin.find(separator) + separator.size())).first);
}

}  // namespace

Challenge Challenge::make(Host& host, LoginState& state) {
    Challenge challenge{base64url(host.random().bytes(challengeSize)), host.clock().now()};
    state.kept = {{textName, challenge.text},
                  {timeName, std::int64_t{challenge.made.time_since_epoch().count()}}};
    return challenge;
}

std::optional<Challenge> Challenge::keptIn(const LoginState& state, TimePoint now) {
    Challenge challenge{std::string(state.kept.text(textName)),
                        TimePoint{milliseconds{numberOf(state.kept, timeName)}}};
    const bool isGood = !challenge.text.empty() && now < challenge.ends();
    return isGood ? std::optional(std::move(challenge)) : std::nullopt;
}

std::string rpIdOf(std::string_view set, const Issuer& issuer) {
    auto host = hostOf(issuer);
    const auto end = "." + std::string(set);
    const bool isWithin =
        host.size() > end.size() && host.compare(host.size() - end.size(), end.size(), end) == 0;
    return !set.empty() && isWithin ? std::string(set) : host;
}

ValueMap requestOptions(const Challenge& challenge, std::string_view rpId,
                        std::string_view verification, const std::vector<Passkey>& allowed) {
    return {{"challenge", challenge.text},
            {"rpId", rpId},
            {"userVerification", verification},
            {"allowCredentials", descriptorsOf(allowed)}};
}

ValueMap creationOptions(const Challenge& challenge, std::string_view rpId,
                         std::string_view verification, const NewOwner& owner,
                         const std::vector<Passkey>& excluded) {
    const auto& [handle, user] = owner;
    const auto name = user.claims.text("name");
    return {{"challenge", challenge.text},
            {"rp", ValueMap{{"id", rpId}, {"name", rpId}}},
            {"user", ValueMap{{"id", base64url(handle)},
                              {"name", user.login},
                              {"displayName", name.empty() ? user.login : name}}},
            {"pubKeyCredParams", algorithms()},
            {"excludeCredentials", descriptorsOf(excluded)},
            {"authenticatorSelection",
             ValueMap{{"residentKey", verification == "required" ? "required" : "preferred"},
                      {"requireResidentKey", verification == "required"},
                      {"userVerification", verification}}},
            {"attestation", "none"}};
}

}  // namespace gatehouse
