// SPDX-License-Identifier: Apache-2.0
#include "KeptEvent.h"

#include "json/Json.h"
#include "json/Members.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

/// Whatever is longer was not said by somebody who should be told of.
constexpr std::size_t longest = 512;

struct Kept {
    std::string_view type;
    const char* text;
    bool isStrangers = false;  ///< who knows a login's name can cause it
};

constexpr Kept kinds[] = {
    {"login.succeeded", "recent_event.login"},
    {"login.failed", "recent_event.wrong", true},
    {"password.forgotten", "recent_event.forgotten", true},
    {"password.changed", "recent_event.password"},
    {"authenticator.added", "recent_event.added"},
    {"totp.enrolled", "recent_event.added"},
    {"passkey.added", "recent_event.added"},
    {"recovery_code.enrolled", "recent_event.added"},
    {"upstream.linked", "recent_event.added"},
    {"authenticator.removed", "recent_event.removed"},
    {"recovery_code.used", "recent_event.recovery"},
    {"consent.granted", "recent_event.granted"},
    {"consent.withdrawn", "recent_event.withdrawn"},
    {"profile.changed", "recent_event.profile"},
    {"user.created", "recent_event.created"},
};

std::string within(std::string_view text) {
    return text.size() <= longest ? std::string(text) : std::string();
}

bool isStrangers(const KeptEvent& kept) {
    return std::any_of(std::begin(kinds), std::end(kinds), [&](const Kept& kind) {
        return kind.isStrangers && kept.event.text == kind.text;
    });
}

/// What the new one is told together with.
KeptEvents::iterator sameAs(KeptEvents& events, const KeptEvent& added) {
    const auto isSame = [&](const KeptEvent& kept) { return kept.event.text == added.event.text; };
    if (isStrangers(added)) {
        const auto end = std::find_if_not(events.begin(), events.end(), isStrangers);
        const auto found = std::find_if(events.begin(), end, isSame);
        return found == end ? events.end() : found;
    }
    return std::find_if(events.begin(), events.end(), [&](const KeptEvent& kept) {
        return isSame(kept) && !added.requestId.empty() && kept.requestId == added.requestId;
    });
}

ValueMap described(const KeptEvent& kept) {
    const auto& [text, time, times, client, address, browser] = kept.event;
    ValueMap members{{"text", text}, {"time", time.time_since_epoch().count()}, {"times", times}};
    const auto put = [&members](const char* name, const std::string& value) {
        if (!value.empty()) {
            members.set(name, value);
        }
    };
    put("client", client);
    put("address", address);
    put("browser", browser.name);
    put("system", browser.system);
    put("request", kept.requestId);
    return members;
}

KeptEvent read(const ValueMap& members) {
    const auto text = [&members](const char* name) { return std::string(members.text(name)); };
    return {{text("text"),
             TimePoint{milliseconds{numberOf(members, "time")}},
             numberOf(members, "times", 1),
             text("client"),
             text("address"),
             {text("browser"), text("system")}},
            text("request")};
}

}  // namespace

std::optional<KeptEvent> KeptEvent::from(const Event& event) {
    const auto* const kind =
        std::find_if(std::begin(kinds), std::end(kinds),
                     [&](const Kept& known) { return known.type == event.type; });
    if (kind == std::end(kinds) || event.subject.empty()) {
        return std::nullopt;
    }
    return KeptEvent{
        {kind->text,
         event.time,
         1,
         within(event.clientId),
         within(event.remoteAddress),
         {within(event.details.text("browser")), within(event.details.text("system"))}},
        within(event.requestId)};
}

void add(KeptEvents& events, KeptEvent event) {
    const auto same = sameAs(events, event);
    if (same != events.end()) {
        event.event.times = same->event.times + (isStrangers(event) ? 1 : 0);
        events.erase(same);
    }
    events.insert(events.begin(), std::move(event));
}

std::string toText(const KeptEvents& events) {
    ValueList list;
    for (const auto& kept : events) {
        list.emplace_back(described(kept));
    }
    return toJson(ValueMap{{"events", std::move(list)}});
}

std::optional<KeptEvents> keptEvents(std::string_view text) {
    const auto json = parseJson(text);
    const auto* members = json ? json->map() : nullptr;
    const auto* list = members == nullptr ? nullptr : members->find("events");
    if (list == nullptr || list->list() == nullptr) {
        return std::nullopt;
    }
    KeptEvents events;
    for (const auto& one : *list->list()) {
        if (one.map() != nullptr) {
            events.push_back(read(*one.map()));
        }
    }
    return events;
}

}  // namespace gatehouse
