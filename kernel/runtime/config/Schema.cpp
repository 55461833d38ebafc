// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Value.h>

#include "config/LoginList.h"
#include "config/Reference.h"
#include "config/Sections.h"
#include "config/SettingReader.h"
#include "config/TlsList.h"
#include "json/Json.h"

namespace gatehouse {

namespace {

ValueList textList(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

ValueMap textSchema(const Field& field) {
    const auto choices = choicesOf(field);
    if (!choices.empty()) {
        return {{"enum", textList(choices)}};
    }
    return {{"type", ValueList{"string", "number", "boolean"}}};
}

ValueMap listSchema(const Field& field) {
    ValueMap item{{"type", "string"}};
    const auto choices = choicesOf(field);
    if (!choices.empty()) {
        item = {{"enum", textList(choices)}};
    }
    return {{"type", "array"}, {"items", std::move(item)}};
}

ValueMap secretSchema() {
    const ValueMap file{{"type", "object"},
                        {"properties", ValueMap{{"file", ValueMap{{"type", "string"}}}}},
                        {"required", ValueList{"file"}},
                        {"additionalProperties", false}};
    return {{"anyOf", ValueList{ValueMap{{"type", "string"}}, file}}};
}

ValueMap numberSchema(const Limits& limits) {
    ValueMap schema{{"type", "integer"}};
    if (limits.least != INT64_MIN) {
        schema.set("minimum", limits.least);
    }
    if (limits.most != INT64_MAX) {
        schema.set("maximum", limits.most);
    }
    return schema;
}

ValueMap kindSchema(const Field& field) {
    switch (field.kind) {
    case Kind::text: return textSchema(field);
    case Kind::secret: return secretSchema();
    case Kind::url: return {{"type", "string"}, {"format", "uri"}};
    case Kind::path: return {{"type", "string"}};
    case Kind::duration: return {{"type", "string"}, {"pattern", "^[0-9]+(ms|s|m|h|d|w)$"}};
    case Kind::number: return numberSchema(field.limits);
    case Kind::boolean: return {{"type", "boolean"}};
    case Kind::list: return listSchema(field);
    case Kind::map: break;
    }
    return {{"type", "object"}};
}

ValueMap propertiesOf(const FieldTable& fields) {
    ValueMap properties;
    for (const Field& field : fields) {
        ValueMap schema = kindSchema(field);
        const char* byDefault = field.presence.byDefault;
        schema.set("description", std::string(field.summary) +
                                      (byDefault == nullptr || *byDefault == '\0'
                                           ? ""
                                           : " (default " + std::string(byDefault) + ")"));
        properties.set(field.name, std::move(schema));
    }
    return properties;
}

ValueList requiredOf(const FieldTable& fields) {
    ValueList names;
    for (const Field& field : fields) {
        if (field.presence.isRequired) {
            names.emplace_back(field.name);
        }
    }
    return names;
}

ValueMap sectionListSchema(const ReferenceEntry& section) {
    return {{"type", "array"},
            {"description", section.summary},
            {"minItems", 1},
            {"items", ValueMap{{"type", "object"},
                               {"properties", propertiesOf(section.fields)},
                               {"required", requiredOf(section.fields)},
                               {"additionalProperties", false}}}};
}

/// A map of its settings, or a list of such.
Value tlsSchema() {
    ValueMap list =
        sectionListSchema({"", "certificates, each chosen by the names it holds", tlsFields()});
    Value one = *list.find("items");
    return ValueMap{{"anyOf", ValueList{std::move(one), std::move(list)}}};
}

/// Entries are maps, or just the names of steps.
ValueMap loginSchema(const ReferenceEntry& section) {
    ValueMap list = sectionListSchema(section);
    ValueMap entry = *list.find("items")->map();
    ValueMap properties = *entry.find("properties")->map();
    properties.set("when", ValueMap{{"type", "object"},
                                    {"properties", propertiesOf(loginWhenFields())},
                                    {"additionalProperties", false}});
    entry.set("properties", std::move(properties));
    list.set("items",
             ValueMap{{"anyOf", ValueList{ValueMap{{"type", "string"}}, std::move(entry)}}});
    return list;
}

/// A storage's section holds the storage's settings too. What is required may come from the
/// environment instead.
ValueMap sectionSchema(const ReferenceEntry& section) {
    const bool isOpen = section.name == "database" || section.name == "redis";
    ValueMap properties = propertiesOf(section.fields);
    if (section.name == "server") {
        properties.set("tls", tlsSchema());
        properties.set("mtls", ValueMap{{"type", "object"},
                                        {"properties", propertiesOf(mtlsFields())},
                                        {"additionalProperties", false}});
    }
    return {{"type", ValueList{"object", "null"}},
            {"description", section.summary},
            {"properties", std::move(properties)},
            {"additionalProperties", isOpen}};
}

ValueMap entrySchema(const std::string& use, const ReferenceEntry& plugin) {
    ValueMap properties{
        {"use", ValueMap{{"const", use}}},
        {"name", ValueMap{{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{1,64}$"}}},
        {"optional", ValueMap{{"type", "boolean"}}}};
    if (use.rfind("event_sink.", 0) == 0) {
        properties.set("when_full", ValueMap{{"enum", ValueList{"wait", "drop"}}});
    }
    for (const auto& [name, schema] : propertiesOf(plugin.fields)) {
        properties.set(name, schema);
    }
    ValueList required = requiredOf(plugin.fields);
    required.emplace(required.begin(), "use");
    return {{"type", "object"},
            {"description", plugin.summary},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
}

/// A list whose entries are one of these, or their name alone.
ValueMap entryList(const std::vector<ReferenceEntry>& plugins, bool ofModules) {
    const std::string prefix = "module.";
    ValueList names;
    ValueList forms;
    for (const auto& plugin : plugins) {
        const bool isModule = plugin.name.compare(0, prefix.size(), prefix) == 0;
        if (isModule == ofModules) {
            const std::string use = isModule ? plugin.name.substr(prefix.size()) : plugin.name;
            names.emplace_back(use);
            forms.emplace_back(entrySchema(use, plugin));
        }
    }
    forms.emplace(forms.begin(), ValueMap{{"enum", std::move(names)}});
    return {{"type", "array"}, {"items", ValueMap{{"anyOf", std::move(forms)}}}};
}

}  // namespace

std::string configurationSchema(const FieldTable& oauth,
                                const std::vector<ReferenceEntry>& plugins) {
    ValueMap properties;
    for (const auto& section : sectionReferences(oauth)) {
        if (section.name.find('.') != std::string::npos) {  // a part of another
            continue;
        }
        if (section.name == "issuers") {
            properties.set(section.name, sectionListSchema(section));
        } else {
            properties.set(section.name,
                           section.name == "login" ? loginSchema(section) : sectionSchema(section));
        }
    }
    properties.set("modules", entryList(plugins, true));
    properties.set("plugins", entryList(plugins, false));
    properties.set("plugin_dirs",
                   ValueMap{{"type", "array"}, {"items", ValueMap{{"type", "string"}}}});
    properties.set("clients_dir", ValueMap{{"type", "string"}});
    return toJson(ValueMap{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                           {"title", "Gatehouse configuration"},
                           {"type", "object"},
                           {"properties", std::move(properties)},
                           {"required", ValueList{"modules"}},
                           {"additionalProperties", false}});
}

}  // namespace gatehouse
