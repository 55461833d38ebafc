// SPDX-License-Identifier: Apache-2.0
#include "login/InteractionBook.h"

#include <gatehouse/Records.h>

#include "login/DailyLabel.h"
#include "login/InteractionText.h"
#include "page/BrowserCookie.h"
#include "text/Base64Url.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t nameSize = 16;
/// Of an address; what is still a request line.
constexpr std::size_t longestId = 30'000;
constexpr std::string_view answered = "answered";
constexpr std::string_view label = "interaction";
/// Of references.
constexpr const char* kind = "login_return";
constexpr std::size_t longestReference = 100;

}  // namespace

std::string Interaction::path(const Issuer& issuer) const {
    return issuer.path + "/interaction/" + id + "/";
}

std::string Interaction::tab() const {
    constexpr std::size_t length = 11;
    return base64url(name).substr(0, length);
}

void Interaction::startOver() {
    person.reset();
    passed.clear();
    amr.clear();
    kept = {};
    skipped.clear();
    chosen.clear();
    remembers = {};
    away.clear();
    raises.clear();
}

InteractionBook::Begun InteractionBook::begin(const Context& context, const HttpRequest& request,
                                              const FoundRequest& asked,
                                              const ValueMap& notes) const {
    Interaction interaction;
    interaction.name = host_.random().bytes(nameSize);
    auto browser = guard_.begin(context, request, interaction.tab());
    interaction.browser = guard_.hashOf(browser.name);
    interaction.once = asked.once;
    interaction.at = asked.kept;
    if (asked.kept.isHere()) {
        interaction.request = asked.form.fields();
        interaction.notes = notes;
    } else {
        interaction.request = {{"client_id", std::string(asked.form.text("client_id"))}};
    }
    interaction.until = host_.clock().now() + lifetime_;
    const auto hint = asked.form.text("login_hint");
    interaction.loginHint = hint.size() <= Interaction::longestHint ? hint : std::string_view();
    return {std::move(interaction), std::move(browser.cookies)};
}

InteractionBook::Found InteractionBook::find(const Context& context,
                                             const HttpRequest& request) const {
    return find(context, request, request.parameter("id"));
}

Result<bool> InteractionBook::use(const Context& context, const Interaction& interaction) const {
    return host_.records().once(context, "replay",
                                "interaction|" +
                                    base64url(host_.crypto().mac("interaction", interaction.id)),
                                interaction.until, interaction.until - lifetime_);
}

InteractionBook::Found InteractionBook::find(const Context& context, const HttpRequest& request,
                                             std::string_view id) const {
    auto interaction = open(context, id);
    const auto now = host_.clock().now();
    if (!interaction) {
        return {};
    }
    if (interaction->until + restartable <= now) {
        return {State::unknown, false, std::move(*interaction)};
    }
    const auto browser = guard_.browser(context, request, interaction->tab());
    if (!host_.crypto().equal(guard_.hashOf(browser.name), interaction->browser)) {
        return {State::otherBrowser, false, std::move(*interaction)};
    }
    const bool isAnswered =
        readCookie(context.issuer, request, answered) == base64url(interaction->name);
    if (isAnswered && request.method != "POST") {
        return {State::unknown, false, std::move(*interaction)};
    }
    const bool isExpired = interaction->until <= now;
    return {isExpired ? State::expired : State::good, false, std::move(*interaction)};
}

Status InteractionBook::renew(const Context& context, Interaction& interaction) const {
    auto plain = interactionText(interaction);
    if (plain == interaction.plain) {
        return keep(context, interaction);
    }
    auto id = base64url(host_.crypto().seal(dailyLabel(label, host_.clock().now()), Secret(plain),
                                            std::to_string(context.issuer.id)));
    if (id.size() > longestId) {
        return Error::badInput("an interaction of " + std::to_string(id.size()) +
                               " characters does not fit an address");
    }
    interaction.id = std::move(id);
    interaction.plain = std::move(plain);
    return keep(context, interaction);
}

Status InteractionBook::keep(const Context& context, Interaction& interaction) const {
    if (interaction.reference.empty()) {
        return done();
    }
    Record record;
    record.kind = kind;
    record.key = keyOf(std::exchange(interaction.reference, {}));
    record.expires = interaction.until;
    record.payload = interaction.id;
    Batch batch;
    batch.puts.push_back(std::move(record));
    const auto kept = host_.records().apply(context, std::move(batch));
    return kept ? done() : Status(kept.error());
}

std::string InteractionBook::keyOf(std::string_view reference) const {
    return base64url(host_.crypto().mac(kind, reference));
}

Result<InteractionBook::Found> InteractionBook::findAgain(const Context& context,
                                                          const HttpRequest& request,
                                                          std::string_view state) const {
    if (state.size() > longestReference) {
        return find(context, request, state);
    }
    const auto kept = host_.records().find(context, kind, keyOf(state));
    if (!kept) {
        return kept.error();
    }
    auto found = *kept ? find(context, request, (*kept)->payload) : Found();
    found.isOfLink = true;
    return found;
}

std::optional<Interaction> InteractionBook::open(const Context& context,
                                                 std::string_view id) const {
    const auto sealed = fromBase64url(id);
    if (!sealed) {
        return std::nullopt;
    }
    const auto plain = openDaily(host_.crypto(), label, host_.clock().now(), *sealed,
                                 std::to_string(context.issuer.id));
    auto interaction = plain ? interactionFrom(plain->view()) : std::nullopt;
    if (interaction) {
        interaction->id = id;
        interaction->plain = plain->view();
    }
    return interaction;
}

Cookie InteractionBook::conclude(const Context& context, const Interaction& interaction) {
    return makeCookie(context.issuer, answered, base64url(interaction.name));
}

}  // namespace gatehouse
