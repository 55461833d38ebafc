// SPDX-License-Identifier: Apache-2.0
#include "SessionState.h"

#include <gatehouse/Web.h>

#include "text/Base64Url.h"
#include "text/Hex.h"
#include "text/SiteAddress.h"

namespace gatehouse {

namespace {

constexpr std::size_t saltSize = 12;
constexpr std::string_view cookiePurpose = "state";

}  // namespace

Status SessionState::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Result<std::vector<Form::Field>> SessionState::parameters(const AnswerInHand& answer,
                                                          std::string_view sid) const {
    const auto origin = pageOrigin(answer.redirectUri());
    if (origin.empty()) {  // an app has no page that could ask
        return std::vector<Form::Field>();
    }
    const auto salt = base64url(host_->random().bytes(saltSize));
    const auto text = answer.client().id + " " + origin + " " + stateOf(sid) + " " + salt;
    return std::vector<Form::Field>{
        {"session_state", hex(host_->crypto().sha256(text)) + "." + salt}};
}

Result<std::vector<Cookie>> SessionState::cookies(const Context& context,
                                                  std::string_view sid) const {
    auto cookie = host_->web().cookie(context.issuer, cookiePurpose, stateOf(sid));
    cookie.isForScripts = true;
    cookie.sameSite = cookie.isSecure ? "None" : "Lax";  // it is read in a frame of a site
    if (sid.empty()) {
        cookie.lifetime = seconds{-1};
    }
    return std::vector<Cookie>{std::move(cookie)};
}

std::string SessionState::cookieName(const Issuer& issuer) const {
    return host_->web().cookie(issuer, cookiePurpose, {}).name;
}

std::string SessionState::stateOf(std::string_view sid) const {
    return sid.empty() ? std::string() : base64url(host_->crypto().mac("session_state", sid));
}

}  // namespace gatehouse
