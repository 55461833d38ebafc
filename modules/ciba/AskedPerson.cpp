// SPDX-License-Identifier: Apache-2.0
#include "AskedPerson.h"

namespace gatehouse {

Result<std::optional<Subject>> AskedPerson::find(const Context& context, const Client& client,
                                                 const AuthenticationRequest& request) const {
    auto subject = hinted(context, client, request);
    if (!subject || !*subject) {
        return subject;
    }
    const auto person = people_.find(context, **subject);
    if (!person) {
        return person.error();
    }
    return *person ? std::move(subject) : std::optional<Subject>();
}

Result<std::optional<Subject>> AskedPerson::hinted(const Context& context, const Client& client,
                                                   const AuthenticationRequest& request) const {
    if (!request.idTokenHint.empty()) {
        return people_.findByIdToken(context, client, request.idTokenHint);
    }
    const auto found = people_.findByLogin(context, request.loginHint);
    if (!found) {
        return found.error();
    }
    if (!*found) {
        return std::optional<Subject>();
    }
    auto subject = Subject::person((*found)->store, (*found)->user.id);
    auto sub = host_.subjects().of(context, subject.store, subject.id);
    if (!sub) {
        return sub.error();
    }
    subject.sub = *std::move(sub);
    return std::optional(std::move(subject));
}

}  // namespace gatehouse
