// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include <cstdint>
#include <string_view>

namespace gatehouse {

/// The name and version of an interface that some plugins of a point have and others do not. Its
/// class has it as `static constexpr Capability capability`. An interface never changes: what is
/// new is another version, or another interface.
struct Capability {
    std::string_view name;  ///< "user_store.list"
    std::uint16_t version;
};

/// What a plugin has beside its point, or nullptr. It lives as long as the plugin.
template <class C> C* capabilityOf(Plugin& plugin) noexcept {
    return static_cast<C*>(plugin.capability(C::capability.name, C::capability.version));
}

/// What a plugin derives from that has more than its point: `class Acme final : public
/// With<UserStore, UserLister, Checkable>`.
template <class P, class... C> class With : public P, public C... {
public:
    void* capability(std::string_view name, std::uint16_t version) noexcept override {
        void* found = P::capability(name, version);
        ((found = isOf<C>(name, version) ? static_cast<C*>(this) : found), ...);
        return found;
    }

private:
    template <class One> static bool isOf(std::string_view name, std::uint16_t version) {
        return name == One::capability.name && version == One::capability.version;
    }
};

}  // namespace gatehouse
