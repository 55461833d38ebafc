// SPDX-License-Identifier: Apache-2.0
#include "config/ConfigurationReader.h"

#include "config/ConfigFile.h"
#include "config/EmbeddedConfig.h"
#include "config/EnvironmentSettings.h"
#include "config/IssuerList.h"
#include "config/LoginList.h"
#include "config/PluginList.h"
#include "config/Sections.h"
#include "config/SettingReader.h"
#include "config/StorageUrl.h"
#include "config/UnknownKeys.h"
#include "config/YamlReader.h"
#include "text/Suggest.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

namespace gatehouse {

namespace {

constexpr Field folders[] = {
    {"plugin_dirs", Kind::list, byDefault(GATEHOUSE_PLUGIN_DIR), "where plugins are looked for"},
    {"clients_dir", Kind::path, optional, "folder of statically registered clients"},
};
constexpr const char* embeddedName = "embedded configuration";

/// "127.0.0.1", "10.0.0.0/8", "fd00::/8".
bool isAddressRange(const std::string& range) {
    const std::size_t slash = range.find('/');
    const std::string address = range.substr(0, slash);
    in6_addr ignored{};
    const bool isSix = inet_pton(AF_INET6, address.c_str(), &ignored) == 1;
    if (!isSix && inet_pton(AF_INET, address.c_str(), &ignored) != 1) {
        return false;
    }
    if (slash == std::string::npos) {
        return true;
    }
    unsigned bits = 0;
    const char* last = range.data() + range.size();
    const auto end = std::from_chars(range.data() + slash + 1, last, bits);
    return end.ec == std::errc{} && end.ptr == last && bits <= (isSix ? 128U : 32U);
}

/// Also when it cannot be looked at: then reading it tells why.
bool isThere(const std::string& file) {
    std::error_code ignored;
    return !file.empty() &&
           std::filesystem::status(file, ignored).type() != std::filesystem::file_type::not_found;
}

/// "[::1]", as URLs and SERVER_ADDR have it.
void unbracketHost(ConfigNode& server) {
    const ConfigEntry* host = server.find("host");
    if (host == nullptr) {
        return;
    }
    const std::string text = host->value.text();
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
        server.set("host", host->keyPlace,
                   ConfigNode::text(text.substr(1, text.size() - 2), host->value.place()));
    }
}

/// "memory:" chooses a storage and tells it nothing.
bool saysMoreThanScheme(std::string_view url) {
    return url.find(':') + 1 < url.size();
}

}  // namespace

Configuration ConfigurationReader::read() {
    if (!readTree()) {
        return std::move(configuration_);
    }
    refuseUnknownKeys(tree_, topKeys(), "", problems_);
    readServer();
    configuration_.oauth_ = checkedSection("oauth", input_.oauth);
    configuration_.logging_ = checkedSection("logging", loggingFields());
    configuration_.limits_ = checkedSection("limits", limitsFields());
    configuration_.outgoing_ = checkedSection("outgoing", outgoingFields());
    configuration_.jobs_ = checkedSection("jobs", jobsFields());
    readDatabase();
    readRedis();
    readSecurity();
    readPlugins();
    readLogin();
    readFolders();
    readIssuers();
    checkProxies();
    checkMutualTls(configuration_.mtls_, configuration_.server_, configuration_.oauth_,
                   configuration_.issuers_, problems_);
    return std::move(configuration_);
}

void ConfigurationReader::chooseFile() {
    const auto choose = [&](const std::string& file, const std::string& source) {
        configuration_.file_ = file;
        configuration_.fileSource_ = source;
    };
    const auto named = input_.environment.find("APP_CONFIG");
    if (!input_.file.empty()) {
        choose(input_.file, "--config");
    } else if (named != input_.environment.end() && !named->second.empty()) {
        choose(named->second, Place::environment("APP_CONFIG").text());
    } else if (isThere(input_.installed)) {
        choose(input_.installed, "installed");
    } else {
        choose("", Place::byDefault().text());
    }
}

bool ConfigurationReader::readTree() {
    chooseFile();
    auto tree = configuration_.file_.empty()
                    ? std::optional(*readYaml(embeddedConfig, embeddedName))
                    : readConfigFile(configuration_.file_, problems_);
    if (!tree) {
        return false;
    }
    tree_ = *std::move(tree);
    return true;
}

Place ConfigurationReader::topPlace(const std::string& key) const {
    const ConfigEntry* entry = tree_.find(key);
    return entry != nullptr ? entry->keyPlace : Place{configuration_.file_, 0, 0};
}

ConfigNode ConfigurationReader::section(const std::string& name, const FieldTable& table,
                                        SectionKeys keys) {
    const ConfigEntry* entry = tree_.find(name);
    ConfigNode node = entry == nullptr ? ConfigNode{} : entry->value;
    if (!node.isMap() && !node.isNone()) {
        problems_.add(node.place(), name + ": a map is wanted, such as \"key: value\"");
        node = ConfigNode{};
    }
    overlayEnvironment(name, table, keys, input_.environment, node, problems_);
    if (name == "server") {
        unbracketHost(node);
    }
    return node;
}

CheckedConfig ConfigurationReader::checkedSection(const std::string& name,
                                                  const FieldTable& table) {
    const ConfigNode node = section(name, table, SectionKeys::ofTable);
    return CheckedConfig::check(table, {name, name, topPlace(name), &node}, problems_);
}

void ConfigurationReader::readServer() {
    ConfigNode node = section("server", serverFields(), SectionKeys::ofTable);
    if (const auto tls = node.take("tls")) {
        configuration_.tls_ = readTls(*tls, problems_);
    }
    const auto mtls = node.take("mtls");
    configuration_.server_ = CheckedConfig::check(
        serverFields(), {"server", "server", topPlace("server"), &node, {"tls", "mtls"}},
        problems_);
    configuration_.mtls_ = readMtls(mtls, configuration_.server_, topPlace("server"),
                                    !configuration_.tls_.empty(), problems_);
}

std::optional<PluginEntry> ConfigurationReader::readStorage(const std::string& name,
                                                            const FieldTable& table,
                                                            const ConfigNode& settings) {
    const ConfigEntry* entry = settings.find(table.rows->name);
    const Place place = entry == nullptr ? topPlace(name) : entry->value.place();
    if (entry == nullptr) {
        problems_.add(place, name + ": url: missing (" + table.rows->summary + ")");
        return std::nullopt;
    }
    const auto url = readSetting(*table.rows, entry->value);
    if (!url) {  // what is no URL may be a secret all the same
        const bool isUnknown = entry->value.isText() && !isUrl(entry->value.text());
        const std::string what = isUnknown
                                     ? "is not a URL (" + std::string(table.rows->summary) + ")"
                                     : url.error().text;
        problems_.add(place, name + ": url: " + what);
        return std::nullopt;
    }
    PluginEntry storage;
    storage.use = storageOf(entry->value.text());
    if (storage.use.empty()) {
        problems_.add(place,
                      name + ": url: its scheme names no storage (try sqlite:, postgresql://)");
        return std::nullopt;
    }
    storage.name = storage.use.substr(storage.use.find('.') + 1);
    storage.place = place;
    storage.label = name + " (" + storage.use + ")";
    storage.settings = ConfigNode::map(settings.place());
    for (const auto& setting : settings.entries()) {
        if (setting.key != table.rows->name) {
            storage.settings.set(setting.key, setting.keyPlace, setting.value);
        } else if (saysMoreThanScheme(setting.value.text())) {
            const Place& from = setting.value.place();
            storage.settings.set(
                setting.key, setting.keyPlace,
                ConfigNode::text(storageUrlFrom(from, setting.value.text()), from));
        }
    }
    return storage;
}

void ConfigurationReader::readDatabase() {
    ConfigNode node = section("database", databaseFields(), SectionKeys::any);
    if (!node.isMap()) {
        node = ConfigNode::map(topPlace("database"));
    }
    if (node.find("url") == nullptr) {
        const ConfigNode url = defaultDatabaseUrl(input_.environment);
        node.set("url", url.place(), url);
    }
    auto storage = readStorage("database", databaseFields(), node);
    if (storage && isForWhatPasses(storage->use)) {
        problems_.add(storage->place,
                      "database: url: Redis keeps only what passes; name it under redis");
        return;
    }
    if (storage) {
        configuration_.database_ = std::move(*storage);
    }
}

void ConfigurationReader::readRedis() {
    const ConfigNode node = section("redis", redisFields(), SectionKeys::any);
    if (!node.isMap()) {
        return;
    }
    auto storage = readStorage("redis", redisFields(), node);
    if (storage && !isForWhatPasses(storage->use)) {
        problems_.add(storage->place, "redis: url: a redis:// or rediss:// URL is wanted");
        return;
    }
    configuration_.redis_ = std::move(storage);
}

void ConfigurationReader::readPlugins() {
    PluginList list(problems_);
    const ConfigEntry* modules = tree_.find("modules");
    if (modules == nullptr) {
        problems_.add(topPlace("modules"), "modules: missing; without any, nothing is answered");
    } else {
        configuration_.modules_ = list.readModules(modules->value);
    }
    if (const ConfigEntry* plugins = tree_.find("plugins")) {
        configuration_.plugins_ = list.readPlugins(plugins->value);
    }
    refuseStorages();
}

void ConfigurationReader::readLogin() {
    if (const ConfigEntry* login = tree_.find("login")) {
        configuration_.login_ =
            gatehouse::readLogin(login->value, loginSteps(configuration_.plugins_), problems_);
    }
}

void ConfigurationReader::refuseStorages() {
    const auto& database = configuration_.database_;
    const auto& redis = configuration_.redis_;
    for (const auto& plugin : configuration_.plugins_) {
        if (pointOf(plugin.use) != "storage") {
            continue;
        }
        std::string text = plugin.label + ": a storage is named by database.url or redis.url";
        if (plugin.use == database.use) {
            text = plugin.label + ": database.url names it already, at " + database.place.text();
        } else if (redis && plugin.use == redis->use) {
            text = plugin.label + ": redis.url names it already, at " + redis->place.text();
        }
        problems_.add(plugin.place, text);
    }
}

void ConfigurationReader::readFolders() {
    ConfigNode node = ConfigNode::map({configuration_.file_, 0, 0});
    for (const auto& field : folders) {
        if (const ConfigEntry* entry = tree_.find(field.name)) {
            node.set(entry->key, entry->keyPlace, entry->value);
        }
    }
    const auto checked = CheckedConfig::check(folders, {"", "", node.place(), &node}, problems_);
    configuration_.pluginDirsPlace_ = checked.placeOf("plugin_dirs");
    for (const auto& folder : checked.list("plugin_dirs")) {
        configuration_.pluginDirs_.push_back(pathFrom(configuration_.pluginDirsPlace_, folder));
    }
    configuration_.clientsDir_ = checked.text("clients_dir");
    configuration_.clientsDirPlace_ = checked.placeOf("clients_dir");
    checkClientsDir(checked, "", problems_);
    if (!checked.has("clients_dir") && !configuration_.file_.empty()) {
        configuration_.clientsDir_ = pathFrom({configuration_.file_, 1, 1}, "clients.d");
        configuration_.clientsDirPlace_ = Place::byDefault();
    }
}

void ConfigurationReader::readIssuers() {
    const ConfigEntry* issuers = tree_.find("issuers");
    if (issuers == nullptr) {
        configuration_.issuers_ =
            onlyIssuer(configuration_.oauth_, configuration_.server_,
                       configuration_.tls_.empty() ? "http" : "https", problems_);
        for (auto& only : configuration_.issuers_) {
            only.clientsDir = configuration_.clientsDir_;
        }
        return;
    }
    configuration_.hasIssuerList_ = true;
    configuration_.issuers_ = gatehouse::readIssuers(issuers->value, problems_);
    refuseBesideIssuers(issuers->keyPlace);
    checkUserStores();
}

/// What would be said twice, or for nobody.
void ConfigurationReader::refuseBesideIssuers(const Place& issuers) {
    const std::string beside = "does not go with issuers, at " + issuers.text() + "; ";
    for (const char* setting : {"issuer", "mtls_url", "profile"}) {
        if (configuration_.oauth_.has(setting)) {
            problems_.add(configuration_.oauth_.placeOf(setting), std::string("oauth: ") + setting +
                                                                      ": " + beside +
                                                                      "name all of them there");
        }
    }
    if (configuration_.clientsDirPlace_.isFile()) {
        problems_.add(configuration_.clientsDirPlace_,
                      "clients_dir: " + beside + "give each issuer a folder of its own");
    }
    const auto isNamed = [&](const IssuerEntry& entry) {
        return entry.clientsDir == configuration_.clientsDir_;
    };
    const auto& entries = configuration_.issuers_;
    std::error_code ignored;
    if (std::filesystem::directory_iterator(configuration_.clientsDir_, ignored) !=
            std::filesystem::directory_iterator() &&
        std::none_of(entries.begin(), entries.end(), isNamed)) {
        problems_.add(issuers, "issuers: nobody's clients are in " + configuration_.clientsDir_ +
                                   "; name it as clients_dir of the issuer they belong to");
    }
    configuration_.clientsDir_.clear();
}

void ConfigurationReader::checkUserStores() {
    std::vector<std::string> names;
    for (const auto& plugin : configuration_.plugins_) {
        if (pointOf(plugin.use) == "user_store") {
            names.push_back(plugin.name);
        }
    }
    for (const auto& entry : configuration_.issuers_) {
        for (const auto& wanted : entry.issuer.userStores) {
            if (std::find(names.begin(), names.end(), wanted) == names.end()) {
                problems_.add(entry.place, "issuers: user_stores: no user store is called \"" +
                                               wanted + "\"" + suggestion(wanted, names));
            }
        }
    }
}

void ConfigurationReader::checkProxies() {
    const CheckedConfig& server = configuration_.server_;
    for (const auto& range : server.list("trusted_proxies")) {
        if (!isAddressRange(range)) {
            problems_.add(server.placeOf("trusted_proxies"),
                          "server: trusted_proxies: \"" + range +
                              "\" is not an address or range (try 10.0.0.0/8)");
        }
    }
}

void ConfigurationReader::readSecurity() {
    const ConfigNode node = section("security", securityFields(), SectionKeys::ofTable);
    const Place place = topPlace("security");
    configuration_.security_ =
        CheckedConfig::check(securityFields(), {"security", "security", place, &node}, problems_);
    const std::string& storage = configuration_.database_.use;
    const bool hasOtherNodes = !storage.empty() && isShared(storage);
    const auto& redis = configuration_.redis_;
    if (node.find("jwt_secret") != nullptr || (!hasOtherNodes && !redis)) {
        return;
    }
    problems_.add(place, "security: jwt_secret: missing; all nodes on " +
                             (hasOtherNodes ? storage : redis->use) +
                             " share one (try: openssl rand -base64 48; after a move from SQLite, "
                             "the root.secret you had)");
}

}  // namespace gatehouse
