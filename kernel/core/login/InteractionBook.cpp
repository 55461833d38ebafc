// SPDX-License-Identifier: Apache-2.0
#include "login/InteractionBook.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/FormText.h"

#include <algorithm>
#include <chrono>

namespace gatehouse {

namespace {

constexpr std::string_view kind = "interaction";
constexpr std::size_t randomSize = 16;
/// How much longer than it can be used an interaction can be started again.
constexpr std::chrono::hours restartable{1};

std::string payloadOf(const Interaction& interaction) {
    ValueMap payload{{"browser", interaction.browser},
                     {"request", writeForm(interaction.request)},
                     {"until", interaction.until.time_since_epoch().count()},
                     {"hint", interaction.loginHint},
                     {"passed", listOfTexts(interaction.passed)},
                     {"amr", listOfTexts(interaction.amr)},
                     {"kept", interaction.kept},
                     {"session", base64url(interaction.session)}};
    if (interaction.isAnswered) {
        payload.set("answered", true);
    }
    if (interaction.person) {
        payload.set("sub", interaction.person->sub);
        payload.set("store", interaction.person->store);
        payload.set("id", interaction.person->id);
    }
    return toJson(payload);
}

std::optional<Interaction> interactionOf(const Record& record) {
    const auto value = parseJson(record.payload);
    if (!value || value->map() == nullptr) {
        return std::nullopt;
    }
    const ValueMap& payload = *value->map();
    Interaction interaction;
    interaction.key = record.key;
    interaction.version = record.version;
    interaction.stored = record.payload;
    interaction.browser = payload.text("browser");
    interaction.request = parseForm(payload.text("request")).value_or(Form{}).fields();
    interaction.until = TimePoint{milliseconds{numberOf(payload, "until")}};
    interaction.loginHint = payload.text("hint");
    interaction.passed = textsOf(payload.find("passed"));
    interaction.amr = textsOf(payload.find("amr"));
    interaction.kept = objectOf(payload, "kept");
    interaction.session = fromBase64url(payload.text("session")).value_or(std::string{});
    interaction.isAnswered = payload.contains("answered");
    if (payload.contains("sub")) {
        interaction.person =
            Subject{std::string(payload.text("sub")), std::string(payload.text("store")),
                    std::string(payload.text("id"))};
    }
    return interaction;
}

}  // namespace

std::string Interaction::id() const {
    return base64url(key);
}

std::string Interaction::path(const Issuer& issuer) const {
    return issuer.path + "/interaction/" + id() + "/";
}

Result<InteractionBook::Begun>
InteractionBook::begin(const Context& context, const HttpRequest& request, const Form& form) const {
    auto browser = guard_.browser(context, request);
    Interaction interaction;
    interaction.key = handles_.selector() + host_.random().bytes(randomSize);
    interaction.browser = guard_.hashOf(browser.name);
    interaction.request = form.fields();
    interaction.until = host_.clock().now() + lifetime_;
    interaction.loginHint = form.text("login_hint");
    auto saved = save(context, interaction);
    if (!saved) {
        return saved.error();
    }
    return Begun{std::move(interaction), std::move(browser.cookies)};
}

Result<InteractionBook::Found> InteractionBook::find(const Context& context,
                                                     const HttpRequest& request) const {
    const auto key = fromBase64url(request.parameter("id"));
    if (!key || key->size() != Handle::selectorSize + randomSize) {
        return Found{};
    }
    auto record = host_.records().find(context, kind, *key);
    if (!record) {
        return record.error();
    }
    auto interaction = *record ? interactionOf(**record) : std::nullopt;
    if (!interaction) {
        return Found{};
    }
    const auto browser = guard_.browser(context, request);
    if (!host_.crypto().equal(guard_.hashOf(browser.name), interaction->browser)) {
        return Found{State::otherBrowser, {}};
    }
    const bool isExpired = interaction->until <= host_.clock().now();
    return Found{isExpired ? State::expired : State::good, std::move(*interaction)};
}

Result<bool> InteractionBook::save(const Context& context, Interaction& interaction) const {
    const std::string kindText(kind);
    const bool isNew = interaction.version == 0;
    Record record = recordOf(interaction);
    if (record.payload == interaction.stored) {
        return true;
    }
    Batch batch;
    batch.expects.push_back({kindText, interaction.key,
                             isNew ? Expect::State::absent : Expect::State::version,
                             interaction.version});
    interaction.stored = record.payload;
    batch.puts.push_back(std::move(record));
    const auto outcome = host_.records().apply(context, std::move(batch));
    if (!outcome) {
        return outcome.error();
    }
    ++interaction.version;
    return outcome->applied();
}

Status InteractionBook::conclude(const Context& context, Interaction& interaction) const {
    constexpr seconds again{10};
    interaction.isAnswered = true;
    interaction.until = std::min(interaction.until, host_.clock().now() + again);
    const auto saved = save(context, interaction);
    return saved ? done() : Status(saved.error());
}

Record InteractionBook::recordOf(const Interaction& interaction) const {
    Record record;
    record.kind = kind;
    record.key = interaction.key;
    record.expires = interaction.isAnswered ? interaction.until : interaction.until + restartable;
    record.payload = payloadOf(interaction);
    return record;
}

}  // namespace gatehouse
