// SPDX-License-Identifier: Apache-2.0
#include "DetailType.h"

#include "json/Members.h"
#include "text/Contains.h"
#include "text/Suggest.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t longestName = 128;

/// Problems by the path of what is wrong.
using Problems = std::map<std::string, std::string>;

const std::vector<std::string>& keys() {
    static const std::vector<std::string> known{"title",   "text",       "labels",
                                                "values",  "schema",     "narrowing",
                                                "clients", "remembered", "client_credentials"};
    return known;
}

bool isName(std::string_view name) {
    return !name.empty() && name.size() <= longestName &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

/// Reads what is said of one type.
class TypeReader {
public:
    TypeReader(const ValueMap& given, std::string path, Problems& problems)
        : given_(given), path_(std::move(path)), problems_(problems) {}

    DetailType read() {
        for (const auto& member : given_) {
            if (!contains(keys(), member.name)) {
                problems_[path_ + member.name] = "unknown key" + suggestion(member.name, keys());
            }
        }
        DetailType type;
        type.title = wording("title", given_.find("title"));
        if (!given_.contains("title")) {
            problems_[path_ + "title"] =
                "missing: what people are told that it is, in each language";
        }
        type.text = wording("text", given_.find("text"));
        type.labels = wordings("labels");
        type.values = wordings("values");
        readSchema(type);
        readNarrowing(type);
        type.clients = textsOf(given_.find("clients"));
        if (given_.contains("clients") && type.clients.empty()) {
            problems_[path_ + "clients"] = "is a list of client ids, and not empty";
        }
        type.isRemembered = flag("remembered");
        type.isForClients = flag("client_credentials");
        return type;
    }

private:
    Wording wording(const std::string& key, const Value* value) {
        Wording wording;
        if (value != nullptr) {
            wording = Wording(*value);
            if (wording.empty()) {
                problems_[path_ + key] = "is a text, or texts by language: {en: ..., de: ...}";
            }
        }
        return wording;
    }
    std::map<std::string, Wording> wordings(const std::string& key) {
        std::map<std::string, Wording> all;
        for (const auto& [name, value] : objectOf(given_, key)) {
            all[name] = wording(std::string(key).append(".").append(name), &value);
        }
        return all;
    }
    /// What `type` says is known before: a schema need not name it.
    void readSchema(DetailType& type) {
        const Value* schema = given_.find("schema");
        if (schema == nullptr) {
            problems_[path_ + "schema"] =
                "missing: a JSON Schema that says what a client may ask for";
            return;
        }
        type.schema = Schema::read(*schema, path_ + "schema", problems_);
    }
    void readNarrowing(DetailType& type) {
        const auto wrong = type.narrowing.read(objectOf(given_, "narrowing"));
        if (!wrong.empty()) {
            problems_[path_ + "narrowing." + wrong] = "is none of equal, subset, at_most";
        }
    }
    bool flag(const std::string& key) {
        const Value* value = given_.find(key);
        if (value != nullptr && value->boolean() == nullptr) {
            problems_[path_ + key] = "is true or false";
        }
        return isTrue(given_, key);
    }

    const ValueMap& given_;
    std::string path_;
    Problems& problems_;
};

std::string linesOf(const Problems& problems, const Config& config) {
    std::string lines;
    for (const auto& [path, why] : problems) {
        lines.append(lines.empty() ? "" : "\n").append(config.place(path));
        lines.append(": ").append(path).append(": ").append(why);
    }
    return lines;
}

}  // namespace

Result<DetailTypes> readDetailTypes(const Config& config) {
    DetailTypes types;
    Problems problems;
    for (const auto& [name, value] : config.map("types")) {
        const std::string path = "types." + name;
        if (!isName(name) || value.map() == nullptr) {
            problems[path] = "is a name in printable ASCII, and a map with title and schema";
            continue;
        }
        types.emplace(name, TypeReader(*value.map(), path + ".", problems).read());
    }
    return problems.empty() ? Result<DetailTypes>(std::move(types))
                            : Error::badInput(linesOf(problems, config));
}

const DetailType* typeFor(const DetailTypes& types, std::string_view name, const Client& client) {
    const auto known = types.find(name);
    if (known == types.end()) {
        return nullptr;
    }
    const auto& clients = known->second.clients;
    const bool mayUse = contains(textsOf(client.metadata.find(typesMember)), name) &&
                        (clients.empty() || contains(clients, client.id));
    return mayUse ? &known->second : nullptr;
}

}  // namespace gatehouse
