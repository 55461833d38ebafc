// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace gatehouse {

/// Who is at fault; decides the HTTP status a failure becomes.
enum class Fault {
    badInput,  ///< the caller sent something wrong: 400
    notAllowed,  ///< understood and refused: 403
    unavailable,  ///< a dependency is away, nothing was done: 503 with Retry-After
    unknown,  ///< a dependency fell silent, it may have been done: 503 with Retry-After
    internal  ///< ours: 500 server_error
};

/// A failure as a value. `detail` goes to the log, never to the wire.
struct Error {
    Fault fault = Fault::internal;
    std::string detail;

    static Error badInput(std::string detail) { return {Fault::badInput, std::move(detail)}; }
    static Error notAllowed(std::string detail) { return {Fault::notAllowed, std::move(detail)}; }
    static Error unavailable(std::string detail) { return {Fault::unavailable, std::move(detail)}; }
    static Error unknown(std::string detail) { return {Fault::unknown, std::move(detail)}; }
    static Error internal(std::string detail) { return {Fault::internal, std::move(detail)}; }

    /// Is it a dependency's fault, which passes: is it worth trying again?
    bool isTemporary() const noexcept {
        return fault == Fault::unavailable || fault == Fault::unknown;
    }
};

/// A value or the reason there is none. Dereferencing the wrong side throws
/// std::bad_variant_access.
template <class T, class E = Error> class [[nodiscard]] Result {
public:
    Result(T value)  // NOLINT(google-explicit-constructor)
        : state_(std::in_place_index<0>, std::move(value)) {}
    Result(E error)  // NOLINT(google-explicit-constructor)
        : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const noexcept { return state_.index() == 0; }
    const T& operator*() const& { return std::get<0>(state_); }
    T& operator*() & { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    const T* operator->() const { return &std::get<0>(state_); }
    T* operator->() { return &std::get<0>(state_); }
    const E& error() const { return std::get<1>(state_); }

private:
    std::variant<T, E> state_;
};

using Status = Result<std::monostate>;

/// The Status that says all went well.
inline Status done() {
    return std::monostate{};
}

}  // namespace gatehouse
