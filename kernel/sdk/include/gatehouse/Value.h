// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gatehouse {

class Value;
struct Member;
using ValueList = std::vector<Value>;

/// A JSON object: members keep the order they were put in; a name stands once.
class ValueMap {
public:
    ValueMap() = default;
    inline ValueMap(std::initializer_list<Member> members);

    /// The value under `name`, or nullptr.
    inline const Value* find(std::string_view name) const noexcept;
    /// Text under `name`; empty when absent or not text.
    inline std::string_view text(std::string_view name) const noexcept;
    /// Puts or replaces.
    inline void set(std::string_view name, Value value);
    inline void erase(std::string_view name);
    /// Room for `count` members.
    inline void reserve(std::size_t count);
    bool contains(std::string_view name) const noexcept { return find(name) != nullptr; }
    inline bool empty() const noexcept;
    inline std::size_t size() const noexcept;
    inline std::vector<Member>::const_iterator begin() const noexcept;
    inline std::vector<Member>::const_iterator end() const noexcept;

private:
    std::vector<Member> members_;
};

/// A JSON value. Numbers that fit are kept as 64-bit integers, others as double.
class Value {
public:
    using State =
        std::variant<std::monostate, bool, std::int64_t, double, std::string, ValueList, ValueMap>;

    Value() = default;
    Value(bool value) : state_(value) {}  // NOLINT(google-explicit-constructor)
    Value(int value) : state_(std::int64_t{value}) {}  // NOLINT(google-explicit-constructor)
    Value(std::int64_t value) : state_(value) {}  // NOLINT(google-explicit-constructor)
    Value(double value) : state_(value) {}  // NOLINT(google-explicit-constructor)
    Value(const char* value) : state_(std::string(value)) {}  // NOLINT(google-explicit-constructor)
    Value(std::string_view value)  // NOLINT(google-explicit-constructor)
        : state_(std::string(value)) {}
    Value(std::string value) : state_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Value(ValueList value) : state_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Value(ValueMap value) : state_(std::move(value)) {}  // NOLINT(google-explicit-constructor)

    bool isNull() const noexcept { return state_.index() == 0; }
    /// The value as one kind, or nullptr when it is of another.
    const bool* boolean() const noexcept { return std::get_if<bool>(&state_); }
    const std::int64_t* integer() const noexcept { return std::get_if<std::int64_t>(&state_); }
    const double* real() const noexcept { return std::get_if<double>(&state_); }
    const std::string* text() const noexcept { return std::get_if<std::string>(&state_); }
    const ValueList* list() const noexcept { return std::get_if<ValueList>(&state_); }
    const ValueMap* map() const noexcept { return std::get_if<ValueMap>(&state_); }
    ValueList* list() noexcept { return std::get_if<ValueList>(&state_); }
    ValueMap* map() noexcept { return std::get_if<ValueMap>(&state_); }
    const State& state() const noexcept { return state_; }

    friend inline bool operator==(const Value& left, const Value& right);
    friend inline bool operator!=(const Value& left, const Value& right) {
        return !(left == right);
    }

private:
    State state_;
};

struct Member {
    std::string name;
    Value value;
};

inline bool operator==(const Member& left, const Member& right) {
    return left.name == right.name && left.value == right.value;
}

inline bool operator==(const ValueMap& left, const ValueMap& right) {
    if (left.size() != right.size()) {
        return false;
    }
    for (const auto& member : left) {
        const Value* other = right.find(member.name);
        if (other == nullptr || *other != member.value) {
            return false;
        }
    }
    return true;
}

inline bool operator==(const Value& left, const Value& right) {
    return left.state_ == right.state_;
}

inline ValueMap::ValueMap(std::initializer_list<Member> members) : members_(members) {}

inline const Value* ValueMap::find(std::string_view name) const noexcept {
    for (const auto& member : members_) {
        if (member.name == name) {
            return &member.value;
        }
    }
    return nullptr;
}

inline std::string_view ValueMap::text(std::string_view name) const noexcept {
    const Value* value = find(name);
    if (value == nullptr || value->text() == nullptr) {
        return {};
    }
    return *value->text();
}

inline void ValueMap::set(std::string_view name, Value value) {
    for (auto& member : members_) {
        if (member.name == name) {
            member.value = std::move(value);
            return;
        }
    }
    members_.push_back({std::string(name), std::move(value)});
}

inline void ValueMap::erase(std::string_view name) {
    for (auto member = members_.begin(); member != members_.end(); ++member) {
        if (member->name == name) {
            members_.erase(member);
            return;
        }
    }
}

inline void ValueMap::reserve(std::size_t count) {
    members_.reserve(count);
}

inline bool ValueMap::empty() const noexcept {
    return members_.empty();
}

inline std::size_t ValueMap::size() const noexcept {
    return members_.size();
}

inline std::vector<Member>::const_iterator ValueMap::begin() const noexcept {
    return members_.begin();
}

inline std::vector<Member>::const_iterator ValueMap::end() const noexcept {
    return members_.end();
}

}  // namespace gatehouse
