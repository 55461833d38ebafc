// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimsSources.h"

#include "json/Json.h"
#include "plugin/ReadAgain.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t longest = 4096;

class Wanted final : public ClaimsWanted {
public:
    Wanted(const Context& context, const ClaimsSources::About& about, std::string_view target,
           const ValueMap& note)
        : context_(context), about_(about), target_(target), note_(note) {}

    const Context& context() const noexcept override { return context_; }
    const Client& client() const noexcept override { return about_.client; }
    const Subject& subject() const noexcept override { return about_.subject; }
    const ScopeSet& scopes() const noexcept override { return about_.scopes; }
    std::string_view target() const noexcept override { return target_; }
    const ValueMap& person() const noexcept override { return about_.person; }
    const ValueMap& note() const noexcept override { return note_; }

private:
    const Context& context_;
    const ClaimsSources::About& about_;
    std::string_view target_;
    const ValueMap& note_;
};

const ValueMap& noteOf(const ValueMap& notes, const std::string& name) {
    static const ValueMap none;
    const Value* note = notes.find(name);
    return note == nullptr || note->map() == nullptr ? none : *note->map();
}

bool isNothing(const Value& value) {
    return value.isNull() || (value.text() != nullptr && value.text()->empty());
}

/// What is wrong with what a source told; empty: nothing.
std::string addTold(ValueMap& claims, const ValueMap& told, const std::vector<std::string>& names) {
    if (told.empty()) {
        return {};
    }
    const auto text = toJson(told);
    const auto again = text.size() <= longest ? readAgain(text) : std::nullopt;
    if (!again) {
        return "its claims are too long, or cannot be read again";
    }
    for (const auto& [name, value] : *again) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            return "it gives the claim \"" + name + "\", which it did not declare";
        }
        if (!isNothing(value)) {
            claims.set(name, value);
        }
    }
    return {};
}

}  // namespace

ClaimsSources::ClaimsSources(Host& host, const std::vector<Host::Named<ClaimsSource>>& plugins) {
    for (const auto& named : plugins) {
        Source source{Watched<ClaimsSource>(host, named), {}};
        for (const auto name : named.plugin->names()) {
            source.names.emplace_back(name);
        }
        sources_.push_back(std::move(source));
    }
}

Status ClaimsSources::addTo(ValueMap& claims, const Context& context, const About& about,
                            std::string_view target) const {
    for (const auto& [plugin, names] : sources_) {
        const Wanted wanted(context, about, target, noteOf(about.notes, plugin.name()));
        const auto told =
            plugin.ask([&](const ClaimsSource& source) { return source.claims(wanted); });
        if (!told) {
            return told.error();
        }
        if (const auto wrong = addTold(claims, *told, names); !wrong.empty()) {
            return plugin.fault(wrong);
        }
    }
    return done();
}

std::vector<std::string> ClaimsSources::names() const {
    std::vector<std::string> all;
    for (const auto& source : sources_) {
        all.insert(all.end(), source.names.begin(), source.names.end());
    }
    return all;
}

}  // namespace gatehouse
