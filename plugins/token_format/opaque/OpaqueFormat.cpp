// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/KeepsPlainNames.h>
#include <gatehouse/Records.h>
#include <gatehouse/point/TokenFormat.h>

#include "json/Json.h"
#include "json/JsonWriter.h"
#include "json/Members.h"
#include "text/Base64Url.h"

namespace gatehouse {

namespace {

constexpr std::string_view kind = "access_token";
constexpr std::size_t verifierSize = 32;

/// The ordered selector at the end of the token's id: the record's key, so that inserts go to the
/// end of the tree.
std::string selectorOf(std::string_view id) {
    const auto dot = id.rfind('.');
    return fromBase64url(dot == std::string_view::npos ? id : id.substr(dot + 1)).value_or("");
}

void putText(JsonWriter& kept, std::string_view name, const std::string& text) {
    if (!text.empty()) {
        kept.text(name, text);
    }
}

std::string payloadOf(const AccessToken& token, std::string_view hash) {
    JsonWriter kept;
    kept.text("hash", hash)
        .text("jti", token.id)
        .text("client", token.clientId)
        .text("sub", token.subject.sub)
        .list("aud", token.audience)
        .number("iat", toSeconds(token.issuedAt))
        .number("exp", toSeconds(token.expires));
    putText(kept, "scope", token.scopes.text());
    putText(kept, "store", token.subject.store);
    putText(kept, "id", token.subject.id);
    putText(kept, "acr", token.authentication.acr);
    if (!token.confirmation.empty()) {
        kept.value("cnf", token.confirmation);
    }
    if (!token.authentication.amr.empty()) {
        kept.list("amr", token.authentication.amr);
    }
    if (token.authentication.time != TimePoint{}) {
        kept.number("auth_time", toSeconds(token.authentication.time));
    }
    if (!token.claims.empty()) {
        kept.value("claims", token.claims);
    }
    return kept.finish();
}

TokenClaim claimFrom(const Record& record, const ValueMap& kept) {
    TokenClaim claim;
    claim.id = kept.text("jti");
    claim.family = record.family;
    claim.subject = {std::string(kept.text("sub")), std::string(kept.text("store")),
                     std::string(kept.text("id"))};
    claim.clientId = kept.text("client");
    claim.audience = textsOf(kept.find("aud"));
    claim.scopes = ScopeSet::parse(kept.text("scope"));
    claim.issuedAt = fromSeconds(numberOf(kept, "iat"));
    claim.expires = fromSeconds(numberOf(kept, "exp"));
    claim.authentication.time = fromSeconds(numberOf(kept, "auth_time"));
    claim.authentication.acr = kept.text("acr");
    claim.authentication.amr = textsOf(kept.find("amr"));
    claim.confirmation = objectOf(kept, "cnf");
    claim.claims = objectOf(kept, "claims");
    claim.recordKind = kind;
    claim.recordKey = record.key;
    return claim;
}

}  // namespace

/// Access tokens that say nothing: base64url(selector, 256 random bits), of which only a keyed hash
/// is kept.
class OpaqueFormat final : public With<TokenFormat, KeepsPlainNames> {
public:
    Status configure(const Config& /*config*/, Host& host) override {
        host_ = &host;
        return done();
    }

    Result<std::string> write(const Context& /*context*/, const AccessToken& token,
                              Batch& batch) const override {
        const std::string verifier = host_->random().bytes(verifierSize);
        Record record;
        record.kind = kind;
        record.key = selectorOf(token.id);
        record.family = token.family;
        record.expires = token.expires;
        record.payload = payloadOf(token, hashOf(verifier));
        std::string text = base64url(record.key + verifier);
        batch.puts.push_back(std::move(record));
        return text;
    }

    Result<std::optional<TokenClaim>> read(const Context& context,
                                           std::string_view text) const override {
        const auto bytes = fromBase64url(text);
        if (!bytes || bytes->size() <= verifierSize) {
            return std::optional<TokenClaim>();
        }
        const auto selector = std::string_view(*bytes).substr(0, bytes->size() - verifierSize);
        auto record = host_->records().find(context, kind, selector);
        if (!record) {
            return record.error();
        }
        const auto kept = *record ? parseJson((*record)->payload) : std::nullopt;
        if (!kept || kept->map() == nullptr) {
            return std::optional<TokenClaim>();
        }
        const auto verifier = std::string_view(*bytes).substr(selector.size());
        if (!host_->crypto().equal(kept->map()->text("hash"), hashOf(verifier))) {
            return std::optional<TokenClaim>();
        }
        return std::optional<TokenClaim>(claimFrom(**record, *kept->map()));
    }

private:
    std::string hashOf(std::string_view verifier) const {
        return base64url(host_->crypto().mac(kind, verifier));
    }

    Host* host_ = nullptr;
};

constexpr const char* needs[] = {"storage"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::OpaqueFormat, "opaque", "0.1.0",
                 "Access tokens that only this server can read", gatehouse::needs)
