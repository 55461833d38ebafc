// SPDX-License-Identifier: Apache-2.0
#include "config/Reference.h"

#include "config/IssuerList.h"
#include "config/LoginList.h"
#include "config/Sections.h"
#include "config/SettingReader.h"
#include "config/TlsList.h"

namespace gatehouse {

namespace {

std::string bound(const Field& field, std::int64_t value) {
    return field.kind == Kind::duration ? durationText(milliseconds{value}) : std::to_string(value);
}

/// "0 to 65535", "one of query, form_post", "at least 32 bytes"; empty when anything goes.
std::string limitText(const Field& field) {
    std::string text;
    for (const auto& choice : choicesOf(field)) {
        text += (text.empty() ? "one of " : ", ") + choice;
    }
    if (!text.empty()) {
        return text;
    }
    const std::string unit = field.kind == Kind::secret ? " bytes"
                             : field.kind == Kind::text ? " characters"
                                                        : "";
    const Limits& limits = field.limits;
    if (limits.least != INT64_MIN && limits.most != INT64_MAX) {
        return bound(field, limits.least) + " to " + bound(field, limits.most) + unit;
    }
    if (limits.least != INT64_MIN) {
        return "at least " + bound(field, limits.least) + unit;
    }
    return limits.most == INT64_MAX ? "" : "at most " + bound(field, limits.most) + unit;
}

std::string presenceText(const Presence& presence) {
    if (presence.isRequired) {
        return "required";
    }
    if (presence.byDefault == nullptr) {
        return "optional";
    }
    return std::string("default ") + (*presence.byDefault == '\0' ? "empty" : presence.byDefault);
}

std::string inCell(std::string text) {
    for (std::size_t bar = text.find('|'); bar != std::string::npos;
         bar = text.find('|', bar + 2)) {
        text.insert(bar, "\\");
    }
    return text;
}

}  // namespace

std::string takenText(const Field& field) {
    const std::string limit = limitText(field);
    return std::string(kindName(field.kind)) + ", " + presenceText(field.presence) +
           (limit.empty() ? "" : "; " + limit);
}

std::string referenceText(const ReferenceEntry& entry) {
    std::string text = entry.name + ": " + entry.summary + "\n";
    for (const Field& field : entry.fields) {
        text += std::string("\n  ") + field.name + " (" + takenText(field) + ")\n      " +
                field.summary + "\n";
    }
    return entry.fields.size == 0 ? text + "\n  no settings\n" : text;
}

std::string referenceMarkdown(const ReferenceEntry& entry) {
    std::string text = "## " + entry.name + "\n\n" + entry.summary + "\n\n";
    if (entry.fields.size == 0) {
        return text + "No settings.\n";
    }
    text += "| Setting | Value | | Meaning |\n|---|---|---|---|\n";
    for (const Field& field : entry.fields) {
        const std::string limit = limitText(field);
        text += std::string("| `") + field.name + "` | " + std::string(kindName(field.kind)) +
                (limit.empty() ? "" : ": " + inCell(limit)) + " | " +
                inCell(presenceText(field.presence)) + " | " + inCell(field.summary) + " |\n";
    }
    return text;
}

std::vector<ReferenceEntry> sectionReferences(const FieldTable& oauth) {
    return {{"server", "where the server listens, and what it grants to those who connect",
             serverFields()},
            {"server.tls",
             "the certificate, or a list of them, each chosen by the names it holds; without it "
             "plain HTTP",
             tlsFields()},
            {"server.mtls", "a second port for mutual TLS", mtlsFields()},
            {"database", "what must not be lost; the storage's own settings stand here too",
             databaseFields()},
            {"redis", "what passes; the storage's own settings stand here too", redisFields()},
            {"security", "the deployment's secret", securityFields()},
            {"oauth", "the rules of OAuth and OpenID Connect", oauth},
            {"issuers", "a list, where one server answers as several issuers", issuersFields()},
            {"login",
             "a list: what a login asks, in order; without it every login step, in the order of "
             "plugins",
             loginFields()},
            {"login.when", "the entry counts where all of this holds", loginWhenFields()},
            {"logging", "what is written", loggingFields()},
            {"limits", "what slows down guessing", limitsFields()},
            {"outgoing", "requests to other servers", outgoingFields()},
            {"jobs", "durable work, and how often it is tried", jobsFields()}};
}

}  // namespace gatehouse
