// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gatehouse::testkit {

namespace detail {

template <class Bed> constexpr auto hasKill(int) -> decltype(&Bed::kill, bool()) {
    return true;
}
template <class Bed> constexpr bool hasKill(long) {
    return false;
}
template <class Bed> constexpr auto hasSlowDown(int) -> decltype(&Bed::slowDown, bool()) {
    return true;
}
template <class Bed> constexpr bool hasSlowDown(long) {
    return false;
}

}  // namespace detail

/// Does the bed say how its backend goes away, or is slow?
template <class Bed> constexpr bool canBeAway = detail::hasKill<Bed>(0);
template <class Bed> constexpr bool canBeSlow = detail::hasSlowDown<Bed>(0);

}  // namespace gatehouse::testkit
