// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Http.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace gatehouse {

/// What a request_source says that it answers for: a parameter, perhaps with a value that begins in
/// a certain way ("request_uri=urn:example:").
struct SourceParameter {
    explicit SourceParameter(std::string_view text)
        : name(text.substr(0, text.find('='))),
          beginning(text.substr(std::min(name.size() + 1, text.size()))) {}

    bool isIn(const Form::Field& field) const {
        return field.first == name && !field.second.empty() &&
               field.second.compare(0, beginning.size(), beginning) == 0;
    }

    std::string name;
    std::string beginning;
};

}  // namespace gatehouse
