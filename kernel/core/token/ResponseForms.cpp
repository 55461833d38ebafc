// SPDX-License-Identifier: Apache-2.0
#include "token/ResponseForms.h"

#include <utility>

namespace gatehouse {

ResponseForms::ResponseForms(Host& host,
                             const std::vector<Host::Named<ClientMetadataRule>>& plugins) {
    for (const auto& named : plugins) {
        if (const auto* form = capabilityOf<ResponseForm>(*named.plugin)) {
            forms_.push_back({Watched<ClientMetadataRule>(host, named), form});
        }
    }
}

Result<std::string> ResponseForms::idToken(const Context& context, const Client& client,
                                           std::string signedToken) const {
    auto told =
        first([&](const ResponseForm& form) { return form.idToken(context, client, signedToken); });
    if (!told) {
        return told.error();
    }
    return *told ? **std::move(told) : std::move(signedToken);
}

Result<std::optional<std::string>> ResponseForms::userinfo(const Context& context,
                                                           const Client& client,
                                                           const ValueMap& claims) const {
    return first([&](const ResponseForm& form) { return form.userinfo(context, client, claims); });
}

ResponseForms::Told
ResponseForms::first(const std::function<Told(const ResponseForm&)>& ask) const {
    for (const auto& one : forms_) {
        auto told =
            one.plugin.ask([&](const ClientMetadataRule& /*rule*/) { return ask(*one.form); });
        if (!told || *told) {
            return told;
        }
    }
    return std::optional<std::string>();
}

}  // namespace gatehouse
