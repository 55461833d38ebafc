// SPDX-License-Identifier: Apache-2.0
#include "authorization/ResponseTypes.h"

#include "json/Members.h"
#include "text/Contains.h"
#include "text/SortedWords.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

using OneKind = const Watched<ResponseType>*;

void addGrant(std::vector<std::string>& grants, std::string_view grant) {
    if (!grant.empty() && !contains(grants, grant)) {
        grants.emplace_back(grant);
    }
}

}  // namespace

ResponseTypes::ResponseTypes(Host& host, const std::vector<Host::Named<ResponseType>>& plugins,
                             bool givesCodes) {
    if (givesCodes) {
        add({}, true);
    }
    for (const auto& named : plugins) {
        kinds_.emplace_back(host, named);
    }
    // Every choice of kinds, as the bits of a number.
    for (std::size_t choice = 1; choice < std::size_t{1} << kinds_.size(); ++choice) {
        std::vector<OneKind> kinds;
        for (std::size_t at = 0; at < kinds_.size(); ++at) {
            if ((choice >> at & 1U) != 0) {
                kinds.push_back(&kinds_[at]);
            }
        }
        std::stable_partition(kinds.begin(), kinds.end(),
                              [](OneKind kind) { return !kind->plugin().comesLast(); });
        if (std::any_of(kinds.begin(), kinds.end(),
                        [](OneKind kind) { return kind->plugin().standsAlone(); })) {
            add(kinds, false);
        }
        if (givesCodes) {
            add(std::move(kinds), true);
        }
    }
}

void ResponseTypes::add(std::vector<OneKind> kinds, bool givesCode) {
    AskedFor value;
    std::string words;
    if (givesCode) {
        words = ResponseType::code;
        addGrant(value.grants, "authorization_code");
    }
    for (const auto* kind : kinds) {
        words.append(words.empty() ? "" : " ").append(kind->plugin().kind());
        addGrant(value.grants, kind->plugin().grant());
    }
    for (const auto word : sortedWords(words)) {
        value.text.append(value.text.empty() ? "" : " ").append(word);
    }
    value.givesCode = givesCode;
    value.kinds = std::move(kinds);
    values_.push_back(std::move(value));
}

const AskedFor* ResponseTypes::find(std::string_view text) const {
    if (!values_.empty() && values_.front().text == text) {  // "code" needs no sorting
        return &values_.front();
    }
    const auto wanted = sortedWords(text);
    const auto found = std::find_if(values_.begin(), values_.end(), [&](const AskedFor& value) {
        return sortedWords(value.text) == wanted;
    });
    return found == values_.end() ? nullptr : &*found;
}

bool ResponseTypes::isHiddenFromServers(std::string_view text) const {
    if (kinds_.empty()) {
        return false;
    }
    const auto words = sortedWords(text);
    return std::any_of(kinds_.begin(), kinds_.end(), [&](const Watched<ResponseType>& kind) {
        return contains(words, kind.plugin().kind());
    });
}

bool ResponseTypes::allows(const Issuer& issuer, const AskedFor& type) {
    return std::all_of(type.grants.begin(), type.grants.end(),
                       [&](const auto& grant) { return issuer.allowsGrant(grant); });
}

Status ResponseTypes::check(const Issuer& issuer, const ValueMap& metadata) const {
    for (const auto& text : textsOf(metadata.find("response_types"))) {
        const auto* type = find(text);
        if (type == nullptr || !allows(issuer, *type)) {
            return Error::badInput("response_types: \"" + text + "\" is not supported");
        }
    }
    return done();
}

std::vector<std::string> ResponseTypes::names(const Issuer& issuer) const {
    std::vector<std::string> names;
    for (const auto& value : values_) {
        if (allows(issuer, value)) {
            names.push_back(value.text);
        }
    }
    return names;
}

std::vector<std::string> ResponseTypes::grants(const Issuer& issuer) const {
    std::vector<std::string> grants;
    for (const auto& kind : kinds_) {
        if (issuer.allowsGrant(kind.plugin().grant())) {
            addGrant(grants, kind.plugin().grant());
        }
    }
    return grants;
}

}  // namespace gatehouse
