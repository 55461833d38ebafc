// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Records.h>

#include "LogoutTokenRules.h"
#include "UpstreamStep.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Contains.h"
#include "text/FormText.h"

#include <utility>

// What UpstreamStep does when somebody signs out, here or at the provider.

namespace gatehouse {

Result<std::string> UpstreamStep::signOutUrl(const Context& context, const SignOn& ended,
                                             const WayBack& back) const {
    if (!settings_.logout || !hasOpened(ended)) {
        return std::string();
    }
    const auto metadata = provider_->metadata(context);
    if (!metadata || (*metadata)->endSessionEndpoint.empty()) {
        return metadata ? Error::badInput("the provider has no end_session_endpoint")
                        : metadata.error();
    }
    std::vector<Form::Field> fields{{"client_id", settings_.clientId},
                                    {"post_logout_redirect_uri", back.url}};
    if (!back.state.empty()) {
        fields.emplace_back("state", back.state);
    }
    return withQuery((*metadata)->endSessionEndpoint, writeForm(fields));
}

bool UpstreamStep::hasOpened(const SignOn& session) const {
    return contains(session.steps, host_->instance());
}

bool UpstreamStep::isTold(std::string_view logoutToken) const {
    const auto said = host_->jose().peek(logoutToken);
    return settings_.isOpenId() && said && said->claims.text("iss") == settings_.issuer &&
           contains(textsOf(said->claims.find("aud")), settings_.clientId);
}

Result<std::string> UpstreamStep::signedOut(const Context& context,
                                            std::string_view logoutToken) const {
    const auto metadata = provider_->metadata(context);
    if (!metadata) {
        return metadata.error();
    }
    const auto token = verified(context, **metadata, logoutToken);
    if (!token) {
        const auto& [text, detail] = token.error();
        return text == UpstreamProblem::away ? Error::unavailable(detail) : Error::badInput(detail);
    }
    const auto now = host_->clock().now();
    if (auto problem = logoutTokenProblem(*token, settings_.issuer, settings_.clientId, now);
        !problem.empty()) {
        return Error::badInput(std::move(problem));
    }
    const auto mark = settings_.issuer + "\n" + std::string(token->claims.text("jti"));
    const LogoutTokenTimes times(*token);
    const auto isNew = host_->records().once(
        context, "replay", base64url(host_->crypto().sha256(mark)), times.until, times.from);
    if (!isNew) {
        return isNew.error();
    }
    return *isNew ? accounts_->subOf(context, token->claims.text("sub"))
                  : Error::badInput("the logout token came before");
}

}  // namespace gatehouse
