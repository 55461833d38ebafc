// SPDX-License-Identifier: Apache-2.0
#include "PasswordPage.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* deed = "password";

}  // namespace

Result<Holder, HttpResponse> PasswordPage::enter(const Context& context,
                                                 const HttpRequest& request) const {
    auto holder = desk_.enterProven(context, request, path);
    return holder && desk_.people.editor(context.issuer, holder->person.store) == nullptr
               ? desk_.goOn(context, "/account")
               : std::move(holder);
}

HttpResponse PasswordPage::show(const Context& context, const HttpRequest& request) const {
    const auto holder = enter(context, request);
    return holder ? ask(context, request, *holder, {}) : holder.error();
}

/// What the other sessions were opened with is worth nothing any more; they end where the person
/// wants it.
HttpResponse PasswordPage::post(const Context& context, const HttpRequest& request) const {
    const auto holder = enter(context, request);
    if (!holder) {
        return holder.error();
    }
    const auto form = desk_.formOf(context, request, *holder, deed);
    if (!form) {
        return form.error();
    }
    const Secret password(form->text("new_password"));
    if (password.view().empty() || password.view() != form->text("new_password_again")) {
        return ask(context, request, *holder, "new_password.differs");
    }
    const auto problem =
        desk_.people.choosePassword(context, holder->person, password, request.remoteAddress);
    if (!problem) {
        return desk_.unavailable(context, request, problem.error());
    }
    if (!problem->empty()) {
        return ask(context, request, *holder, *problem);
    }
    if (form->has("end_others")) {
        if (const auto ended = sessions_.endOthers(context, request, *holder); !ended) {
            return desk_.unavailable(context, request, ended.error());
        }
    }
    return desk_.goOn(context, "/account", deed);
}

HttpResponse PasswordPage::ask(const Context& context, const HttpRequest& request,
                               const Holder& holder, const std::string& problem) const {
    return desk_.show(context, request, holder,
                      {"account_password", {{"action", context.issuer.path + path}}, problem},
                      deed);
}

}  // namespace gatehouse
