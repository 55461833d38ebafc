// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What there is to say about a section or plugin.
struct ReferenceEntry {
    std::string name;  ///< "server", "user_store.ldap"
    std::string summary;  ///< one line
    FieldTable fields;
};

/// What a setting takes: "number, default 1314; 0 to 65535".
std::string takenText(const Field& field);
/// For a terminal.
std::string referenceText(const ReferenceEntry& entry);
std::string referenceMarkdown(const ReferenceEntry& entry);

/// The kernel's own sections, and the core's.
std::vector<ReferenceEntry> sectionReferences(const FieldTable& oauth);
/// A JSON Schema (2020-12) of the whole configuration.
std::string configurationSchema(const FieldTable& oauth,
                                const std::vector<ReferenceEntry>& plugins);

}  // namespace gatehouse
