// SPDX-License-Identifier: Apache-2.0
#include "Wording.h"

namespace gatehouse {

namespace {

constexpr std::string_view usual = "en";

}  // namespace

Wording::Wording(const Value& given) {
    if (given.text() != nullptr) {
        texts_.emplace(usual, *given.text());
    }
    if (given.map() == nullptr) {
        return;
    }
    for (const auto& [language, text] : *given.map()) {
        if (text.text() == nullptr) {
            texts_.clear();
            return;
        }
        texts_.emplace(language, *text.text());
    }
}

const std::string& Wording::in(std::string_view language) const {
    for (const auto tag : {language, language.substr(0, language.find('-')), usual}) {
        if (const auto found = texts_.find(tag); found != texts_.end()) {
            return found->second;
        }
    }
    return texts_.begin()->second;
}

}  // namespace gatehouse
