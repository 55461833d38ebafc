// SPDX-License-Identifier: Apache-2.0
#include "config/TomlReader.h"

#include "config/SourceText.h"
#include "config/TomlScan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace gatehouse {

namespace {

/// The parser met bytes that its authors held to be impossible.
struct ParserGaveUp {};

[[noreturn]] void giveUp() {
    throw ParserGaveUp{};
}

}  // namespace

}  // namespace gatehouse

// toml++ 3.3 asserts what "[.a]" breaks; in a release the same assertions are assumptions, which is
// undefined behaviour.
#undef NDEBUG
#define TOML_ASSERT(condition) ((condition) ? static_cast<void>(0) : gatehouse::giveUp())
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

namespace gatehouse {

namespace {

std::string numberText(double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), end.ptr};
}

/// Turns toml++'s tree into ours, in the order of the file.
class TreeBuilder {
public:
    TreeBuilder(const std::string& file, Problems& problems) : file_(file), problems_(problems) {}

    ConfigNode build(const toml::node& node, std::size_t depth) {
        const Place here = place(node.source().begin);
        if (depth > mostConfigDepth || ++values_ > mostConfigValues) {
            refuseSize(here);
            return ConfigNode::none(here);
        }
        if (const auto* table = node.as_table()) {
            return buildMap(*table, depth);
        }
        if (const auto* array = node.as_array()) {
            ConfigNode list = ConfigNode::list(here);
            for (auto item = array->begin(); item != array->end() && !isRefused_; ++item) {
                list.append(build(*item, depth + 1));
            }
            return list;
        }
        return buildText(node, here);
    }

    Place place(const toml::source_position& position) const {
        return {file_, static_cast<int>(position.line), static_cast<int>(position.column)};
    }

private:
    void refuseSize(const Place& here) {
        isRefused_ = true;
        problems_.add(here, "nested deeper than " + std::to_string(mostConfigDepth) +
                                ", or more than " + std::to_string(mostConfigValues) + " values");
    }

    ConfigNode buildMap(const toml::table& table, std::size_t depth) {
        std::vector<const toml::key*> keys;
        for (auto&& entry : table) {
            keys.push_back(&entry.first);
        }
        if (keys.size() > mostConfigKeys) {
            isRefused_ = true;
            problems_.add(place(table.source().begin),
                          "more than " + std::to_string(mostConfigKeys) + " keys in a map");
        }
        std::sort(keys.begin(), keys.end(), [](const toml::key* left, const toml::key* right) {
            return left->source().begin < right->source().begin;
        });
        ConfigNode map = ConfigNode::map(place(table.source().begin));
        for (auto key = keys.begin(); key != keys.end() && !isRefused_; ++key) {
            map.set(std::string((*key)->str()), place((*key)->source().begin),
                    build(*table.get((*key)->str()), depth + 1));
        }
        return map;
    }

    ConfigNode buildText(const toml::node& node, const Place& here) {
        if (const auto* text = node.as_string()) {
            return ConfigNode::text(text->get(), here, true);
        }
        if (const auto* number = node.as_integer()) {
            return ConfigNode::text(std::to_string(number->get()), here, false);
        }
        if (const auto* real = node.as_floating_point()) {
            return ConfigNode::text(numberText(real->get()), here, false);
        }
        if (const auto* truth = node.as_boolean()) {
            return ConfigNode::text(truth->get() ? "true" : "false", here, false);
        }
        problems_.add(here, "a date or time; put it in quotes");
        return ConfigNode::none(here);
    }

    const std::string& file_;
    Problems& problems_;
    std::size_t values_ = 0;
    bool isRefused_ = false;
};

using Path = std::vector<std::string>;

const toml::table* tableBelow(const toml::node& node) {
    const toml::array* array = node.as_array();
    return array != nullptr && !array->empty() ? array->back().as_table() : node.as_table();
}

/// What a line such as `[a.b]` or `a.b = 0` names; empty when it is not one. By itself a line may
/// be what the whole text is not: it may have stood in a long text.
Path pathOf(std::string_view line) {
    Path path;
    if (TomlScan(line).refused() != std::string_view::npos) {
        return path;
    }
    const toml::parse_result parsed = toml::parse(line);
    const toml::table* here = parsed ? &parsed.table() : nullptr;
    while (here != nullptr && here->size() == 1) {
        path.emplace_back(here->begin()->first.str());
        here = tableBelow(here->begin()->second);
    }
    return path;
}

std::size_t indent(std::string_view line) {
    return std::min(line.find_first_not_of(" \t"), line.size());
}

bool isHeader(std::string_view line) {
    return line.substr(indent(line), 1) == "[";
}

/// The full name of what the line names, given the lines before it.
Path pathAt(const SourceText& source, std::size_t number) {
    const std::string_view line = source.lines()[number];
    Path own = pathOf(line);
    if (own.empty() || isHeader(line)) {
        return own;
    }
    Path path;
    while (path.empty() && number > 0) {
        const std::string_view above = source.lines()[--number];
        path = isHeader(above) ? pathOf(above) : Path{};
    }
    path.insert(path.end(), own.begin(), own.end());
    return path;
}

/// The key at the end of the path, or the first on the way that is not a table; nullptr: not there.
const toml::key* findKey(const toml::table& root, const Path& path) {
    const toml::table* here = &root;
    const toml::key* key = nullptr;
    for (auto segment = path.begin(); segment != path.end() && here != nullptr; ++segment) {
        const auto entry = here->find(*segment);
        if (entry == here->end()) {
            return nullptr;
        }
        key = &entry->first;
        here = tableBelow(entry->second);
    }
    return key;
}

/// Without "Error while parsing key-value pair: ".
std::string_view meaning(const toml::parse_error& error) {
    const std::string_view description = error.description();
    const std::size_t colon = description.find(": ");
    const bool isLong = description.find("Error while parsing") == 0;
    return isLong && colon != std::string_view::npos ? description.substr(colon + 2) : description;
}

/// toml++ puts what is missing at the end of the text behind the last line break.
Place placeOf(const SourceText& source, const toml::source_position& position) {
    Place place = source.place(std::size_t{position.line} - 1, std::string_view::npos);
    place.column = std::min(place.column, static_cast<int>(position.column));
    return place;
}

/// toml++ says where a key stands again. This adds where it stood first, when the line alone tells
/// which key it is.
bool explainDuplicate(const SourceText& source, const toml::parse_error& error,
                      TreeBuilder& builder, Problems& problems) {
    const std::size_t number = std::size_t{error.source().begin.line} - 1;
    if (meaning(error).find("cannot redefine") != 0 || number >= source.lines().size()) {
        return false;
    }
    const std::string_view line = source.lines()[number];
    const auto before = static_cast<std::size_t>(line.data() - source.text().data());
    const toml::parse_result above = toml::parse(source.text().substr(0, before));
    const toml::key* first = above ? findKey(above.table(), pathAt(source, number)) : nullptr;
    if (first == nullptr) {
        return false;
    }
    problems.add(source.place(number, indent(line)),
                 "\"" + std::string(first->str()) + "\" stands twice; first at " +
                     builder.place(first->source().begin).text());
    return true;
}

bool makesParserGiveUp(std::string_view text) {
    try {
        static_cast<void>(toml::parse(text));
        return false;
    } catch (const ParserGaveUp&) {
        return true;
    }
}

/// The first line with which the parser gives up is the broken one, for it reads no further.
Problems refuseBroken(const SourceText& source) {
    const auto& lines = source.lines();
    const auto broken = std::partition_point(
        lines.begin(), std::prev(lines.end()), [&source](std::string_view line) {
            const auto end =
                static_cast<std::size_t>(line.data() - source.text().data()) + line.size();
            return !makesParserGiveUp(source.text().substr(0, end + 1));
        });
    Problems problems;
    problems.add(source.place(static_cast<std::size_t>(broken - lines.begin()), indent(*broken)),
                 "not valid TOML");
    return problems;
}

Result<ConfigNode, Problems> parse(const SourceText& source, const std::string& file) {
    Problems problems;
    TreeBuilder builder(file, problems);
    const toml::parse_result parsed = toml::parse(source.text());
    if (!parsed) {
        const auto& error = parsed.error();
        if (!explainDuplicate(source, error, builder, problems)) {
            problems.add(placeOf(source, error.source().begin),
                         "not valid TOML: " + std::string(meaning(error)));
        }
        return problems;
    }
    ConfigNode root = builder.build(parsed.table(), 0);
    if (!problems.empty()) {
        return problems;
    }
    return root;
}

}  // namespace

Result<ConfigNode, Problems> readToml(std::string_view text, const std::string& file) {
    const auto source = SourceText::check(text, file);
    if (!source) {
        return source.error();
    }
    TomlScan scan(source->text());
    const std::size_t refused = scan.refused();
    if (refused != std::string_view::npos) {
        Problems problems;
        problems.add(source->place(refused), scan.reason());
        return problems;
    }
    try {
        return parse(*source, file);
    } catch (const ParserGaveUp&) {
        return refuseBroken(*source);
    }
}

}  // namespace gatehouse
