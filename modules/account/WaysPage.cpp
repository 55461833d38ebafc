// SPDX-License-Identifier: Apache-2.0
#include "WaysPage.h"

#include "NewWayPage.h"
#include "text/Percent.h"
#include "text/Rfc3339.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

std::string pathOf(const WaysPage::Way& way, const Authenticator& thing) {
    return std::string(WaysPage::removePath)
        .append("?step=")
        .append(percentEncode(way.step))
        .append("&id=")
        .append(percentEncode(thing.id));
}

std::string deedOf(const WaysPage::Way& way, const Authenticator& thing) {
    return std::string("remove|").append(way.step).append("|").append(thing.id);
}

}  // namespace

WaysPage::WaysPage(const AccountDesk& desk) : desk_(desk) {
    for (const auto& [name, step] : desk.host.all<LoginStep>()) {
        if (const auto* keeper = capabilityOf<KeepsAuthenticators>(*step)) {
            ways_.push_back({name, keeper});
        }
    }
}

const WaysPage::Way* WaysPage::find(std::string_view step) const {
    const auto found =
        std::find_if(ways_.begin(), ways_.end(), [&](const Way& way) { return way.step == step; });
    return found == ways_.end() ? nullptr : &*found;
}

HttpResponse WaysPage::show(const Context& context, const HttpRequest& request) const {
    const auto holder = desk_.enter(context, request, path);
    if (!holder) {
        return holder.error();
    }
    ValueList kinds;
    for (const auto& way : ways_) {
        auto kind = shown(context, request, way, holder->person);
        if (!kind) {
            return desk_.unavailable(context, request, kind.error());
        }
        kinds.emplace_back(*std::move(kind));
    }
    return desk_.show(context, request, *holder, {"account_ways", {{"kinds", std::move(kinds)}}},
                      "ways");
}

Result<ValueMap> WaysPage::shown(const Context& context, const HttpRequest& request, const Way& way,
                                 const FoundUser& person) const {
    const auto kept = way.keeper->list(context, person);
    if (!kept) {
        return kept.error();
    }
    ValueList things;
    for (const auto& thing : *kept) {
        things.emplace_back(shown(context, request, way, thing));
    }
    LoginState state;
    state.person = person;
    const auto asked = way.keeper->askNew(context, state);
    if (!asked) {
        return asked.error();
    }
    ValueMap shown{{"kind", way.step},
                   {"title", textOf(context, request, way)},
                   {"words", textOf(context, request, way, ".lead")},
                   {"things", std::move(things)}};
    if (asked->next == StepOutcome::Next::page) {
        shown.set("add", textOf(context, request, way, ".add"));
        shown.set("add_href", context.issuer.path + NewWayPage::pathOf(way));
    }
    return shown;
}

ValueMap WaysPage::shown(const Context& context, const HttpRequest& request, const Way& way,
                         const Authenticator& thing) const {
    ValueMap shown{{"label", thing.name.empty() ? textOf(context, request, way) : thing.name},
                   {"added", rfc3339Day(thing.added)},
                   {"href", context.issuer.path + pathOf(way, thing)}};
    if (thing.used) {
        shown.set("used", rfc3339Day(*thing.used));
    }
    if (thing.left) {
        shown.set("left", std::to_string(*thing.left));
    }
    return shown;
}

std::string WaysPage::textOf(const Context& context, const HttpRequest& request, const Way& way,
                             std::string_view rest) const {
    return desk_.pages.text(context, request,
                            std::string("account.").append(way.keeper->textName()).append(rest));
}

/// Nothing of another person's is found, whatever the address says.
Result<WaysPage::Chosen, HttpResponse> WaysPage::choose(const Context& context,
                                                        const HttpRequest& request) const {
    auto holder = desk_.enter(context, request, path);
    if (!holder) {
        return holder.error();
    }
    const auto query = desk_.query(request);
    const auto* way = find(query.text("step"));
    auto kept =
        way == nullptr ? std::vector<Authenticator>() : way->keeper->list(context, holder->person);
    if (!kept) {
        return desk_.unavailable(context, request, kept.error());
    }
    const auto found = std::find_if(kept->begin(), kept->end(), [&](const Authenticator& thing) {
        return thing.id == query.text("id");
    });
    if (found == kept->end()) {
        return desk_.goOn(context, path);
    }
    Chosen chosen{*std::move(holder), way, std::move(*found), {}};
    chosen.path = pathOf(*way, chosen.thing);
    if (auto answer = desk_.mustProve(context, request, chosen.path)) {
        return *std::move(answer);
    }
    return chosen;
}

HttpResponse WaysPage::showRemoval(const Context& context, const HttpRequest& request) const {
    const auto chosen = choose(context, request);
    if (!chosen) {
        return chosen.error();
    }
    auto values = shown(context, request, *chosen->way, chosen->thing);
    if (!chosen->thing.name.empty()) {
        values.set("kind", textOf(context, request, *chosen->way));
    }
    values.set("action", context.issuer.path + chosen->path);
    values.set("back", context.issuer.path + path);
    return desk_.show(context, request, chosen->holder, {"account_remove", std::move(values)},
                      deedOf(*chosen->way, chosen->thing));
}

HttpResponse WaysPage::remove(const Context& context, const HttpRequest& request) const {
    const auto chosen = choose(context, request);
    if (!chosen) {
        return chosen.error();
    }
    const auto& [holder, way, thing, ownPath] = *chosen;
    const auto form = desk_.formOf(context, request, holder, deedOf(*way, thing));
    if (!form) {
        return form.error();
    }
    const auto isRemoved = way->keeper->remove(context, holder.person, thing.id);
    if (!isRemoved) {
        return desk_.unavailable(context, request, isRemoved.error());
    }
    if (*isRemoved) {
        desk_.tell(context, request, holder, "authenticator.removed", {{"step", way->step}});
    }
    return desk_.goOn(context, path, "removed");
}

/// Nothing has begun that would have to be undone.
HttpResponse WaysPage::cancel(const Context& context, const HttpRequest& /*request*/) const {
    return desk_.goOn(context, path);
}

}  // namespace gatehouse
