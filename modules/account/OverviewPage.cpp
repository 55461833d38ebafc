// SPDX-License-Identifier: Apache-2.0
#include "OverviewPage.h"

#include <string>
#include <utility>

namespace gatehouse {

HttpResponse OverviewPage::show(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enter(context, request, path);
    if (!holder) {
        return holder.error();
    }
    ValueList sections;
    const auto add = [&](const char* section) {
        const auto key = std::string("account_overview.").append(section);
        sections.emplace_back(
            ValueMap{{"section", section},
                     {"href", context.issuer.path + path + "/" + section},
                     {"title", desk_.pages.text(context, request, key)},
                     {"words", desk_.pages.text(context, request, key + ".lead")}});
    };
    if (desk_.people.editor(context.issuer, holder->person.store) != nullptr) {
        add("profile");
        add("password");
    }
    if (ways_.areThere()) {
        add("ways");
    }
    add("sessions");
    add("sites");
    if (events_.isThere()) {
        add("events");
    }
    const auto& user = holder->person.user;
    const auto email = user.claims.text("email");
    ValueMap values{{"email", email == user.login ? std::string_view() : email},
                    {"sections", std::move(sections)}};
    return desk_.show(context, request, *holder, {"account_overview", std::move(values)},
                      "overview");
}

}  // namespace gatehouse
