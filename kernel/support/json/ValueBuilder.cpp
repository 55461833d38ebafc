// SPDX-License-Identifier: Apache-2.0
#include "json/ValueBuilder.h"

#include <Poco/Exception.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace gatehouse {

namespace {

// A ValueMap is searched in order: its size is limited so that no text takes quadratic time.
constexpr std::size_t maximumMembers = 512;

void addMember(ValueMap& map, std::string_view name, Value value) {
    const auto before = map.size();
    map.set(name, std::move(value));
    if (map.size() == before || before == maximumMembers) {
        throw Poco::DataFormatException("a name twice, or too many");
    }
}

}  // namespace

void ValueBuilder::reset() {
    open_.clear();
    root_.reset();
}

void ValueBuilder::startObject() {
    open_.push_back({ValueMap(), {}});
}

void ValueBuilder::endObject() {
    close();
}

void ValueBuilder::startArray() {
    open_.push_back({ValueList(), {}});
}

void ValueBuilder::endArray() {
    close();
}

void ValueBuilder::key(const std::string& name) {
    open_.back().name = name;
}

void ValueBuilder::null() {
    add(Value());
}

void ValueBuilder::value(int number) {
    add(number);
}

void ValueBuilder::value(unsigned number) {
    add(std::int64_t{number});
}

void ValueBuilder::value(Poco::Int64 number) {
    add(std::int64_t{number});
}

void ValueBuilder::value(Poco::UInt64 number) {
    constexpr auto most = static_cast<Poco::UInt64>(std::numeric_limits<std::int64_t>::max());
    if (number <= most) {
        add(static_cast<std::int64_t>(number));
    } else {
        add(static_cast<double>(number));
    }
}

void ValueBuilder::value(const std::string& text) {
    add(text);
}

void ValueBuilder::value(double number) {
    add(number);
}

void ValueBuilder::value(bool truth) {
    add(truth);
}

std::optional<Value> ValueBuilder::take() {
    return std::exchange(root_, std::nullopt);
}

void ValueBuilder::close() {
    Value closed = std::move(open_.back().container);
    open_.pop_back();
    add(std::move(closed));
}

void ValueBuilder::add(Value value) {
    if (open_.empty()) {
        root_ = std::move(value);
        return;
    }
    auto& parent = open_.back();
    if (auto* list = parent.container.list()) {
        list->push_back(std::move(value));
        return;
    }
    addMember(*parent.container.map(), parent.name, std::move(value));
}

}  // namespace gatehouse
