// SPDX-License-Identifier: Apache-2.0
#include "TrustedJwtIssuer.h"

#include "SubjectReader.h"
#include "jose/JwtTimes.h"
#include "json/Json.h"
#include "json/Members.h"
#include "text/Contains.h"
#include "text/SiteAddress.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestId = 255;

OAuthError refused(std::string detail) {
    return OAuthError::of(OAuthCode::invalidGrant, "The assertion is not valid", std::move(detail));
}

seconds secondsOf(const Config& config, std::string_view name) {
    return std::chrono::duration_cast<seconds>(config.duration(name));
}

/// Whoever may write what a claim says has to have proven it (OpenID Connect Core section 5.1).
bool isVerified(const ValueMap& claims, const std::string& claim) {
    return (claim != "email" && claim != "phone_number") || isTrue(claims, claim + "_verified");
}

}  // namespace

Status TrustedJwtIssuer::configure(const Config& config, Host& host) {
    host_ = &host;
    issuer_ = config.text("issuer");
    algorithms_ = config.list("algorithms");
    audience_ = config.list("audience");
    types_ = config.list("types");
    longestLife_ = secondsOf(config, "longest_life");
    isSingleUse_ = config.boolean("single_use");
    const IssuerKeySet::Place place{config.text("jwks_uri"), config.text("jwks_file")};
    if (place.url.empty() == place.file.empty()) {
        return Error::badInput(config.place("issuer") +
                               ": has its keys in one place: jwks_uri or jwks_file");
    }
    if (!place.url.empty() && !isSiteAddress(place.url)) {
        return Error::badInput(config.place("jwks_uri").append(": jwks_uri: ") +
                               std::string(notASiteAddress));
    }
    auto subjects = readSubjects(config);
    if (!subjects) {
        return subjects.error();
    }
    subjects_ = *std::move(subjects);
    keys_.emplace(
        host, place,
        KnownKeySets::Times{secondsOf(config, "refetch_after"), secondsOf(config, "keep_for")});
    return done();
}

Status TrustedJwtIssuer::check() const {
    return keys_->check();
}

Status TrustedJwtIssuer::start() {
    people_ = &host_->one<People>();
    return keys_->load();
}

Result<std::optional<Vouched>, OAuthError>
TrustedJwtIssuer::vouch(const Context& context, const Client& client,
                        std::string_view assertion) const {
    const auto said = host_->jose().peek(assertion);
    if (!said || said->claims.text("iss") != issuer_) {
        return std::optional<Vouched>();
    }
    const auto jwt = verified(context, assertion, *said);
    if (!jwt) {
        return jwt.error();
    }
    if (auto problem = problemOf(context, *jwt); !problem.empty()) {
        return refused(std::move(problem));
    }
    auto vouched = vouchedFor(context, client, jwt->claims);
    return vouched ? Result<std::optional<Vouched>, OAuthError>(*std::move(vouched))
                   : vouched.error();
}

Result<VerifiedJwt, OAuthError> TrustedJwtIssuer::verified(const Context& context,
                                                           std::string_view assertion,
                                                           const VerifiedJwt& said) const {
    if (!contains(algorithms_, said.header.text("alg"))) {
        return refused("alg of the assertion is none of the issuer's algorithms");
    }
    const auto keys = keys_->find(context, said.header.text("kid"));
    if (!keys) {
        return keys.error().isTemporary() ? OAuthError::from(keys.error())
                                          : refused(keys.error().detail);
    }
    auto jwt = host_->jose().verifyWith(**keys, algorithms_, assertion);
    return jwt ? Result<VerifiedJwt, OAuthError>(*std::move(jwt))
               : refused("no key of " + issuer_ + " verifies the assertion");
}

std::string TrustedJwtIssuer::problemOf(const Context& context, const VerifiedJwt& jwt) const {
    const auto& claims = jwt.claims;
    if (!types_.empty() && !contains(types_, jwt.header.text("typ"))) {
        return "typ of the assertion is none of the issuer's types";
    }
    if (!isForUs(context.issuer, claims.find("aud"))) {
        return "aud of the assertion names somebody else than this server";
    }
    if (claims.contains("act")) {
        return "somebody acts for the subject of the assertion, and is not known here";
    }
    if (claims.contains("cnf")) {
        return "the assertion is bound, and nothing proves here to what";
    }
    if (claims.text("sub").empty() || claims.text("jti").size() > longestId) {
        return "the assertion has no sub, or a jti of more than 255 bytes";
    }
    return JwtTimes(claims, longestLife_).problem(host_->clock().now());
}

/// Whoever else is named could have got it, and show it here.
bool TrustedJwtIssuer::isForUs(const Issuer& issuer, const Value* audience) const {
    const auto named = textsOf(audience);
    return !named.empty() && std::all_of(named.begin(), named.end(), [&](const auto& name) {
        return contains(audience_, name) || name == issuer.url ||
               name == issuer.url + "/api/oauth/token";
    });
}

Result<Vouched, OAuthError> TrustedJwtIssuer::vouchedFor(const Context& context,
                                                         const Client& client,
                                                         const ValueMap& claims) const {
    const auto subject =
        std::find_if(subjects_.begin(), subjects_.end(),
                     [&](const AssertedSubject& each) { return each.isFor(client, claims); });
    if (subject == subjects_.end()) {
        return refused("the assertion is none of the subjects that this client may speak for");
    }
    Vouched vouched{Subject::of(client), subject->scopes, subject->audience, {}, claims, {}, {}};
    if (subject->isPerson) {
        auto person = personOf(context, subject->person, claims);
        if (!person) {
            return person.error();
        }
        vouched.subject = *std::move(person);
    }
    const JwtTimes times(claims, longestLife_);
    vouched.expires = times.expires();
    vouched.earliest = times.earliestUse();
    if (isSingleUse_) {
        makeSingle(vouched);
    }
    return vouched;
}

Result<Subject, OAuthError> TrustedJwtIssuer::personOf(const Context& context,
                                                       const AssertedPerson& person,
                                                       const ValueMap& claims) const {
    const auto name = std::string(claims.text(person.claim));
    if (name.empty() || !isVerified(claims, person.claim)) {
        return refused(person.claim + " of the assertion is not there, or not verified");
    }
    if (person.isId) {
        return Subject::person(person.store, name);
    }
    const auto known = people_->findByLogin(context, name);
    if (!known) {
        return OAuthError::from(known.error());
    }
    const auto& found = *known;
    return found && (person.store.empty() || found->store == person.store)
               ? Result<Subject, OAuthError>(Subject::person(found->store, found->user.id))
               : refused("nobody has the login that the assertion names");
}

/// One without jti is told by all that it says.
void TrustedJwtIssuer::makeSingle(Vouched& vouched) const {
    const auto id = vouched.claims.text("jti");
    vouched.once = issuer_ + '\n';
    vouched.once += id.empty() ? toJson(vouched.claims) : std::string(id);
}

constexpr Field fields[] = {
    {"issuer", Kind::text, required, "the `iss` of its assertions, compared character by character",
     between(1, 2048)},
    {"jwks_uri", Kind::text, optional, "where its keys are: an https address"},
    {"jwks_file", Kind::path, optional, "or a file with them, a JWK Set"},
    {"algorithms", Kind::list, byDefault("RS256,PS256,ES256,EdDSA"),
     "by which its assertions may be signed",
     oneOf("RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|EdDSA")},
    {"types", Kind::list, optional,
     "what `typ` its assertions have; any that is known when left out"},
    {"audience", Kind::list, optional,
     "what `aud` may name beside the issuer here and its token endpoint"},
    {"longest_life", Kind::duration, byDefault("1h"), "how far ahead `exp` may be at most",
     between(1'000, 30LL * 86'400'000)},
    {"single_use", Kind::boolean, byDefault("true"),
     "an assertion is taken once; false where its owner shows the same one again and again"},
    {"subjects", Kind::map, required, "which of its assertions are believed, and what for"},
    {"refetch_after", Kind::duration, byDefault("10s"),
     "least time between two fetches of its keys, unless their own is over",
     between(1'000, 3'600'000)},
    {"keep_for", Kind::duration, byDefault("1d"),
     "how long known keys are good beyond their time while its site does not give new ones",
     between(0, 30LL * 86'400'000)},
};

constexpr const char* needs[] = {"people"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::TrustedJwtIssuer, "jwt", "0.1.0",
                 "Another issuer whose assertions are believed", gatehouse::fields,
                 gatehouse::needs)
