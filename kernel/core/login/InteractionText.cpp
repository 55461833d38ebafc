// SPDX-License-Identifier: Apache-2.0
#include "login/InteractionText.h"

#include "json/Json.h"
#include "json/Members.h"
#include "text/Base64Url.h"
#include "text/Deflate.h"
#include "text/FormText.h"

namespace gatehouse {

namespace {

/// Below it compressing costs more time than it saves room.
constexpr std::size_t longText = 1500;
constexpr std::size_t longestText = std::size_t{256} * 1024;
constexpr char asIs = 'j';
constexpr char compressed = 'z';

ValueMap membersOf(const Interaction& interaction) {
    ValueMap members{{"name", base64url(interaction.name)},
                     {"browser", interaction.browser},
                     {"request", writeForm(interaction.request)},
                     {"until", interaction.until.time_since_epoch().count()},
                     {"hint", interaction.loginHint},
                     {"passed", listOfTexts(interaction.passed)},
                     {"amr", listOfTexts(interaction.amr)},
                     {"kept", interaction.kept},
                     {"session", base64url(interaction.session)}};
    if (!interaction.notes.empty()) {
        members.set("notes", interaction.notes);
    }
    const auto add = [&](const char* name, std::string value) {
        if (!value.empty()) {  // the address stays short
            members.set(name, std::move(value));
        }
    };
    if (!interaction.once.name.empty()) {
        members.set("once", interaction.once.name);
        members.set("once_until", interaction.once.until.time_since_epoch().count());
    }
    add("kept_by", interaction.at.source);
    add("promised", interaction.at.isPromised ? "1" : "");
    add("own", interaction.at.isOwn ? "1" : "");
    add("kept_as", interaction.at.reference);
    add("chosen", interaction.chosen);
    add("away", interaction.away);
    add("raises", base64url(interaction.raises));
    if (interaction.account) {
        members.set("account", *interaction.account);
    }
    if (!interaction.remembers.empty()) {
        members.set("remembers", interaction.remembers);
    }
    if (!interaction.skipped.empty()) {
        members.set("skipped", listOfTexts(interaction.skipped));
    }
    if (interaction.person) {
        members.set("sub", interaction.person->sub);
        members.set("store", interaction.person->store);
        members.set("id", interaction.person->id);
    }
    return members;
}

std::optional<std::string> unpacked(std::string_view text) {
    const std::string_view rest = text.substr(text.empty() ? 0 : 1);
    if (!text.empty() && text.front() == compressed) {
        return inflated(rest, longestText);
    }
    return std::string(rest);
}

}  // namespace

std::string interactionText(const Interaction& interaction) {
    const auto json = toJson(membersOf(interaction));
    return json.size() < longText ? asIs + json : compressed + deflated(json);
}

std::optional<Interaction> interactionFrom(std::string_view text) {
    const auto json = unpacked(text);
    const auto value = json ? parseJson(*json) : std::nullopt;
    if (!value || value->map() == nullptr) {
        return std::nullopt;
    }
    const ValueMap& members = *value->map();
    Interaction interaction;
    interaction.name = fromBase64url(members.text("name")).value_or(std::string{});
    interaction.browser = members.text("browser");
    interaction.request = parseForm(members.text("request")).value_or(Form{}).fields();
    interaction.notes = objectOf(members, "notes");
    interaction.once.name = members.text("once");
    interaction.once.until = TimePoint{milliseconds{numberOf(members, "once_until")}};
    interaction.at = {std::string(members.text("kept_by")), std::string(members.text("kept_as")),
                      members.contains("promised"), members.contains("own")};
    interaction.until = TimePoint{milliseconds{numberOf(members, "until")}};
    interaction.loginHint = members.text("hint");
    interaction.passed = textsOf(members.find("passed"));
    interaction.amr = textsOf(members.find("amr"));
    interaction.kept = objectOf(members, "kept");
    interaction.skipped = textsOf(members.find("skipped"));
    interaction.remembers = objectOf(members, "remembers");
    interaction.chosen = members.text("chosen");
    interaction.away = members.text("away");
    interaction.raises = fromBase64url(members.text("raises")).value_or(std::string{});
    interaction.session = fromBase64url(members.text("session")).value_or(std::string{});
    if (members.contains("account")) {
        interaction.account = members.text("account");
    }
    if (members.contains("sub")) {
        interaction.person =
            Subject{std::string(members.text("sub")), std::string(members.text("store")),
                    std::string(members.text("id"))};
    }
    return interaction;
}

}  // namespace gatehouse
