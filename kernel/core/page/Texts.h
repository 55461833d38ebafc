// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "page/PageFiles.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The texts of all languages. A text may name values: "Hello, {name}!". Threads: any, once loaded.
class Texts {
public:
    /// Reads the files; the default language stands in for what another lacks. Problems are added
    /// to `problems`.
    static Texts load(const std::map<std::string, std::vector<PageFile>>& files,
                      std::string defaultLanguage, std::vector<std::string>& problems);

    /// The best language for a person: `uiLocales` (OpenID Connect Core section 3.1.2.1), then
    /// Accept-Language (RFC 9110 section 12.5.4), then the default.
    const std::string& choose(std::string_view uiLocales, std::string_view acceptLanguage) const;
    /// The text as written; nullptr when there is none.
    const std::string* find(std::string_view language, std::string_view key) const;
    /// The text with its values put in, not escaped. Empty when there is none.
    std::string text(std::string_view language, std::string_view key,
                     const ValueMap& values = {}) const;
    std::vector<std::string> languages() const;
    /// Those that every language has.
    std::vector<std::string> keys() const;

    using Keys = std::map<std::string, std::string, std::less<>>;

private:
    const std::string* match(std::string_view range) const;

    std::map<std::string, Keys, std::less<>> languages_;
    std::string default_;
};

/// The texts of one file.
Texts::Keys readTexts(const PageFile& file, std::vector<std::string>& problems);

/// Replaces each "{name}" of `text` by what `replace` makes of the name.
template <class Replace> std::string replaceNames(std::string_view text, const Replace& replace) {
    std::string result;
    for (;;) {
        const auto begin = text.find('{');
        const auto end = begin == std::string_view::npos ? begin : text.find('}', begin);
        if (end == std::string_view::npos) {
            return result.append(text);
        }
        result.append(text.substr(0, begin))
            .append(replace(text.substr(begin + 1, end - begin - 1)));
        text.remove_prefix(end + 1);
    }
}

}  // namespace gatehouse
