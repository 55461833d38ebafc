// SPDX-License-Identifier: Apache-2.0
#include "AuthorizationDetails.h"

#include "DetailMembers.h"
#include "DetailNote.h"
#include "DetailReader.h"
#include "DetailView.h"
#include "Matching.h"
#include "json/Json.h"
#include "text/Contains.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

std::vector<std::string> resourcesIn(const Form& form) {
    std::vector<std::string> resources;
    for (const auto& [name, value] : form.fields()) {
        if (name == "resource" && !value.empty()) {
            resources.push_back(value);
        }
    }
    return resources;
}

}  // namespace

Status AuthorizationDetails::configure(const Config& /*config*/, Host& host) {
    host_ = &host;
    return done();
}

Status AuthorizationDetails::start() {
    for (const auto& named : host_->all<ClientMetadataRule>()) {
        if (const auto* members = dynamic_cast<const DetailMembers*>(named.plugin)) {
            types_ = &members->types();
        }
    }
    return types_ != nullptr ? done() : Error::internal("its types are not there");
}

std::vector<std::string_view> AuthorizationDetails::parameters() const {
    return {detailsParameter};
}

Result<ValueMap, OAuthError> AuthorizationDetails::check(const RequestInHand& request) const {
    const auto& form = request.parameters();
    auto details = readDetails(form.text(detailsParameter));
    if (!details) {
        return details.error();
    }
    if (auto why = objection(*details, request.client(), false)) {
        return *std::move(why);
    }
    const auto resources = resourcesIn(form);
    if (!std::all_of(details->begin(), details->end(),
                     [&](const ValueMap& detail) { return isFor(detail, resources); })) {
        return invalidDetails("The locations are of none of the resources that are asked for");
    }
    return shortNoteOf(*std::move(details));
}

AuthorizationDetails::Objection
AuthorizationDetails::objection(const Details& details, const Client& client, bool isAlone) const {
    for (const auto& detail : details) {
        if (auto why = objection(detail, client, isAlone)) {
            return why;
        }
    }
    return std::nullopt;
}

/// A client learns no more of a type that it may not use than of one that there is not.
AuthorizationDetails::Objection
AuthorizationDetails::objection(const ValueMap& detail, const Client& client, bool isAlone) const {
    const auto name = detail.text("type");
    const auto* type = typeFor(*types_, name, client);
    if (type == nullptr || (isAlone && !type->isForClients)) {
        return invalidDetails("This client may not use one of the types of authorization_details",
                              "type " + std::string(name));
    }
    ValueMap rest = detail;
    if (!type->schema.hasProperty("type")) {
        rest.erase("type");
    }
    const auto why = type->schema.problem(std::move(rest));
    return why.empty() ? std::nullopt
                       : std::optional(invalidDetails(
                             "One of the authorization_details is not as its type allows",
                             std::string(name) + ": " + why));
}

ValueList AuthorizationDetails::shown(const ValueMap& note, std::string_view language) const {
    ValueList views;
    for (const auto& detail : detailsOf(note)) {
        const auto type = types_->find(detail.text("type"));
        views.emplace_back(
            detailView(detail, type == types_->end() ? nullptr : &type->second, language));
    }
    return views;
}

bool AuthorizationDetails::isCovered(const ValueMap& kept, const ValueMap& note) const {
    Details granted;
    for (auto& detail : detailsOf(kept)) {
        const auto type = types_->find(detail.text("type"));
        if (type != types_->end() && type->second.isRemembered) {
            granted.push_back(std::move(detail));
        }
    }
    return areWithin(granted, detailsOf(note));
}

/// The oldest make room for the newest.
ValueMap AuthorizationDetails::kept(const ValueMap& before, const ValueMap& note) const {
    Details all = detailsOf(before);
    for (const auto& detail : detailsOf(note)) {
        const auto type = types_->find(detail.text("type"));
        if (type != types_->end() && type->second.isRemembered && !contains(all, detail)) {
            all.push_back(detail);
        }
    }
    while (toJson(noteOf(all)).size() > longestNote) {
        all.erase(all.begin());
    }
    return noteOf(std::move(all));
}

ValueList AuthorizationDetails::kinds(const ValueMap& note) const {
    ValueList types;
    for (const auto& detail : detailsOf(note)) {
        if (const Value type(detail.text("type")); !contains(types, type)) {
            types.push_back(type);
        }
    }
    return types;
}

std::string_view AuthorizationDetails::member() const {
    return detailsParameter;
}

Result<ValueMap, OAuthError> AuthorizationDetails::carried(const NoteInHand& tokens) const {
    auto granted = allowedNow(detailsOf(tokens.note()), tokens.client());
    const auto& form = tokens.parameters();
    if (!form.has(detailsParameter)) {
        return noteOf(std::move(granted));
    }
    if (form.count(detailsParameter) > 1) {
        return OAuthError::of(OAuthCode::invalidRequest,
                              "The authorization_details are included more than once");
    }
    auto asked = readDetails(form.text(detailsParameter));
    if (!asked) {
        return asked.error();
    }
    const bool isAlone = tokens.note().empty() && !tokens.subject().isPerson();
    if (auto why = objection(*asked, tokens.client(), isAlone)) {
        return *std::move(why);
    }
    if (!isAlone && !areWithin(granted, *asked)) {
        return invalidDetails("The authorization_details are more than was granted");
    }
    return shortNoteOf(*std::move(asked));
}

Details AuthorizationDetails::allowedNow(Details granted, const Client& client) const {
    granted.erase(std::remove_if(granted.begin(), granted.end(),
                                 [&](const ValueMap& detail) {
                                     return typeFor(*types_, detail.text("type"), client) ==
                                            nullptr;
                                 }),
                  granted.end());
    return granted;
}

/// Who was granted one payment was not granted two: what covers one covers no other.
bool AuthorizationDetails::areWithin(const Details& granted, const Details& asked) const {
    std::vector<std::vector<std::size_t>> covering(asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto type = types_->find(asked[i].text("type"));
        for (std::size_t k = 0; type != types_->end() && k < granted.size(); ++k) {
            if (type->second.narrowing.isWithin(granted[k], asked[i])) {
                covering[i].push_back(k);
            }
        }
    }
    return Matching(covering).isComplete();
}

/// RFC 9396 section 9.1: filtered to the audience.
Value AuthorizationDetails::told(const ValueMap& note,
                                 const std::vector<std::string>& audience) const {
    ValueList list;
    for (auto& detail : detailsOf(note)) {
        if (isFor(detail, audience)) {
            list.emplace_back(std::move(detail));
        }
    }
    return list.empty() ? Value() : Value(std::move(list));
}

void AuthorizationDetails::describe(const Issuer& /*issuer*/, ValueMap& metadata) const {
    ValueList names;
    for (const auto& type : *types_) {
        names.emplace_back(type.first);
    }
    metadata.set("authorization_details_types_supported", std::move(names));
}

constexpr const char* needs[] = {"client_metadata_rule",
                                 "client_metadata_rule.authorization_details"};

}  // namespace gatehouse

GATEHOUSE_DESCRIBE(gatehouse::AuthorizationDetails, "authorization_details", "0.1.0",
                   "Requests for what types of authorization details describe", gatehouse::needs)
GATEHOUSE_LIBRARY(gatehouse::AuthorizationDetails, gatehouse::DetailMembers)
