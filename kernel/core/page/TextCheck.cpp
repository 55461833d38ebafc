// SPDX-License-Identifier: Apache-2.0
#include "page/TextCheck.h"

#include "page/LanguageTag.h"
#include "page/Texts.h"

#include <algorithm>

namespace gatehouse {

namespace {

struct OneFile {
    const PageFile& file;
    Texts::Keys keys;
};

/// A language with its files; later ones win.
struct Language {
    std::string name;
    std::vector<OneFile> files;
    bool isReadable = true;

    bool has(std::string_view key) const {
        return std::any_of(files.begin(), files.end(), [&](const OneFile& each) {
            return each.keys.find(key) != each.keys.end();
        });
    }
    bool isOwn() const {
        return std::any_of(files.begin(), files.end(),
                           [](const OneFile& each) { return each.file.isOwn; });
    }
};

using Languages = std::vector<Language>;

Languages readLanguages(const TextFiles& files) {
    Languages languages;
    for (const auto& [name, sources] : files) {
        Language language{name, {}};
        for (const auto& source : sources) {
            std::vector<std::string> problems;
            language.files.push_back({source, readTexts(source, problems)});
            language.isReadable = language.isReadable && problems.empty();
        }
        languages.push_back(std::move(language));
    }
    return languages;
}

/// Calls `use` with the file, the key and the text.
template <class Use> void forEachText(const Languages& languages, const Use& use) {
    for (const auto& language : languages) {
        for (const auto& [file, keys] : language.files) {
            for (const auto& [key, text] : keys) {
                use(file, key, text);
            }
        }
    }
}

/// Those of the files that `isOne` says.
template <class IsOne> NameList keysOf(const Languages& languages, const IsOne& isOne) {
    NameList keys;
    forEachText(languages, [&](const PageFile& file, const std::string& key, const std::string&) {
        if (isOne(file)) {
            keys.add(key);
        }
    });
    return keys;
}

NameList installedKeys(const Languages& languages) {
    return keysOf(languages, [](const PageFile& file) { return !file.isOwn; });
}

/// A scope of one's own is explained in the languages one speaks; without any text it is named by
/// "scope.other".
bool mayBeMissing(const std::string& key) {
    return key.rfind("scope.", 0) == 0 && key != "scope.other";
}

std::vector<std::string> namesIn(std::string_view text) {
    std::vector<std::string> names;
    replaceNames(text, [&](std::string_view name) { return names.emplace_back(name); });
    return names;
}

std::string placeOf(const PageFile& file, const std::string& key) {
    const auto offset = file.text.find("\"" + key + "\"");
    return offset == std::string::npos ? file.path : file.place(offset);
}

void checkName(const Language& language, std::vector<std::string>& problems) {
    const auto tag = languageTag(language.name);
    if (tag == language.name) {
        return;
    }
    const std::string what =
        tag.empty() ? R"( is no language tag (BCP 47), such as "fr" or "pt-BR")"
                    : " is not how the language is written; rename it to " + tag + ".json";
    for (const auto& [file, keys] : language.files) {
        problems.push_back(file.path + ": \"" + language.name + "\"" + what);
    }
}

void checkMissing(const Language& language, const NameList& wanted,
                  std::vector<std::string>& problems) {
    for (const auto& key : wanted.names()) {
        if (!mayBeMissing(key) && !language.has(key)) {
            problems.push_back(language.files.back().file.path + ": \"" + key + "\" is missing");
        }
    }
}

/// A key that nothing installed has is a new one, which is in every language of one's own, or
/// misspelt.
void checkNewKeys(const Languages& languages, const NameList& installed,
                  std::vector<std::string>& problems) {
    forEachText(languages, [&](const PageFile& file, const std::string& key, const std::string&) {
        if (installed.has(key) || mayBeMissing(key)) {
            return;
        }
        const auto lacks = [&](const Language& language) {
            return language.isOwn() && !language.has(key);
        };
        const auto lacking = std::find_if(languages.begin(), languages.end(), lacks);
        if (!installed.near(key).empty()) {
            problems.push_back(placeOf(file, key) + ": there is no text " + installed.quote(key));
        } else if (lacking != languages.end()) {
            problems.push_back(placeOf(file, key) + ": \"" + key + "\" is not in " + lacking->name +
                               ".json, and a new text has to be in every language that is yours");
        }
    });
}

}  // namespace

void addTextValues(const TextFiles& files, NameList& values) {
    const auto languages = readLanguages(files);
    const auto installed = installedKeys(languages);
    forEachText(languages,
                [&](const PageFile& file, const std::string& key, const std::string& text) {
                    if (file.isOwn && installed.has(key)) {
                        return;
                    }
                    for (const auto& name : namesIn(text)) {
                        values.add(name);
                    }
                });
}

void checkTexts(const TextFiles& files, const NameList& values,
                std::vector<std::string>& problems) {
    auto languages = readLanguages(files);
    const auto installed = installedKeys(languages);
    for (const auto& language : languages) {
        checkName(language, problems);
    }
    const auto isLeftOut = [](const Language& language) {
        return !language.isReadable || languageTag(language.name) != language.name;
    };
    languages.erase(std::remove_if(languages.begin(), languages.end(), isLeftOut), languages.end());
    const auto wanted =
        keysOf(languages, [](const PageFile& file) { return !file.isOwn && !file.isAdded; });
    for (const auto& language : languages) {
        checkMissing(language, wanted, problems);
    }
    checkNewKeys(languages, installed, problems);
    forEachText(languages,
                [&](const PageFile& file, const std::string& key, const std::string& text) {
                    for (const auto& name : namesIn(text)) {
                        if (!values.has(name)) {
                            problems.push_back(placeOf(file, key) + ": \"" + key +
                                               "\": there is no value " + values.quote(name));
                        }
                    }
                });
}

}  // namespace gatehouse
