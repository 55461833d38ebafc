// SPDX-License-Identifier: Apache-2.0
#include "DetailView.h"

#include "Items.h"
#include "json/Json.h"
#include "text/Contains.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

bool isScalar(const Value& value) {
    return value.map() == nullptr && value.list() == nullptr;
}

const Wording* wordingOf(const std::map<std::string, Wording>& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? nullptr : &found->second;
}

const Value* memberAt(const ValueMap& detail, std::string_view path) {
    const auto dot = path.find('.');
    const Value* value = detail.find(path.substr(0, dot));
    if (value == nullptr || dot == std::string_view::npos) {
        return value;
    }
    return value->map() == nullptr ? nullptr : memberAt(*value->map(), path.substr(dot + 1));
}

/// Makes the view of one detail.
class Viewer {
public:
    Viewer(const ValueMap& detail, const DetailType* type, std::string_view language)
        : detail_(detail), type_(type), language_(language) {}

    ValueMap view() {
        const bool isKnown = type_ != nullptr;
        if (isKnown && !type_->text.empty()) {
            putIn(type_->text.in(language_));
        }
        for (const auto& [name, value] : detail_) {
            if (name != "type") {
                addRows(below({}, name), below({}, name), value);
            }
        }
        return {{"title", isKnown ? type_->title.in(language_) : std::string(detail_.text("type"))},
                {"sentence", std::move(sentence_)},
                {"rows", std::move(rows_)}};
    }

private:
    /// A sentence with a gap would say something else: there is none then.
    void putIn(std::string_view text) {
        while (!text.empty()) {
            const auto begin = std::min(text.find('{'), text.size());
            addWords(text.substr(0, begin));
            text.remove_prefix(begin);
            const auto end = text.find('}');
            if (end == std::string_view::npos) {
                addWords(text);
                return;
            }
            const auto path = text.substr(1, end - 1);
            const Value* member = memberAt(detail_, path);
            auto shown = member == nullptr ? std::nullopt : shortText(*member);
            if (!shown || shown->empty()) {
                sentence_.clear();
                told_.clear();
                return;
            }
            sentence_.emplace_back(ValueMap{{"value", *std::move(shown)}});
            told_.emplace_back(path);
            text.remove_prefix(end + 1);
        }
    }

    std::string scalarText(const Value& value) const {
        if (value.text() == nullptr) {
            return toJson(value);
        }
        const auto* called = type_ == nullptr ? nullptr : wordingOf(type_->values, *value.text());
        return called == nullptr ? *value.text() : called->in(language_);
    }

    /// nullopt: it has none.
    std::optional<std::string> shortText(const Value& value) const {
        if (isScalar(value)) {
            return scalarText(value);
        }
        std::string listed;
        for (const auto& item : itemsOf(value)) {
            if (!isScalar(item)) {
                return std::nullopt;
            }
            listed.append(listed.empty() ? "" : ", ").append(scalarText(item));
        }
        return listed.empty() ? std::nullopt : std::optional(listed);
    }

    void addWords(std::string_view words) {
        if (!words.empty()) {
            sentence_.emplace_back(ValueMap{{"words", words}});
        }
    }

    /// `place` has the numbers of items in it, `path` has not.
    void addRows(const std::string& path, const std::string& place, const Value& value) {
        if (contains(told_, path)) {
            return;
        }
        if (auto shown = shortText(value)) {
            rows_.emplace_back(
                ValueMap{{"name", label(path, place)}, {"value", *std::move(shown)}});
            return;
        }
        addNested(path, place, value);
    }

    void addNested(const std::string& path, const std::string& place, const Value& value) {
        std::size_t number = 0;
        for (const auto& item : itemsOf(value)) {
            addRows(path, below(place, std::to_string(++number)), item);
        }
        for (const auto& [name, member] : membersOf(value)) {
            addRows(below(path, name), below(place, name), member);
        }
        if (number == 0 && (value.map() == nullptr || value.map()->empty())) {
            rows_.emplace_back(ValueMap{{"name", label(path, place)}, {"value", toJson(value)}});
        }
    }

    std::string label(const std::string& path, const std::string& place) const {
        const auto* called = type_ == nullptr ? nullptr : wordingOf(type_->labels, path);
        return called == nullptr ? place : called->in(language_);
    }

    const ValueMap& detail_;
    const DetailType* type_;
    std::string_view language_;
    ValueList sentence_;
    ValueList rows_;
    std::vector<std::string> told_;  ///< paths of the members in the sentence
};

}  // namespace

ValueMap detailView(const ValueMap& detail, const DetailType* type, std::string_view language) {
    return Viewer(detail, type, language).view();
}

}  // namespace gatehouse
