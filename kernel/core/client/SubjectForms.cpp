// SPDX-License-Identifier: Apache-2.0
#include "client/SubjectForms.h"

#include "text/Thrown.h"

namespace gatehouse {

namespace {

/// The server's own (OpenID Connect Core section 8).
constexpr std::string_view publicType = "public";

}  // namespace

SubjectForms::SubjectForms(const std::vector<Host::Named<ClientMetadataRule>>& plugins) {
    for (const auto& [name, rule] : plugins) {
        if (auto* form = capabilityOf<SubjectForm>(*rule)) {
            forms_.push_back({name, form});
        }
    }
}

std::vector<std::string> SubjectForms::types() const {
    std::vector<std::string> types{std::string(publicType)};
    for (const auto& form : forms_) {
        types.emplace_back(form.plugin->type());
    }
    return types;
}

Result<std::string> SubjectForms::told(const Context& context, const Client& client,
                                       const Subject& subject) const {
    const auto type = client.metadata.text("subject_type");
    if (!subject.isPerson() || type.empty() || type == publicType) {
        return subject.sub;
    }
    for (const auto& [name, form] : forms_) {
        try {
            if (form->type() == type) {
                return form->sub(context, client, subject.sub);
            }
        } catch (...) {
            return Error::internal(name + ": sub threw " + whatWasThrown());
        }
    }
    return Error::internal("no plugin makes subjects of the type " + std::string(type));
}

}  // namespace gatehouse
