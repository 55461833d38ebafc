// SPDX-License-Identifier: Apache-2.0
#include "app/Generation.h"

#include <gatehouse/Commands.h>
#include <gatehouse/StorageMaintenance.h>
#include <gatehouse/point/Grant.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/point/KeyStore.h>
#include <gatehouse/point/Storage.h>
#include <gatehouse/point/TokenBinding.h>
#include <gatehouse/point/TokenFormat.h>

#include "Services.h"
#include "app/CertificateCheck.h"
#include "app/ChainCheck.h"
#include "app/ClaimsCheck.h"
#include "app/Describers.h"
#include "app/EntryPoint.h"
#include "app/ModeCheck.h"
#include "app/NamedPlugins.h"
#include "app/NewDatabase.h"
#include "app/OutgoingSettings.h"
#include "app/PluginGuard.h"
#include "app/ProfileCheck.h"
#include "app/ReachCheck.h"
#include "app/RuleOrder.h"
#include "app/SourceCheck.h"
#include "app/StaticClientFiles.h"
#include "app/StepCheck.h"
#include "app/TakingStores.h"
#include "app/TogetherCheck.h"
#include "app/UrlCheck.h"
#include "client/ClientRules.h"
#include "client/StaticClients.h"
#include "config/Masking.h"
#include "facade/Facades.h"
#include "store/CopyMark.h"
#include "store/IssuerOpener.h"

#include <algorithm>
#include <map>
#include <utility>

namespace gatehouse {

namespace {

/// For the only issuer's keys, clients and pages.
constexpr seconds loadLimit{60};

}  // namespace

Generation::Generation(Process& process, Configuration configuration, Scope scope, std::string also)
    : process_(process), configuration_(std::move(configuration)), scope_(scope),
      also_(std::move(also)),
      loader_(PluginFolders(configuration_.pluginDirs()), [this](const InstanceSetup& setup) {
          return std::make_unique<HostImpl>(setup, process_.shared(),
                                            process_.logging().log(setup.label));
      }) {}

Generation::~Generation() {
    stop();
}

Problems Generation::prepare(const Generation* before) {
    Problems problems;
    // The file could not be read, which is a problem already.
    if (configuration_.server().settings().empty()) {
        return problems;
    }
    for (const auto& entry : configuration_.issuers()) {
        issuers_.push_back(entry.issuer);
    }
    const PluginFolders folders(configuration_.pluginDirs());
    if (const auto nothing = folders.emptiness()) {  // said once, not for each plugin
        problems.add(configuration_.pluginDirsPlace(), "plugin_dirs: " + *nothing);
        return problems;
    }
    for (const auto& entry : entries()) {
        loader_.open(entry);
    }
    addCore();
    const bool isWhole = scope_ == Scope::server && !configuration_.database().use.empty();
    loader_.plan(isWhole ? StartupPlan::Extent::whole : StartupPlan::Extent::part);
    if (before != nullptr) {
        loader_.carryOver(before->registry());
    }
    loader_.create();
    bind();
    if (process_.hasStorage()) {
        loader_.createBuiltIns();
    }
    loader_.configure();
    check(problems);
    satOut_ = loader_.satOut();
    lifecycle_.emplace(loader_.registry(), loader_.order());
    problems.add(loader_.problems());
    return problems;
}

/// What no plugin can say of itself.
void Generation::check(Problems& problems) const {
    if (scope_ == Scope::server) {
        checkServer(problems);
    }
    checkUrls(loader_.registry(), configuration_.issuers(), problems);
    (void)ruleOrder(loader_.registry(), problems);
    checkModes(loader_.registry(), problems);
    checkSources(loader_.registry(), problems);
    if (core_ != nullptr) {
        checkClaims(loader_.registry(), core_->claims(), problems);
    }
    checkChains(loader_.registry(), problems);
    checkOutgoing(configuration_.outgoing(), problems);
    if (issuers_.size() == 1) {
        checkFiles(configuration_.issuers(), problems);
    }
}

std::optional<std::string> Generation::start() {
    process_.subjects().takePeople(storesThatTakePeople(registry()));
    const auto started = [](Instance& instance) {
        instance.host().log().write(Level::debug, "started");
    };
    const auto satOut = [this](Instance& instance) {
        satOut_.push_back({instance.setup().label, instance.failure()});
    };
    return lifecycle_->start(started, satOut);
}

std::optional<std::string> Generation::startFirst() {
    if (auto problem = start()) {
        return problem;
    }
    if (const auto checked = checkStorage(); !checked) {
        lifecycle_->stop();
        return checked.error().detail;
    }
    return std::nullopt;
}

/// Before anything is written to it.
Status Generation::checkStorage() {
    const Context context{issuers_.front(), "start", {}, process_.clock().steady() + loadLimit};
    auto whole = requireWhole(process_.storage(), context, "the database");
    if (!whole) {
        return whole;
    }
    warnOfNewDatabase(process_, configuration_.database());
    return core_->opener().checkRootSecret(context.deadline);
}

Result<std::shared_ptr<const Router>> Generation::makeRouter() {
    if (auto attached = core_->attach(describersOf(registry())); !attached) {
        return attached.error();
    }
    const auto token = std::make_shared<char>();
    inUse_ = token;
    const auto load = [core = core_](const Context& context) {
        const auto loaded = core->load(context);
        if (!loaded) {
            core->host().log().write(context, Level::error,
                                     "issuer cannot be served: " + loaded.error().detail,
                                     {{"issuer", std::int64_t{context.issuer.id}}});
        }
        return bool(loaded);
    };
    const auto hosts =
        configuration_.hasIssuerList() ? Router::HostRule::always : Router::HostRule::anyForOne;
    auto router = Router::make(issuers_, routes(), process_.metrics(), token, load, hosts);
    if (!router || issuers_.size() > 1) {
        return router;
    }
    const Context context{
        (*router)->firstIssuer(), "start", {}, process_.clock().steady() + loadLimit};
    if (const auto loaded = core_->load(context); !loaded) {
        return loaded.error();
    }
    (*router)->setLoaded(context.issuer);
    return router;
}

HeldProfiles Generation::held(const ClientRules& rules) const {
    return {rules,
            process_.shared().jose,
            {profilesOf(configuration_.issuers()),
             core_ == nullptr
                 ? Lifetimes()
                 : Lifetimes(core_->settings().lifetimes, lifetimesOf(configuration_.issuers()))}};
}

void Generation::checkServer(Problems& problems) const {
    checkCertificates(configuration_, process_.clock(), problems);
    if (loader_.problems().empty()) {  // none is missing
        checkTogether(configuration_, loader_.registry(), problems);
        const ClientRules rules(namedAll<ClientMetadataRule>(registry()));
        checkReach(registry(), configuration_.mtls(), configuration_.issuers(), held(rules),
                   process_.shared().jose.signingAlgorithms(), problems);
        checkSteps(configuration_, loader_.registry(), problems);
    }
}

void Generation::checkFiles(const std::vector<IssuerEntry>& issuers, Problems& problems) const {
    const auto formats = tokenFormats();
    const auto signing = process_.shared().jose.signingAlgorithms();
    const ClientRules rules(namedAll<ClientMetadataRule>(registry()));
    const auto profiles = held(rules);
    checkProfiles(issuers, profiles, registry(), problems);
    for (const auto& entry : issuers) {
        const auto clients = clientsIn(entry.clientsDir, rules.members(), registry(), problems);
        if (const auto sound = checkStaticClients(
                clients, {entry.issuer, rules, formats, signing, keysKept(registry()), &profiles});
            !sound) {
            problems.addLines(sound.error().detail, {});
        }
        const auto pages = core_ == nullptr ? done() : core_->checkPages(entry.issuer);
        if (!pages) {
            problems.addLines(pages.error().detail, entry.place);
        }
    }
}

void Generation::stop() noexcept {
    if (lifecycle_) {
        lifecycle_->stop();
    }
}

std::vector<std::string> Generation::startOrder() const {
    std::vector<std::string> labels;
    for (const std::size_t position : lifecycle_->order()) {
        const auto& setup = registry().instances()[position]->setup();
        if (!isFacade(setup.use)) {
            labels.push_back(setup.label);
        }
    }
    return labels;
}

Commands* Generation::commandsOf(std::string_view use) const {
    const auto& all = registry().instances();
    const auto found = std::find_if(all.begin(), all.end(), [use](const auto& instance) {
        return instance->setup().use == use && instance->plugin() != nullptr;
    });
    return found == all.end() ? nullptr : capabilityOf<Commands>(*(*found)->plugin());
}

std::vector<PluginEntry> Generation::entries() const {
    std::vector<PluginEntry> entries;
    if (!configuration_.database().use.empty()) {  // otherwise its URL is a problem already
        entries.push_back(configuration_.database());
    }
    if (configuration_.redis()) {
        entries.push_back(*configuration_.redis());
    }
    for (const auto& entry : configuration_.plugins()) {
        if (scope_ == Scope::server || isNeededOffline(entry) || entry.use == also_ ||
            pointOf(entry) == also_) {
            entries.push_back(entry);
        }
    }
    for (const auto& entry : configuration_.modules()) {
        if (scope_ == Scope::server || entry.use == also_) {
            entries.push_back(entry);
        }
    }
    return entries;
}

void Generation::addCore() {
    InstanceSetup setup{"core", "core", "core", {}, false, configuration_.oauth()};
    loader_.addBuiltIn(std::move(setup), Services::descriptor(), [this] { return makeCore(); });
    for (const auto& facade : facades()) {
        const std::string name = facade.descriptor.name;
        loader_.addBuiltIn({name, name, name, {}, false, {}}, facade.descriptor,
                           [this, &facade] { return facade.make(*core_); });
    }
}

std::unique_ptr<Plugin> Generation::makeCore() {  // NOLINT(readability-function-size): a table
    std::map<IssuerId, std::string> clientsDirs;
    PageBook::Looks looks;
    for (const auto& entry : configuration_.issuers()) {
        clientsDirs.emplace(entry.issuer.id, entry.clientsDir);
        if (!entry.looks.empty()) {
            looks.emplace(entry.issuer.id, entry.looks);
        }
    }
    auto core = std::make_unique<Services>(ProcessServices{
        issuers_,
        std::move(looks),
        profilesOf(configuration_.issuers()),
        lifetimesOf(configuration_.issuers()),
        [this, clientsDirs = std::move(clientsDirs)](IssuerId issuer) {
            return staticClientsOf(clientsDirs.at(issuer), core_->clientRules().members());
        },
        tokenFormats(),
        namesOfAll(TokenFormat::point),
        namesOfAll(Grant::point),
        namesOfAll(ClientMetadataRule::point),
        namesOfAll(TokenBinding::point),
        [&process = process_](const ProofUse& use) { return process.isWithTokens(use); },
        [this] { return instancesOf(rules()); },
        showsPages(),
        pagesOfPlugins(),
        configuration_.login(),
        process_.shared().jobs,
        process_.changes(),
        process_.revocations(),
        process_.limits(),
        [&process = process_] { return process.metrics().snapshot(); },
        [&process = process_] { return process.problems(); },
        [this] {
            std::vector<std::string> labels;
            for (const auto& one : satOut_) {
                labels.push_back(one.label);
            }
            return labels;
        }});
    core_ = core.get();
    return core;
}

/// As configured, not as loaded: the command line loads none.
std::vector<std::string> Generation::tokenFormats() const {
    return namesOfEntries(TokenFormat::point, configuration_.plugins());
}

std::map<std::string, InstanceNames> Generation::namesOfAll(const Point& point) const {
    std::map<std::string, InstanceNames> names;
    for (const auto& instance : registry().of(point.name)) {
        names.emplace(instance->setup().name, namesOf(*instance));
    }
    return names;
}

std::vector<OrderedRule> Generation::rules() const {
    Problems known;
    return ruleOrder(registry(), known);
}

bool Generation::showsPages() const {
    const auto& all = registry().instances();
    return std::any_of(all.begin(), all.end(), [](const auto& instance) {
        return gatehouse::showsPages(instance->descriptor().needs);
    });
}

std::vector<std::string> Generation::pagesOfPlugins() const {
    std::vector<std::string> folders;
    if (!showsPages()) {  // nobody reads them
        return folders;
    }
    const PluginFolders plugins(configuration_.pluginDirs());
    for (const auto& instance : registry().instances()) {
        const auto folder = plugins.folderOf(instance->setup().use);
        if (folder && std::find(folders.begin(), folders.end(), *folder) == folders.end()) {
            folders.push_back(*folder);
        }
    }
    return folders;
}

/// Storages and key store cannot change while the process lives, so the first generation's are lent
/// to all.
void Generation::bind() {
    if (process_.hasStorage()) {
        return;
    }
    const auto pluginOf = [this](const char* point, const std::string& name) -> Plugin* {
        const auto instance = registry().find(point, name);
        return instance == nullptr ? nullptr : instance->plugin();
    };
    const auto& redis = configuration_.redis();
    auto* durable = dynamic_cast<Storage*>(pluginOf("storage", configuration_.database().name));
    auto* passing = redis ? dynamic_cast<Storage*>(pluginOf("storage", redis->name)) : nullptr;
    if (durable != nullptr && (!redis || passing != nullptr)) {
        process_.useStorages(*durable, passing);
    }
    const auto keyStores = registry().all<KeyStore>();
    if (keyStores.size() == 1 && keyStores.front() != nullptr) {
        process_.useKeyStore(*keyStores.front());
    }
}

std::vector<Route> Generation::routes() {
    std::vector<Route> routes;
    for (const auto& instance : registry().of(HttpModule::point.name)) {
        auto& module = dynamic_cast<HttpModule&>(*instance->plugin());
        for (auto& route : module.routes()) {
            route.handler = guarded(std::move(route.handler), instance->setup().label,
                                    process_.metrics(), instance->host().log());
            routes.push_back(std::move(route));
        }
    }
    return routes;
}

}  // namespace gatehouse
