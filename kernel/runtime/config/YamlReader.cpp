// SPDX-License-Identifier: Apache-2.0
#include "config/YamlReader.h"

#include "config/SourceText.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <optional>
#include <sstream>
#include <string_view>

namespace gatehouse {

namespace {

/// Ends the reading; what is wrong has been noted.
struct Stop {};

/// Builds the tree from the parser's events, so that no alias is ever followed and no key
/// overwritten unseen.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(const SourceText& source, Problems& problems)
        : source_(source), problems_(problems) {}

    std::optional<ConfigNode>& root() { return root_; }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (isOpen_) {
            refuse(place(mark), "a second document; a configuration is one");
            throw Stop{};
        }
        isOpen_ = true;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        finish(ConfigNode::none(place(mark)));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuse(place(mark), "an alias (*name); write the value out");
        finish(ConfigNode::none(place(mark)));
    }
    void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override {
        refuse(place(mark), "an anchor (&name); configurations have none");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                  const std::string& value) override {
        checkTag(mark, tag);
        finish(ConfigNode::text(value, place(mark), tag == quotedTag));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override {
        checkTag(mark, tag);
        begin(ConfigNode::list(place(mark)));
    }
    void OnSequenceEnd() override { end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override {
        checkTag(mark, tag);
        begin(ConfigNode::map(place(mark)));
    }
    void OnMapEnd() override { end(); }

private:
    /// A list or map whose end has not come, and the key whose value is next.
    struct Open {
        ConfigNode node;
        std::optional<ConfigNode> key;
    };
    static constexpr const char* plainTag = "?";
    static constexpr const char* quotedTag = "!";

    Place place(const YAML::Mark& mark) const {
        return source_.place(static_cast<std::size_t>(mark.line),
                             static_cast<std::size_t>(mark.column));
    }

    void refuse(Place where, std::string text) { problems_.add(std::move(where), std::move(text)); }

    void checkTag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != plainTag && tag != quotedTag) {
            refuse(place(mark), "a tag (!name); configurations have none");
        }
    }

    void begin(ConfigNode node) {
        if (open_.size() == mostConfigDepth) {
            refuse(node.place(), "nested deeper than " + std::to_string(mostConfigDepth));
            throw Stop{};
        }
        open_.push_back({std::move(node), std::nullopt});
    }

    void end() {
        ConfigNode node = std::move(open_.back().node);
        open_.pop_back();
        finish(std::move(node));
    }

    void finish(ConfigNode node) {
        if (++values_ > mostConfigValues) {
            refuse(node.place(), "more than " + std::to_string(mostConfigValues) + " values");
            throw Stop{};
        }
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = open_.back();
        if (parent.node.isList()) {
            parent.node.append(std::move(node));
        } else if (!parent.key) {
            parent.key = std::move(node);
        } else {
            put(parent, std::move(node));
        }
    }

    void put(Open& parent, ConfigNode value) {
        const ConfigNode key = std::move(*parent.key);
        parent.key.reset();
        if (!key.isText()) {
            refuse(key.place(), "a key has to be a text");
            return;
        }
        if (const ConfigEntry* first = parent.node.find(key.text())) {
            refuse(key.place(),
                   "\"" + key.text() + "\" stands twice; first at " + first->keyPlace.text());
            return;
        }
        if (parent.node.entries().size() == mostConfigKeys) {
            refuse(key.place(), "more than " + std::to_string(mostConfigKeys) + " keys in a map");
            throw Stop{};
        }
        parent.node.set(key.text(), key.place(), std::move(value));
    }

    const SourceText& source_;
    Problems& problems_;
    std::optional<ConfigNode> root_;
    std::vector<Open> open_;
    std::size_t values_ = 0;
    bool isOpen_ = false;
};

/// yaml-cpp says something else at each place where a tab confuses it.
void refuseTabs(const SourceText& source, Problems& problems) {
    for (std::size_t number = 0; number < source.lines().size(); ++number) {
        const std::string_view line = source.lines()[number];
        const std::size_t start = line.find_first_not_of(" \t\r");
        const std::size_t tab = line.find('\t');
        if (start != std::string_view::npos && line[start] != '#' && tab < start) {
            problems.add(source.place(number, tab), "a tab; YAML is indented with spaces");
        }
    }
}

/// What lies behind the parser's words most of the time.
std::string_view hint(std::string_view said) {
    if (said == "end of map not found" || said == "end of sequence not found") {
        return "; is this line indented as those it belongs to?";
    }
    return said == "illegal map value"
               ? "; is this line indented as those it belongs to, or does the value want quotes?"
               : "";
}

void parse(const SourceText& source, TreeBuilder& builder, Problems& problems) {
    std::istringstream stream{std::string(source.text())};
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Stop&) {  // noted where it was thrown
    } catch (const YAML::Exception& error) {
        const Place where = error.mark.is_null()
                                ? source.whole()
                                : source.place(static_cast<std::size_t>(error.mark.line),
                                               static_cast<std::size_t>(error.mark.column));
        problems.add(where, "not valid YAML: " + error.msg + std::string(hint(error.msg)));
    }
}

}  // namespace

Result<ConfigNode, Problems> readYaml(std::string_view text, const std::string& file) {
    const auto source = SourceText::check(text, file);
    if (!source) {
        return source.error();
    }
    Problems problems;
    refuseTabs(*source, problems);
    if (!problems.empty()) {
        return problems;
    }
    TreeBuilder builder(*source, problems);
    parse(*source, builder, problems);
    auto& root = builder.root();
    if (problems.empty() && root && !root->isMap() && !root->isNone()) {
        problems.add(root->place(), "a map is wanted here, such as \"key: value\"");
    }
    if (!problems.empty()) {
        return problems;
    }
    return root && root->isMap() ? std::move(*root) : ConfigNode::map({file, 1, 1});
}

}  // namespace gatehouse
