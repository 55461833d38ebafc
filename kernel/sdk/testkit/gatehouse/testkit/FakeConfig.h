// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/Value.h>

#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Settings given by a test: `FakeConfig config{{"path", "/x"}, {"timeout", "3s"}, {"limit", 5}}`.
/// With a plugin's table, `FakeConfig config(fieldsOf<MyStore>(), {{"path", "/x"}})`, it knows the
/// defaults; without one the names given are the table, `{"name", {}}` for a setting that is not
/// set. A name that is not in the table is refused, as the server does.
class FakeConfig final : public Config {
public:
    FakeConfig() = default;
    FakeConfig(std::initializer_list<Member> settings) : settings_(settings) {}
    explicit FakeConfig(FieldTable table, ValueMap settings = {}, std::string instance = "test")
        : table_(table), settings_(std::move(settings)), instance_(std::move(instance)) {
        for (const auto& setting : settings_) {
            (void)value(setting.name);
        }
    }

    std::string_view instance() const noexcept override { return instance_; }
    bool has(std::string_view name) const override { return !value(name).isNull(); }
    std::string text(std::string_view name) const override { return textOf(value(name)); }
    Secret secret(std::string_view name) const override { return Secret(textOf(value(name))); }
    milliseconds duration(std::string_view name) const override {
        return parseDuration(textOf(value(name)));
    }
    std::int64_t number(std::string_view name) const override {
        const Value found = value(name);
        if (found.integer() != nullptr) {
            return *found.integer();
        }
        const std::string digits = textOf(found);
        return digits.empty() ? 0 : std::stoll(digits);
    }
    bool boolean(std::string_view name) const override {
        const Value found = value(name);
        return found.boolean() != nullptr ? *found.boolean() : textOf(found) == "true";
    }
    std::vector<std::string> list(std::string_view name) const override {
        const Value found = value(name);
        std::vector<std::string> texts;
        if (found.list() != nullptr) {
            for (const auto& item : *found.list()) {
                texts.push_back(textOf(item));
            }
        }
        std::istringstream byDefault(textOf(found));
        for (std::string text; std::getline(byDefault, text, ',');) {
            texts.push_back(text);
        }
        return texts;
    }
    ValueMap map(std::string_view name) const override {
        const Value found = value(name);
        return found.map() != nullptr ? *found.map() : ValueMap{};
    }
    std::string place(std::string_view name) const override {
        (void)value(name.substr(0, name.find('.')));
        return "test:" + std::string(name);
    }

private:
    Value value(std::string_view name) const {
        const Value* set = settings_.find(name);
        const Field* row = rowOf(name);
        if (row == nullptr && (table_.size > 0 || set == nullptr)) {
            throw std::logic_error("no setting \"" + std::string(name) + "\" in the table");
        }
        if (set != nullptr) {
            return *set;
        }
        const char* text = row->presence.byDefault;
        return text == nullptr ? Value{} : Value{text};
    }
    const Field* rowOf(std::string_view name) const noexcept {
        for (const auto& row : table_) {
            if (name == row.name) {
                return &row;
            }
        }
        return nullptr;
    }
    static std::string textOf(const Value& value) {
        return value.text() != nullptr ? *value.text() : std::string{};
    }
    static milliseconds parseDuration(const std::string& text) {
        if (text.empty()) {
            return milliseconds{0};
        }
        std::size_t digits = 0;
        const std::int64_t amount = std::stoll(text, &digits);
        const std::string unit = text.substr(digits);
        static const std::pair<const char*, std::int64_t> units[] = {
            {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
        for (const auto& [name, size] : units) {
            if (unit == name) {
                return milliseconds{amount * size};
            }
        }
        throw std::logic_error(text + " is not a duration");
    }

    FieldTable table_;
    ValueMap settings_;
    std::string instance_ = "test";
};

}  // namespace gatehouse::testkit
