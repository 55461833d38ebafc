// SPDX-License-Identifier: Apache-2.0
#include "Elsewhere.h"

#include <gatehouse/point/LoginStep.h>

#include "text/Base64Url.h"

namespace gatehouse {

namespace {

constexpr std::string_view label = "elsewhere";

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
    for (const auto* step : steps_) {
        for (const auto& session : ended) {
            const auto url = step->signOutUrl(
                context, session, {context.issuer.url + backPath, stateOf(context, location)});
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
    const auto location = sealed ? host_.crypto().open(label, *sealed, issuerOf(context))
                                 : Result<Secret>(Error::badInput("no state"));
    return location ? std::string(location->view()) : std::string();
}

std::string Elsewhere::stateOf(const Context& context, const std::string& location) const {
    return location.empty()
               ? location
               : base64url(host_.crypto().seal(label, Secret(location), issuerOf(context)));
}

}  // namespace gatehouse
