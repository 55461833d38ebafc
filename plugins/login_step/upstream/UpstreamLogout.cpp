// SPDX-License-Identifier: Apache-2.0
#include "UpstreamLogout.h"

namespace gatehouse {

Status UpstreamLogout::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Status UpstreamLogout::start() {
    sessions_ = &host_->one<Sessions>();
    for (const auto& [name, step] : host_->all<LoginStep>()) {
        if (const auto* upstream = dynamic_cast<const UpstreamStep*>(step)) {
            steps_.push_back(upstream);
        }
    }
    return done();
}

std::vector<Route> UpstreamLogout::routes() {
    return {{"POST", "/upstream/logout", Lane::people,
             [this](const Context& context, const HttpRequest& request) {
                 return post(context, request);
             }}};
}

/// Section 2.7: who is not here has signed out already.
HttpResponse UpstreamLogout::post(const Context& context, const HttpRequest& request) const {
    const auto form = host_->web().form(request);
    if (!form) {
        return host_->web().error(form.error(), request);
    }
    const auto token = form->text("logout_token");
    auto ended = Status(Error::badInput("it is of no provider that is known"));
    for (const auto* step : steps_) {
        if (step->isTold(token)) {
            ended = endAll(context, *step, token, request.remoteAddress);
            if (!ended) {
                break;
            }
        }
    }
    if (!ended) {
        return refuse(context, request, ended.error());
    }
    HttpResponse response;
    response.set("Cache-Control", "no-store");
    return response;
}

HttpResponse UpstreamLogout::refuse(const Context& context, const HttpRequest& request,
                                    const Error& error) const {
    host_->log().write(context, error.isTemporary() ? Level::error : Level::warning,
                       "logout token refused: " + error.detail);
    return host_->web().error(error.isTemporary() ? OAuthError::from(error)
                                                  : OAuthError::of(OAuthCode::invalidRequest,
                                                                   "The logout token is not good"),
                              request);
}

Status UpstreamLogout::endAll(const Context& context, const UpstreamStep& step,
                              std::string_view token, const std::string& remoteAddress) const {
    const auto sub = step.signedOut(context, token);
    if (!sub || sub->empty()) {
        return sub ? done() : sub.error();
    }
    const auto sessions = sessions_->list(context, *sub);
    if (!sessions) {
        return sessions.error();
    }
    for (const auto& session : *sessions) {
        if (!step.hasOpened(session)) {
            continue;
        }
        const auto ended =
            sessions_->endOne(context, *sub, session.authentication.sessionId, remoteAddress);
        if (!ended) {
            return ended.error();
        }
    }
    return done();
}

}  // namespace gatehouse
