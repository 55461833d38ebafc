// SPDX-License-Identifier: Apache-2.0
#include "ProfilePage.h"

#include "text/DisplayName.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* deed = "profile";
constexpr std::size_t longestEmail = 254;  // RFC 5321 section 4.5.3.1.3

std::string withoutBlanksAround(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(' '), text.size());
    return std::string(text.substr(first, text.find_last_not_of(' ') + 1 - first));
}

/// Something before an @, and something after it. Whether letters arrive there nobody knows.
bool isAddress(std::string_view text) {
    const auto at = text.find('@');
    return text.size() <= longestEmail && at > 0 && at < text.size() - 1 &&
           text.find('@', at + 1) == std::string_view::npos &&
           std::all_of(text.begin(), text.end(),
                       [](unsigned char letter) { return letter > 0x20 && letter != 0x7F; });
}

const char* problemOf(const std::string& name, const std::string& email) {
    if (name.empty() || !displayNameProblem(name).empty()) {
        return "no_name";
    }
    return email.empty() || isAddress(email) ? "" : "no_address";
}

/// Nobody has seen yet whether letters arrive at a new address.
std::string changed(User& user, const std::string& name, const std::string& email) {
    std::string changes;
    if (user.claims.text("name") != name) {
        user.claims.set("name", name);
        changes = "name";
    }
    if (user.claims.text("email") != email) {
        user.claims.erase("email");
        user.claims.erase("email_verified");
        if (!email.empty()) {
            user.claims.set("email", email);
            user.claims.set("email_verified", false);
        }
        changes.append(changes.empty() ? "" : " ").append("email");
    }
    return changes;
}

}  // namespace

HttpResponse ProfilePage::show(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enterProven(context, request, path);
    if (!holder) {
        return holder.error();
    }
    const auto& claims = holder->person.user.claims;
    return ask(context, request, *holder,
               {std::string(claims.text("name")), std::string(claims.text("email"))}, "");
}

HttpResponse ProfilePage::post(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enterProven(context, request, path);
    if (!holder) {
        return holder.error();
    }
    const auto form = desk_.formOf(context, request, *holder, deed);
    if (!form) {
        return form.error();
    }
    const Typed typed{withoutBlanksAround(form->text("name")),
                      withoutBlanksAround(form->text("email"))};
    const auto* const problem = problemOf(typed.name, typed.email);
    return *problem == '\0' ? save(context, request, *holder, typed)
                            : ask(context, request, *holder, typed, problem);
}

HttpResponse ProfilePage::save(const Context& context, const HttpRequest& request,
                               const Holder& holder, const Typed& typed) const {
    auto* const editor = desk_.people.editor(context.issuer, holder.person.store);
    auto user = holder.person.user;
    auto changes = changed(user, typed.name, typed.email);
    if (editor == nullptr || changes.empty()) {
        return desk_.goOn(context, "/account");
    }
    const auto saved = editor->update(context, user);
    if (!saved) {
        return saved.error().fault == Fault::badInput
                   ? ask(context, request, holder, typed, "refused")
                   : desk_.unavailable(context, request, saved.error());
    }
    desk_.tell(context, request, holder, "profile.changed", {{"changed", std::move(changes)}});
    return desk_.goOn(context, "/account", "profile");
}

HttpResponse ProfilePage::ask(const Context& context, const HttpRequest& request,
                              const Holder& holder, const Typed& typed, const char* problem) const {
    if (desk_.people.editor(context.issuer, holder.person.store) == nullptr) {
        return desk_.goOn(context, "/account");
    }
    ValueMap values{
        {"action", context.issuer.path + path}, {"typed_name", typed.name}, {"email", typed.email}};
    if (*problem != '\0') {
        values.set(problem, true);
        values.set("is_wrong", true);
    }
    return desk_.show(context, request, holder, {"account_profile", std::move(values)}, deed);
}

}  // namespace gatehouse
