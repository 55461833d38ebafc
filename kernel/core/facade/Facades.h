// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class Services;

/// An interface of the SDK through which plugins use the core: a built-in plugin, so that it is
/// asked for as any other. It answers from the core's start on.
struct Facade {
    PluginDescriptor descriptor;
    std::unique_ptr<Plugin> (*make)(Services& core);
    bool showsPages;  ///< whoever asks for it does
};

/// All there are.
const std::vector<Facade>& facades();
/// What they are asked for by.
std::vector<std::string> facadeNames();
/// Is one of them asked for by this name?
bool isFacade(std::string_view point);
/// Does a plugin with these needs show pages?
bool showsPages(const NameTable& needs);

}  // namespace gatehouse
