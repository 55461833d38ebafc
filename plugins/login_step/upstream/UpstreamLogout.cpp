// SPDX-License-Identifier: Apache-2.0
#include "UpstreamLogout.h"

#include "text/Contains.h"

#include <algorithm>

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
    const auto step = std::find_if(steps_.begin(), steps_.end(),
                                   [&](const auto* upstream) { return upstream->isTold(token); });
    if (step == steps_.end()) {
        return refuse(context, request, Error::badInput("it is of no provider that is known"));
    }
    const auto sub = (*step)->signedOut(context, token);
    if (!sub) {
        return refuse(context, request, sub.error());
    }
    if (const auto ended = endAll(context, *sub, request.remoteAddress); !ended) {
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

Status UpstreamLogout::endAll(const Context& context, const std::string& sub,
                              const std::string& remoteAddress) const {
    const auto sessions = sub.empty() ? Result<std::vector<SignOn>>(std::vector<SignOn>())
                                      : sessions_->list(context, sub);
    if (!sessions) {
        return sessions.error();
    }
    for (const auto& session : *sessions) {
        const auto& authentication = session.authentication;
        if (!contains(authentication.amr, UpstreamStep::method)) {
            continue;
        }
        const auto ended = sessions_->endOne(context, sub, authentication.sessionId, remoteAddress);
        if (!ended) {
            return ended.error();
        }
    }
    return done();
}

}  // namespace gatehouse
