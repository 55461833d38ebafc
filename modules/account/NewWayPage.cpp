// SPDX-License-Identifier: Apache-2.0
#include "NewWayPage.h"

#include <gatehouse/Web.h>

#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Percent.h"

#include <chrono>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* label = "new_authenticator";
constexpr std::chrono::hours lifetime{1};

std::string deedOf(const WaysPage::Way& way) {
    return "new|" + way.step;
}

std::string boundTo(const Context& context, const Holder& holder, const WaysPage::Way& way) {
    return std::to_string(context.issuer.id) + "|" + holder.sub() + "|" + way.step;
}

}  // namespace

std::string NewWayPage::pathOf(const WaysPage::Way& way) {
    return std::string(path) + "?step=" + percentEncode(way.step);
}

HttpResponse NewWayPage::show(const Context& context, const HttpRequest& request) const {
    auto setup = begin(context, request);
    return setup ? ask(context, request, *setup, {}) : setup.error();
}

HttpResponse NewWayPage::post(const Context& context, const HttpRequest& request) const {
    auto setup = begin(context, request);
    if (!setup) {
        return setup.error();
    }
    auto& [holder, way, state] = *setup;
    const auto form = desk_.formOf(context, request, holder, deedOf(*way));
    if (!form) {
        return form.error();
    }
    auto outcome = way->keeper->takeNew(context, state, *form);
    if (!outcome) {
        return desk_.unavailable(context, request, outcome.error());
    }
    switch (outcome->next) {
    case StepOutcome::Next::passed:
        desk_.tell(context, request, holder, "authenticator.added", {{"step", way->step}});
        return desk_.goOn(context, WaysPage::path, "added");
    case StepOutcome::Next::again: return ask(context, request, *setup, outcome->message);
    case StepOutcome::Next::page:
        return showPage(context, request, *setup, std::move(outcome->page), {});
    default: return desk_.goOn(context, WaysPage::path, "not_added");
    }
}

/// Whose login has become too old meanwhile finds the same page again behind the next.
Result<NewWayPage::Setup, HttpResponse> NewWayPage::begin(const Context& context,
                                                          const HttpRequest& request) const {
    auto holder = desk_.enter(context, request, WaysPage::path);
    if (!holder) {
        return holder.error();
    }
    const auto query = desk_.query(request);
    const auto* way = ways_.find(query.text("step"));
    if (way == nullptr) {
        return desk_.goOn(context, WaysPage::path);
    }
    Setup setup{*std::move(holder), way, {}};
    setup.state.person = setup.holder.person;
    setup.state.loginHint = setup.holder.person.user.login;
    setup.state.remoteAddress = request.remoteAddress;
    setup.state.kept = open(context, setup, query.text("state"));
    auto ownPath = pathOf(*way);
    if (!setup.state.kept.empty()) {
        ownPath += "&state=" + seal(context, setup);
    }
    if (auto answer = desk_.mustProve(context, request, ownPath)) {
        return *std::move(answer);
    }
    return setup;
}

HttpResponse NewWayPage::ask(const Context& context, const HttpRequest& request, Setup& setup,
                             std::string_view message) const {
    auto outcome = setup.way->keeper->askNew(context, setup.state);
    if (!outcome) {
        return desk_.unavailable(context, request, outcome.error());
    }
    return outcome->next == StepOutcome::Next::page
               ? showPage(context, request, setup, std::move(outcome->page), message)
               : desk_.goOn(context, WaysPage::path, "not_added");
}

HttpResponse NewWayPage::showPage(const Context& context, const HttpRequest& request,
                                  const Setup& setup, Page page, std::string_view message) const {
    const auto& base = context.issuer.path;
    page.values.set("action", base + pathOf(*setup.way) + "&state=" + seal(context, setup));
    page.values.set("cancel", base + WaysPage::cancelPath);
    page.values.set("client", ValueMap());
    if (!message.empty()) {
        page.message = message;
    }
    return desk_.show(context, request, setup.holder, std::move(page), deedOf(*setup.way));
}

std::string NewWayPage::seal(const Context& context, const Setup& setup) const {
    const auto until = desk_.host.clock().now() + lifetime;
    const ValueMap text{{"until", until.time_since_epoch().count()}, {"kept", setup.state.kept}};
    return base64url(desk_.host.crypto().seal(label, Secret(desk_.host.web().toJson(text)),
                                              boundTo(context, setup.holder, *setup.way)));
}

/// Empty: it is not ours, of another person or step, or too old; then it begins anew.
ValueMap NewWayPage::open(const Context& context, const Setup& setup,
                          std::string_view sealed) const {
    const auto bytes = fromBase64url(sealed);
    const auto text =
        bytes && !bytes->empty()
            ? desk_.host.crypto().open(label, *bytes, boundTo(context, setup.holder, *setup.way))
            : Result<Secret>(Error::badInput("none"));
    const auto value = text ? desk_.host.web().parseJson(text->view()) : std::nullopt;
    const auto* members = value ? value->map() : nullptr;
    const bool isGood = members != nullptr && TimePoint{milliseconds{numberOf(*members, "until")}} >
                                                  desk_.host.clock().now();
    return isGood ? objectOf(*members, "kept") : ValueMap();
}

}  // namespace gatehouse
