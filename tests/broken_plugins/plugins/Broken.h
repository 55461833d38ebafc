// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/EventSink.h>

namespace gatehouse {

/// An event sink with nothing wrong: each plugin here changes one thing.
class PlainSink : public EventSink {
public:
    void publish(const std::vector<Event>& /*events*/) noexcept override {}
};

/// What PlainSink would say of itself under this name.
inline PluginDescriptor plainDescriptor(const char* name) {
    return {pluginMagic,      sdkMajor, sdkMinor, buildTag,
            EventSink::point, name,     "1.0.0",  "",
            "stable",         {},       {},       []() -> Plugin* { return new PlainSink; }};
}

}  // namespace gatehouse

// The entry point with a descriptor of one's own.
#define BROKEN_PLUGIN(name, change)                                                                \
    extern "C" __attribute__((visibility("default"))) const gatehouse::PluginDescriptor*           \
    gatehouse_plugin() {                                                                           \
        static const gatehouse::PluginDescriptor descriptor = [] {                                 \
            gatehouse::PluginDescriptor broken = gatehouse::plainDescriptor(name);                 \
            change;                                                                                \
            return broken;                                                                         \
        }();                                                                                       \
        return &descriptor;                                                                        \
    }
