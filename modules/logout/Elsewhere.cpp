// SPDX-License-Identifier: Apache-2.0
#include "Elsewhere.h"

#include <gatehouse/point/LoginStep.h>

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"

#include <chrono>

namespace gatehouse {

namespace {

constexpr std::string_view label = "elsewhere";
/// Longer than somebody takes to sign out at another site.
constexpr std::chrono::hours longestStay{1};

std::string issuerOf(const Context& context) {
    return std::to_string(context.issuer.id);
}

}  // namespace

Elsewhere::Elsewhere(Host& host) : host_(host) {
    for (const auto& [name, step] : host.all<LoginStep>()) {
        if (const auto* elsewhere = capabilityOf<SignsOutElsewhere>(*step)) {
            steps_.push_back(elsewhere);
        }
    }
}

/// Here it has ended, whatever another site says.
std::string Elsewhere::onTheWay(const Context& context, const std::vector<SignOn>& ended,
                                const std::string& location) const {
    if (steps_.empty()) {
        return location;
    }
    const WayBack back{context.issuer.url + backPath, stateOf(context, location)};
    for (const auto* step : steps_) {
        for (const auto& session : ended) {
            const auto url = step->signOutUrl(context, session, back);
            if (!url) {
                host_.log().write(context, Level::warning,
                                  "no logout elsewhere: " + url.error().detail);
            } else if (!url->empty()) {
                return *url;
            }
        }
    }
    return location;
}

std::string Elsewhere::locationIn(const Context& context, std::string_view state) const {
    const auto sealed = fromBase64url(state);
    const auto opened = sealed ? host_.crypto().open(label, *sealed, issuerOf(context))
                               : Result<Secret>(Error::badInput("no state"));
    const auto said = opened ? parseJson(opened->view()) : std::nullopt;
    const auto* members = said ? said->map() : nullptr;
    const bool isGood =
        members != nullptr && host_.clock().now() < fromSeconds(numberOf(*members, "until"));
    return isGood ? std::string(members->text("location")) : std::string();
}

std::string Elsewhere::stateOf(const Context& context, const std::string& location) const {
    if (location.empty()) {
        return location;
    }
    const ValueMap state{{"location", location},
                         {"until", toSeconds(host_.clock().now() + longestStay)}};
    return base64url(host_.crypto().seal(label, Secret(toJson(state)), issuerOf(context)));
}

}  // namespace gatehouse
