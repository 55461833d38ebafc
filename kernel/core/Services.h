// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/Plugin.h>
#include <gatehouse/point/HttpModule.h>
#include <gatehouse/point/MetricsExporter.h>

#include "OAuthSettings.h"
#include "client/Lifetimes.h"
#include "job/OwnJobs.h"
#include "login/LoginPlan.h"
#include "metadata/Describer.h"
#include "page/PageBook.h"
#include "store/InstanceNames.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse {

class AnswerMembers;
class Approvals;
class AskedSteps;
class ChangeFeed;
struct Change;
class ChosenPasswords;
class ClaimsSources;
class ClientAuthenticator;
class ClientDirectory;
class ClientEditor;
class ClientRules;
class ConsentService;
class FamilyBook;
class IntrospectionForms;
class IssuedTokens;
class IssuerOpener;
class KeyStore;
class LoginFlow;
class MailQueue;
class PageRenderer;
class PasswordCheck;
class PersonDirectory;
class PromiseBook;
struct ProofUse;
class RateLimiter;
class RequestCheck;
class RequestSources;
class ResourcePolicy;
class ResponseForms;
class ResponseModes;
class ResponseTypes;
class RevocationSet;
class ServerMetadata;
class SessionEnds;
class SessionService;
class TokenBindings;
class TokenExchange;
class TokenInspector;
class TokenIssuer;

/// A client registered by a file of the clients folder.
struct StaticClient {
    ValueMap metadata;  ///< by RFC 7591 names
    Secret secret;  ///< empty when it has none
    std::string place;  ///< of its file, for messages
    std::map<std::string, std::string> places;  ///< "file:line:column" of each member
    bool isSound = true;  ///< otherwise what its file has wrong is left out, and told already
};

/// What the process lends to the core of each generation; all of it outlives the generation.
struct ProcessServices {
    std::vector<Issuer> issuers;
    PageBook::Looks looks;  ///< of issuers that have some of their own
    std::map<IssuerId, std::string> profiles;  ///< of issuers that hold all their clients to one
    Lifetimes::OfIssuers lifetimes;  ///< of issuers that have some of their own
    /// Reads the clients that an issuer's files register. Threads: any.
    std::function<Result<std::vector<StaticClient>>(IssuerId)> staticClients;
    std::vector<std::string> tokenFormats;  ///< configured instances of token_format plugins
    std::map<std::string, InstanceNames> namesOfFormats;  ///< what each keeps
    std::map<std::string, InstanceNames> namesOfGrants;  ///< what each opens
    std::map<std::string, InstanceNames> namesOfClientRules;  ///< of each's jobs
    std::map<std::string, InstanceNames> namesOfBindings;  ///< of each's marks
    /// Can a batch of tokens have this mark in it? Threads: any.
    std::function<bool(const ProofUse&)> isWithTokens;
    /// Instances of authorization_rule plugins, in the order in which they are asked.
    std::function<std::vector<std::string>()> ruleOrder;
    bool showsPages;  ///< a plugin does
    std::vector<std::string> pagesOfPlugins;  ///< folders
    LoginPlan login;
    SharedJobs jobs;
    ChangeFeed& changes;
    RevocationSet& revocations;
    RateLimiter& limits;
    std::function<MetricsSnapshot()> metrics;
    std::function<std::vector<std::string>()>
        problems;  ///< why the server is not ready; empty: ready
    std::function<std::vector<std::string>()>
        satOut;  ///< labels of optional plugins that take no part
};

/// The core as a built-in plugin: it starts after what it needs. No plugin can ask for it: facades
/// lend it. The only place where the services meet.
class Services final : public Plugin {
public:
    static constexpr Point point{"core", 1, Cardinality::one};
    /// Everything about the built-in plugin a library would say of itself; its table is the `oauth`
    /// section. `create` is null: the generation makes it with what the process lends.
    static const PluginDescriptor& descriptor();

    explicit Services(ProcessServices process);
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;
    ~Services() override;

    Status configure(const Config& config, Host& host) override;
    Status start() override;
    void stop() noexcept override;

    /// Those whose lines make the discovery document; given once, after they started. Fails
    /// when one changes what another says.
    Status attach(std::vector<Describer> describers);

    /// Opens an issuer, and reads its clients and pages. Threads: any; may block on files and the
    /// storage.
    Status load(const Context& context);
    /// After configure(): what is wrong with an issuer's own pages, one problem a line.
    Status checkPages(const Issuer& issuer) const;
    /// A client was changed, here or on another node. Called by the change feed's thread.
    void changed(const Change& change);

    const OAuthSettings& settings() const noexcept { return settings_; }
    const ClaimsPolicy& claims() const noexcept { return settings_.claims; }
    /// Configured instances of token_format plugins, in their order.
    const std::vector<std::string>& tokenFormats() const noexcept { return process_.tokenFormats; }
    /// Whether an exporter is configured.
    bool hasMetrics() const;
    /// What the first exporter makes of the metrics as they are now.
    Result<Scrape> scrape() const;
    std::vector<std::string> problems() const;
    std::vector<std::string> satOut() const;

    // Good from start() on: asked for before, they throw std::logic_error.
    const IssuerOpener& opener() const;
    ClientDirectory& clients() const;
    ClientEditor& clientEditor() const;
    const Lifetimes& lifetimes() const;
    const ClientRules& clientRules() const;
    ClientAuthenticator& authenticator() const;
    const ClaimsSources& claimsSources() const;
    const ResponseForms& responseForms() const;
    const IntrospectionForms& introspectionForms() const;
    FamilyBook& families() const;
    TokenExchange& exchange() const;
    TokenInspector& inspector() const;
    PromiseBook& promises() const;
    const TokenBindings& bindings() const;
    const ResourcePolicy& resources() const;
    ServerMetadata& metadata() const;
    RateLimiter& limits() const noexcept;
    PersonDirectory& people() const;
    const PasswordCheck& passwords() const;
    const ChosenPasswords& chosenPasswords() const;
    KeyStore& keys() const noexcept;
    SessionService& sessions() const;
    const ConsentService& consents() const;
    const SessionEnds& sessionEnds() const;
    const RequestSources& requestSources() const;
    const RequestCheck& requestCheck() const;
    const Approvals& approvals() const;
    const IssuedTokens& issued() const;
    const ResponseModes& responseModes() const;
    const ResponseTypes& responseTypes() const;
    const AskedSteps& askedSteps() const;
    const AnswerMembers& answerMembers() const;
    const MailQueue& mails() const;
    // Where a plugin shows pages.
    const PageRenderer& pages(const Issuer& issuer) const;
    const LoginFlow& login() const;
    Host& host() const noexcept { return *host_; }

private:
    struct Parts;

    Parts& parts() const;
    Result<std::shared_ptr<const std::vector<Client>>> clientsOfFiles(IssuerId id) const;

    ProcessServices process_;
    OAuthSettings settings_;
    Host* host_ = nullptr;
    std::unique_ptr<PageBook> pages_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gatehouse
