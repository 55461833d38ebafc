// SPDX-License-Identifier: Apache-2.0
#include "config/Explain.h"

#include "config/Masking.h"
#include "json/Json.h"
#include "text/Printable.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t sourceColumn = 48;

std::array<const CheckedConfig*, 8> sectionsOf(const Configuration& configuration) {
    return {&configuration.server(),   &configuration.mtls(),    &configuration.security(),
            &configuration.oauth(),    &configuration.logging(), &configuration.limits(),
            &configuration.outgoing(), &configuration.jobs()};
}

bool isSet(const CheckedConfig::Setting& setting) {
    return !std::holds_alternative<std::monostate>(setting.value);
}

/// A line break or an escape sequence in a value must not forge a line.
std::string line(const std::string& setting, const std::string& source) {
    std::string text = printable(setting);
    text.resize(std::max(text.size() + 2, sourceColumn), ' ');
    return text + "# " + printable(source) + "\n";
}

std::string settingLines(const CheckedConfig& config) {
    std::string lines;
    for (const auto& setting : config.settings()) {
        if (isSet(setting)) {
            lines += line("  " + std::string(setting.field->name) + ": " + shown(setting),
                          setting.place.text());
        }
    }
    return lines;
}

std::string fileOf(const Configuration& configuration) {
    return configuration.file().empty() ? "built into the program" : configuration.file();
}

Value shownValue(const CheckedConfig::Setting& setting) {
    if (const auto* number = std::get_if<std::int64_t>(&setting.value)) {
        return *number;
    }
    if (const auto* truth = std::get_if<bool>(&setting.value)) {
        return *truth;
    }
    if (const auto* list = std::get_if<std::vector<std::string>>(&setting.value)) {
        return ValueList(list->begin(), list->end());
    }
    if (const auto* map = std::get_if<ValueMap>(&setting.value)) {
        return maskedMap(*map);
    }
    return shown(setting);
}

ValueMap sourced(Value value, const Place& place) {
    return {{"value", std::move(value)}, {"source", place.text()}};
}

ValueMap settingValues(const CheckedConfig& config) {
    ValueMap values;
    for (const auto& setting : config.settings()) {
        if (isSet(setting)) {
            values.set(setting.field->name, sourced(shownValue(setting), setting.place));
        }
    }
    return values;
}

std::string commas(const std::vector<std::string>& texts) {
    std::string text;
    for (const auto& entry : texts) {
        text += (text.empty() ? "" : ", ") + entry;
    }
    return text;
}

/// What an issuer has of its own.
std::vector<std::pair<std::string, std::string>> ownOf(const Configuration& configuration,
                                                       const IssuerEntry& entry) {
    std::vector<std::pair<std::string, std::string>> own;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) {
            own.emplace_back(name, value);
        }
    };
    add("clients_dir", entry.clientsDir == configuration.clientsDir() ? "" : entry.clientsDir);
    add("pages_override_dir", entry.looks.overrides);
    add("brand_name", entry.looks.branding.name);
    add("brand_logo", entry.looks.branding.logo);
    add("brand_color", entry.looks.branding.color);
    add("grants", commas(entry.issuer.grants));
    add("user_stores", commas(entry.issuer.userStores));
    return own;
}

std::string issuerLines(const Configuration& configuration) {
    std::string lines;
    for (const auto& entry : configuration.issuers()) {
        lines += line("issuer " + std::to_string(entry.issuer.id) + ": " + entry.issuer.url,
                      entry.place.text());
        for (const auto& [name, value] : ownOf(configuration, entry)) {
            std::string own = "  ";
            lines.append(printable(own.append(name).append(": ").append(value))).append("\n");
        }
    }
    return lines;
}

std::string tlsLines(const Configuration& configuration) {
    std::string lines;
    for (const auto& entry : configuration.tls()) {
        lines += line("server.tls.certificate: " + entry.files.certificate,
                      entry.certificatePlace.text());
        lines += line("server.tls.key: " + entry.files.key, entry.keyPlace.text());
    }
    return lines;
}

ValueList tlsValues(const Configuration& configuration) {
    ValueList entries;
    for (const auto& entry : configuration.tls()) {
        entries.emplace_back(
            ValueMap{{"certificate", sourced(entry.files.certificate, entry.certificatePlace)},
                     {"key", sourced(entry.files.key, entry.keyPlace)}});
    }
    return entries;
}

ValueList issuerValues(const Configuration& configuration) {
    ValueList issuers;
    for (const auto& entry : configuration.issuers()) {
        ValueMap values{{"id", std::int64_t{entry.issuer.id}},
                        {"url", entry.issuer.url},
                        {"source", entry.place.text()}};
        for (const auto& [name, value] : ownOf(configuration, entry)) {
            values.set(name, value);
        }
        issuers.emplace_back(std::move(values));
    }
    return issuers;
}

}  // namespace

std::string explainText(const Configuration& configuration,
                        const std::vector<ExplainedPlugin>& plugins) {
    std::string text = line("configuration: " + fileOf(configuration), configuration.fileSource());
    for (const CheckedConfig* section : sectionsOf(configuration)) {
        const std::string lines = settingLines(*section);
        text += lines.empty() ? "" : section->label() + ":\n" + lines;
    }
    text += tlsLines(configuration);
    text += issuerLines(configuration);
    for (const auto& folder : configuration.pluginDirs()) {
        text += line("plugin_dirs: " + folder, configuration.pluginDirsPlace().text());
    }
    if (!configuration.clientsDir().empty()) {
        text += line("clients_dir: " + configuration.clientsDir(),
                     configuration.clientsDirPlace().text());
    }
    for (const auto& plugin : plugins) {
        text += line(plugin.entry->label + ":", plugin.entry->place.text()) +
                settingLines(*plugin.settings);
    }
    return text;
}

std::string explainJson(const Configuration& configuration,
                        const std::vector<ExplainedPlugin>& plugins) {
    ValueMap all{{"configuration", ValueMap{{"value", fileOf(configuration)},
                                            {"source", configuration.fileSource()}}}};
    for (const CheckedConfig* section : sectionsOf(configuration)) {
        all.set(section->label(), settingValues(*section));
    }
    if (!configuration.tls().empty()) {
        all.set("server.tls", tlsValues(configuration));
    }
    all.set("issuers", issuerValues(configuration));
    const auto& folders = configuration.pluginDirs();
    all.set("plugin_dirs",
            sourced(ValueList(folders.begin(), folders.end()), configuration.pluginDirsPlace()));
    if (!configuration.clientsDir().empty()) {
        all.set("clients_dir",
                sourced(configuration.clientsDir(), configuration.clientsDirPlace()));
    }
    ValueList entries;
    for (const auto& plugin : plugins) {
        entries.emplace_back(ValueMap{{"use", plugin.entry->use},
                                      {"name", plugin.entry->name},
                                      {"source", plugin.entry->place.text()},
                                      {"settings", settingValues(*plugin.settings)}});
    }
    all.set("plugins", std::move(entries));
    return toJson(all);
}

}  // namespace gatehouse
