// SPDX-License-Identifier: Apache-2.0
#include "client/SubjectForms.h"

#include "text/Base64Url.h"
#include "text/Thrown.h"

namespace gatehouse {

namespace {

/// The server's own (OpenID Connect Core section 8).
constexpr std::string_view publicType = "public";

}  // namespace

std::string sidBeside(std::string_view sub, const Crypto& crypto, std::string_view sid) {
    return base64url(crypto.mac("sid", std::string(sub).append(1, '\0').append(sid)));
}

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

Status SubjectForms::checkSame(const Context& context, const Client& before,
                               const Client& after) const {
    const Subject anybody{"anybody", "store", "id"};
    const auto was = told(context, before, anybody);
    const auto is = told(context, after, anybody);
    if (!was || !is) {
        return was ? is.error() : was.error();
    }
    return *was == *is
               ? done()
               : Error::badInput("subject_type: with these metadata the client would know people "
                                 "by other names; only the operator may change that");
}

Result<std::string> SubjectForms::toldSid(const Context& context, const Crypto& crypto,
                                          const EndedSession& session) const {
    const auto sub = told(context, session.client, session.subject);
    if (!sub) {
        return sub.error();
    }
    return *sub == session.subject.sub ? std::string(session.sid)
                                       : sidBeside(*sub, crypto, session.sid);
}

}  // namespace gatehouse
