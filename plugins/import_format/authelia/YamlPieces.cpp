// SPDX-License-Identifier: Apache-2.0
#include "YamlPieces.h"

#include "text/Utf8.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <utility>
#include <vector>

namespace gatehouse {

namespace {

constexpr std::size_t mostLevels = 32;
/// A ValueMap is searched in order.
constexpr std::size_t mostMembers = 512;
constexpr const char* pieceByPiece = "users";

using Take = std::function<Status(const std::string&, const std::string&, const Value&)>;

struct Stop {
    Error error;
};

/// Puts values together from what the parser tells.
class Building : public YAML::EventHandler {
public:
    explicit Building(const Take& take) : take_(take) {}

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse(mark, anchor != 0, "has an anchor");
        put(mark, Value());
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuse(mark, true, "has an anchor");
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& text) override {
        refuse(mark, anchor != 0, "has an anchor");
        refuse(mark, !isUtf8(text) || text.find('\0') != std::string::npos,
               "is not UTF-8, or has NUL in it");
        put(mark, valueOf(tag, text));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        begin(mark, anchor, Level::Kind::list);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        begin(mark, anchor, Level::Kind::map);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapEnd() override { end(); }

private:
    struct Level {
        enum class Kind { list, map };
        Kind kind;
        YAML::Mark mark;
        ValueList list = {};
        ValueMap map = {};
        std::string name = {};
        bool hasName = false;
        std::size_t size = 0;
    };

    /// The tag of a text in quotes is "!".
    static Value valueOf(const std::string& tag, const std::string& text) {
        const bool isPlain = tag == "?";
        return isPlain && (text == "true" || text == "false") ? Value(text == "true") : Value(text);
    }

    static void refuse(const YAML::Mark& mark, bool is, const std::string& why) {
        if (is) {
            throw Stop{Error::badInput(why + " in line " + std::to_string(mark.line + 1))};
        }
    }

    void begin(const YAML::Mark& mark, YAML::anchor_t anchor, Level::Kind kind) {
        refuse(mark, anchor != 0, "has an anchor");
        refuse(mark, levels_.size() == mostLevels, "is deeper than 32 levels");
        refuse(mark, levels_.empty() && kind == Level::Kind::list, "is a list");
        levels_.push_back(Level{kind, mark});
    }

    void end() {
        const Level ended = std::move(levels_.back());
        levels_.pop_back();
        if (!levels_.empty()) {
            put(ended.mark, ended.kind == Level::Kind::list ? Value(ended.list) : Value(ended.map));
        }
    }

    void put(const YAML::Mark& mark, Value value) {
        refuse(mark, levels_.empty(), "is one text");
        Level& level = levels_.back();
        if (level.kind == Level::Kind::list) {
            level.list.push_back(std::move(value));
            return;
        }
        if (!level.hasName) {
            refuse(mark, value.text() == nullptr, "has a name that is no text");
            level.name = *value.text();
            level.hasName = true;
            return;
        }
        level.hasName = false;
        putMember(mark, level, std::move(value));
    }

    void putMember(const YAML::Mark& mark, Level& level, Value value) {
        const bool isUser = levels_.size() == 2 && levels_.front().name == pieceByPiece;
        if (isUser || levels_.size() == 1) {
            const auto status =
                isUser ? take_(pieceByPiece, level.name, value) : take_(level.name, {}, value);
            if (!status) {
                throw Stop{status.error()};
            }
            return;
        }
        refuse(mark, level.map.contains(level.name), "has a name twice: " + level.name);
        refuse(mark, ++level.size > mostMembers, "has more than 512 members");
        level.map.set(level.name, std::move(value));
    }

    const Take& take_;
    std::vector<Level> levels_;
};

}  // namespace

Status eachYamlPiece(std::istream& text, const Take& take) {
    Building building(take);
    try {
        YAML::Parser parser(text);
        if (!parser.HandleNextDocument(building)) {
            return Error::badInput("is empty");
        }
        while (parser.HandleNextDocument(building)) {
        }
        return done();
    } catch (const Stop& stop) {
        return stop.error;
    } catch (const YAML::Exception& failure) {
        return Error::badInput("is not YAML in line " + std::to_string(failure.mark.line + 1) +
                               ": " + failure.msg);
    }
}

}  // namespace gatehouse
