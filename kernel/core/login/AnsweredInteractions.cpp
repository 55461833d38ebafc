// SPDX-License-Identifier: Apache-2.0
#include "login/AnsweredInteractions.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "json/Members.h"
#include "login/DailyLabel.h"
#include "login/InteractionBook.h"
#include "login/SessionService.h"
#include "text/Base64Url.h"
#include "text/FormText.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* kind = "answered_request";

std::string labelOf(const Interaction& interaction) {
    return dailyLabel("answer", interaction.until);
}

}  // namespace

void AnsweredInteractions::add(const Interaction& interaction, const Session& session,
                               const Answer& answer, Batch& batch) const {
    const auto now = host_.clock().now();
    const auto good = now + answerLifetime_;
    const ValueMap given{{"until", good.time_since_epoch().count()},
                         {"sub", session.subject.sub},
                         {"session", base64url(session.selector)},
                         {"answer", writeForm(answer)}};
    Record mark;
    mark.kind = kind;
    mark.key = keyOf(interaction);
    mark.expires = now + pagesLifetime_;
    mark.payload = host_.crypto().seal(labelOf(interaction), Secret(toJson(given)), mark.key);
    batch.expects.push_back({mark.kind, mark.key, Expect::State::absent});
    batch.puts.push_back(std::move(mark));
}

Result<std::optional<AnsweredInteractions::Answer>>
AnsweredInteractions::find(const Context& context, const Interaction& interaction,
                           std::string_view sub) const {
    const auto mark = host_.records().find(context, kind, keyOf(interaction));
    if (!mark) {
        return mark.error();
    }
    if (!*mark) {
        return std::optional<Answer>();
    }
    const auto given = host_.crypto().open(labelOf(interaction), (*mark)->payload, (*mark)->key);
    const auto value = given ? parseJson(given->view()) : std::nullopt;
    if (!value || value->map() == nullptr) {
        return Error::internal("the answer of an interaction cannot be read");
    }
    const ValueMap& answer = *value->map();
    const TimePoint until{milliseconds{numberOf(answer, "until")}};
    const auto form = parseForm(answer.text("answer"));
    if (until <= host_.clock().now() || answer.text("sub") != sub || !form) {
        return std::optional(Answer());
    }
    const auto isThere =
        sessions_.isThere(context, fromBase64url(answer.text("session")).value_or(std::string()));
    if (!isThere) {
        return isThere.error();
    }
    return std::optional(*isThere ? form->fields() : Answer());
}

std::string AnsweredInteractions::keyOf(const Interaction& interaction) const {
    return base64url(host_.crypto().mac("answered", interaction.name));
}

}  // namespace gatehouse
