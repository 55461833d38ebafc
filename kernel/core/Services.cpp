// SPDX-License-Identifier: Apache-2.0
#include "Services.h"

#include <gatehouse/point/KeyStore.h>

#include "ServiceParts.h"
#include "text/BrandColor.h"

#include <algorithm>
#include <stdexcept>

namespace gatehouse {

Services::Services(ProcessServices process) : process_(std::move(process)) {}

Services::~Services() = default;

Status Services::configure(const Config& config, Host& host) {
    host_ = &host;
    settings_ = oauthSettings(config);
    auto claims = readClaimRules(config);
    if (!claims) {
        return claims.error();
    }
    settings_.claims = ClaimsPolicy(*std::move(claims));
    if (const auto problem = brandColorProblem(settings_.branding.color); !problem.empty()) {
        return Error::badInput(config.place("brand_color") +
                               ": oauth: brand_color: " + settings_.branding.color + " " + problem);
    }
    if (process_.showsPages) {
        auto pages =
            PageBook::load({settings_.pagesDir, settings_.localeDir, settings_.pagesOverrideDir,
                            process_.pagesOfPlugins},
                           settings_.defaultLanguage, settings_.branding, process_.looks, host);
        if (!pages) {
            return pages.error();
        }
        pages_ = *std::move(pages);
    }
    return done();
}

Status Services::start() {
    parts_ = std::make_unique<Parts>(*host_, process_, settings_, pages_.get(),
                                     [this](IssuerId issuer) { return clientsOfFiles(issuer); });
    return done();
}

Status Services::load(const Context& context) {
    if (auto begun = parts_->opener.begin(context); !begun) {
        return begun;
    }
    // These can be read later too.
    (void)parts_->clients.staticClients(context.issuer.id);
    if (pages_ != nullptr) {
        (void)pages_->of(context.issuer);
    }
    return done();
}

Status Services::checkPages(const Issuer& issuer) const {
    return pages_ == nullptr ? done() : pages_->check(issuer);
}

/// All of an issuer's clients or none: a file with a mistake may be the one that limits another. A
/// token format that went away with its plugin spoils the tokens of its client only.
Result<std::shared_ptr<const std::vector<Client>>> Services::clientsOfFiles(IssuerId id) const {
    const auto issuer = std::find_if(process_.issuers.begin(), process_.issuers.end(),
                                     [&](const Issuer& known) { return known.id == id; });
    auto files = process_.staticClients(id);
    auto status =
        files ? checkStaticClients(*files, {*issuer, clientRules()}) : Status{files.error()};
    if (!status) {
        host_->log().write(Level::error, "clients not read: " + status.error().detail,
                           {{"issuer", std::int64_t{id}}});
        return Error::unavailable("the clients of the issuer's files cannot be read");
    }
    return std::make_shared<const std::vector<Client>>(staticClients(*host_, *files));
}

Services::Parts& Services::parts() const {
    if (parts_ == nullptr) {
        throw std::logic_error("the core is asked before it has started");
    }
    return *parts_;
}

void Services::stop() noexcept {
    parts_.reset();
}

Status Services::attach(std::vector<Describer> describers) {
    parts_->metadata.attach(std::move(describers));
    return parts_->metadata.check(process_.issuers.front());
}

void Services::changed(const Change& change) {
    if (change.notice.topic == "client") {
        parts_->clients.forget(change.notice.issuer, change.notice.key);
    }
    if (change.notice.topic == PromiseBook::topic) {
        parts_->promises.polls().forget(change.notice.key);
    }
    if (change.notice.topic == ChangeFeed::gap) {
        parts_->clients.forgetAll();
        parts_->promises.polls().forgetAll();
    }
}

bool Services::hasMetrics() const {
    return !host_->all<MetricsExporter>().empty();
}

Result<Scrape> Services::scrape() const {
    return host_->all<MetricsExporter>().front().plugin->scrape(process_.metrics());
}

std::vector<std::string> Services::satOut() const {
    return process_.satOut();
}

std::vector<std::string> Services::problems() const {
    return process_.problems();
}

const IssuerOpener& Services::opener() const {
    return parts().opener;
}

ClientDirectory& Services::clients() const {
    return parts().clients;
}

ClientEditor& Services::clientEditor() const {
    return parts().clientEditor;
}

const Lifetimes& Services::lifetimes() const {
    return parts().lifetimes;
}

const ClientRules& Services::clientRules() const {
    return parts().clientRules;
}

ClientAuthenticator& Services::authenticator() const {
    return parts().authenticator;
}

const ClaimsSources& Services::claimsSources() const {
    return parts().sources;
}

const ResponseForms& Services::responseForms() const {
    return parts().responseForms;
}

const IntrospectionForms& Services::introspectionForms() const {
    return parts().introspectionForms;
}

FamilyBook& Services::families() const {
    return parts().families;
}

TokenExchange& Services::exchange() const {
    return parts().exchange;
}

TokenInspector& Services::inspector() const {
    return parts().inspector;
}

const TokenBindings& Services::bindings() const {
    return parts().bindings;
}

const ResourcePolicy& Services::resources() const {
    return parts().resources;
}

PromiseBook& Services::promises() const {
    return parts().promises;
}

ServerMetadata& Services::metadata() const {
    return parts().metadata;
}

RateLimiter& Services::limits() const noexcept {
    return process_.limits;
}

PersonDirectory& Services::people() const {
    return parts().people;
}

const PasswordCheck& Services::passwords() const {
    return parts().passwords;
}

const ChosenPasswords& Services::chosenPasswords() const {
    return parts().chosenPasswords;
}

KeyStore& Services::keys() const noexcept {
    return host_->one<KeyStore>();
}

const PageRenderer& Services::pages(const Issuer& issuer) const {
    return pages_->of(issuer);
}

SessionService& Services::sessions() const {
    return parts().sessions;
}

const ConsentService& Services::consents() const {
    return parts().consents;
}

const SessionEnds& Services::sessionEnds() const {
    return parts().sessionEnds;
}

const Approvals& Services::approvals() const {
    return parts().approvals;
}

const IssuedTokens& Services::issued() const {
    return parts().issued;
}

const RequestCheck& Services::requestCheck() const {
    return parts().requestCheck;
}

const RequestSources& Services::requestSources() const {
    return parts().requestSources;
}

const ResponseModes& Services::responseModes() const {
    return parts().modes;
}

const AskedSteps& Services::askedSteps() const {
    return parts().askedSteps;
}

const MailQueue& Services::mails() const {
    return parts().mails;
}

const ResponseTypes& Services::responseTypes() const {
    return parts().types;
}

const AnswerMembers& Services::answerMembers() const {
    return parts().answerMembers;
}

const LoginFlow& Services::login() const {
    return *parts().login;
}

}  // namespace gatehouse
