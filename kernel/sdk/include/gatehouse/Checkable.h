// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Result.h>

namespace gatehouse {

/// What a plugin is as well that reads files, or needs something of another plugin's settings, so
/// that a mistake there is found by `gatehouse check`, and before a start or reload touches
/// anything.
class Checkable {
public:
    static constexpr Capability capability{"checkable", 1};
    Checkable(const Checkable&) = delete;
    Checkable& operator=(const Checkable&) = delete;
    virtual ~Checkable() = default;

    /// Opens and reads the files that the settings name; connects to nothing, changes nothing.
    /// After every plugin's configure(), with or without a start(); by the main thread, at a reload
    /// while requests run. The error has one problem a line, each perhaps behind its place,
    /// "path:line:column: ".
    virtual Status check() const = 0;

private:
    template <class P, class... C> friend class With;
    Checkable() = default;
};

}  // namespace gatehouse
