// SPDX-License-Identifier: Apache-2.0
#include "mail/MailText.h"

#include "json/Json.h"
#include "json/Members.h"

namespace gatehouse {

Secret MailText::json() const {
    return Secret(toJson(ValueMap{{"name", name},
                                  {"to", to},
                                  {"subject", subject},
                                  {"text", text},
                                  {"until", until.time_since_epoch().count()}}));
}

std::optional<MailText> MailText::from(std::string_view json) {
    const auto members = parseJson(json);
    if (!members || members->map() == nullptr) {
        return std::nullopt;
    }
    const ValueMap& map = *members->map();
    MailText mail;
    mail.name = map.text("name");
    mail.to = map.text("to");
    mail.subject = map.text("subject");
    mail.text = map.text("text");
    mail.until = TimePoint{milliseconds{numberOf(map, "until")}};
    return mail;
}

}  // namespace gatehouse
