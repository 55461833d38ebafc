// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Result.h>

#include "config/CheckedConfig.h"
#include "config/ConfigTree.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// What is wrong with a value, without its name: `"3 parsecs" is not a duration (try 3s, 5m, 1h)`.
struct Objection {
    std::string text;
};

/// Reads a value as its row of the table wants it. `doubt`: what is to be told of it all the same.
Result<CheckedConfig::Held, Objection> readSetting(const Field& field, const ConfigNode& node,
                                                   std::string& doubt);
Result<CheckedConfig::Held, Objection> readSetting(const Field& field, const ConfigNode& node);

/// A default, as it would stand in a file; lists are separated by commas.
Result<CheckedConfig::Held, Objection> readDefault(const Field& field);

/// A scheme, and behind it neither blanks nor a port: "localhost:8080" is none. What stands behind
/// sqlite: is a path, and a path may have blanks.
bool isUrl(const std::string& text);

/// The items of "a, b" or "[a, b]", without the blanks around them; empty ones are dropped.
std::vector<std::string> splitAtCommas(std::string_view text);

/// "3s", "250ms"; the largest unit that is exact.
std::string durationText(milliseconds duration);

/// Relative paths start at the folder of the file that names them.
std::string pathFrom(const Place& place, const std::string& path);

/// What a table calls a kind: "a whole number".
std::string_view kindName(Kind kind);

/// The choices of "query|form_post".
std::vector<std::string> choicesOf(const Field& field);

}  // namespace gatehouse
