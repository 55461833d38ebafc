// SPDX-License-Identifier: Apache-2.0
#include "token/IntrospectionForms.h"

namespace gatehouse {

IntrospectionForms::IntrospectionForms(
    Host& host, const std::vector<Host::Named<ClientMetadataRule>>& plugins) {
    for (const auto& named : plugins) {
        if (const auto* form = capabilityOf<IntrospectionForm>(*named.plugin)) {
            forms_.push_back({Watched<ClientMetadataRule>(host, named), form});
        }
    }
}

Result<std::optional<FormedAnswer>> IntrospectionForms::told(const Context& context,
                                                             const HttpRequest& request,
                                                             const Client& client,
                                                             const std::string& json) const {
    for (const auto& one : forms_) {
        auto told = one.plugin.ask([&](const ClientMetadataRule& /*rule*/) {
            return one.form->introspection(context, request, client, json);
        });
        if (!told || *told) {
            return told;
        }
    }
    return std::optional<FormedAnswer>();
}

}  // namespace gatehouse
