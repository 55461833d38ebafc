// SPDX-License-Identifier: Apache-2.0
#include "authorization/ConsentNotes.h"

#include "json/Members.h"
#include "plugin/KeptNote.h"

#include <utility>

namespace gatehouse {

ConsentNotes::ConsentNotes(Host& host, const Rules& rules) {
    for (const auto& named : rules) {
        if (const auto* note = capabilityOf<ConsentNote>(*named.plugin)) {
            rules_.push_back({Watched<AuthorizationRule>(host, named), note});
        }
    }
}

Result<ValueList> ConsentNotes::shown(const ValueMap& notes, std::string_view language) const {
    ValueList all;
    for (const auto& each : rules_) {
        const auto note = objectOf(notes, each.rule.name());
        if (note.empty()) {
            continue;
        }
        auto parts = each.rule.ask([&](const AuthorizationRule&) {
            return Result<ValueList>(each.note->shown(note, language));
        });
        if (!parts) {
            return parts.error();
        }
        if (parts->empty()) {
            return each.rule.fault("it shows nothing of what a person is to allow");
        }
        for (auto& part : *parts) {
            all.push_back(std::move(part));
        }
    }
    return all;
}

ValueMap ConsentNotes::kinds(const ValueMap& notes) const {
    ValueMap all;
    for (const auto& each : rules_) {
        const auto note = objectOf(notes, each.rule.name());
        auto kinds = note.empty() ? Result<ValueList>(ValueList())
                                  : each.rule.ask([&](const AuthorizationRule&) {
                                        return Result<ValueList>(each.note->kinds(note));
                                    });
        if (kinds && !kinds->empty()) {
            all.set(each.rule.name(), *std::move(kinds));
        }
    }
    return all;
}

Result<bool> ConsentNotes::areCovered(const ValueMap& kept, const ValueMap& notes) const {
    for (const auto& each : rules_) {
        const auto note = objectOf(notes, each.rule.name());
        if (note.empty()) {
            continue;
        }
        auto covered = each.rule.ask([&](const AuthorizationRule&) {
            return Result<bool>(each.note->isCovered(objectOf(kept, each.rule.name()), note));
        });
        if (!covered || !*covered) {
            return covered;
        }
    }
    return true;
}

Result<ValueMap> ConsentNotes::kept(ValueMap before, const ValueMap& notes) const {
    for (const auto& each : rules_) {
        const auto& name = each.rule.name();
        const auto note = objectOf(notes, name);
        if (note.empty()) {
            continue;
        }
        auto now = each.rule.ask([&](const AuthorizationRule&) {
            return Result<ValueMap>(each.note->kept(objectOf(before, name), note));
        });
        if (now && !now->empty()) {
            now = keptNote(each.rule, *now);
        }
        if (!now) {
            return now.error();
        }
        before.erase(name);
        if (!now->empty()) {
            before.set(name, *std::move(now));
        }
    }
    return before;
}

}  // namespace gatehouse
