// SPDX-License-Identifier: Apache-2.0
#include "token/TokenNotes.h"

#include "json/Members.h"
#include "plugin/KeptNote.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

class InHand final : public NoteInHand {
public:
    InHand(const TokenNotes::For& tokens, ValueMap note)
        : tokens_(tokens), note_(std::move(note)) {}

    const Context& context() const noexcept override { return tokens_.context; }
    const Client& client() const noexcept override { return tokens_.client; }
    const Subject& subject() const noexcept override { return tokens_.subject; }
    const ValueMap& note() const noexcept override { return note_; }
    const Form& parameters() const noexcept override {
        static const Form none;
        return tokens_.parameters == nullptr ? none : *tokens_.parameters;
    }

private:
    const TokenNotes::For& tokens_;
    ValueMap note_;
};

}  // namespace

TokenNotes::TokenNotes(Host& host, const Rules& rules) {
    for (const auto& named : rules) {
        const auto* note = capabilityOf<TokenNote>(*named.plugin);
        if (note == nullptr) {
            continue;
        }
        Rule rule{Watched<AuthorizationRule>(host, named), note, {}};
        for (const auto parameter : named.plugin->parameters()) {
            rule.parameters.emplace_back(parameter);
        }
        rules_.push_back(std::move(rule));
    }
}

Result<TokenNotes::Carried, OAuthError> TokenNotes::carried(const For& tokens,
                                                            const ValueMap& notes) const {
    Carried all{notes, {}};
    for (const auto& rule : rules_) {
        const auto& name = rule.rule.name();
        const InHand inHand(tokens, objectOf(notes, name));
        if (inHand.note().empty() && !rule.isAskedIn(inHand.parameters())) {
            continue;
        }
        auto note = rule.carried(inHand);
        if (!note) {
            return note.error();
        }
        auto value = note->empty() ? Value() : rule.told(*note, tokens.audience);
        if (!value) {
            return value.error();
        }
        if (!value->isNull()) {
            all.members.set(rule.note->member(), *std::move(value));
        }
        all.notes.set(name, *std::move(note));
    }
    return all;
}

Result<ValueMap, OAuthError> TokenNotes::Rule::carried(const NoteInHand& tokens) const {
    const auto less = rule.ask([&](const AuthorizationRule&) { return note->carried(tokens); });
    if (!less) {
        return less.error();
    }
    auto kept = keptNote(rule, *less);
    return kept ? Result<ValueMap, OAuthError>(*std::move(kept)) : OAuthError::from(kept.error());
}

Result<Value, OAuthError> TokenNotes::Rule::told(const ValueMap& carried,
                                                 const std::vector<std::string>& audience) const {
    return rule.ask([&](const AuthorizationRule&) {
        return Result<Value, OAuthError>(note->told(carried, audience));
    });
}

bool TokenNotes::Rule::isAskedIn(const Form& form) const {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const auto& name) { return form.has(name); });
}

}  // namespace gatehouse
