// SPDX-License-Identifier: Apache-2.0
#include "LdapUserStore.h"

#include "LdapAddress.h"
#include "passwords/LoginName.h"

#include <utility>

namespace gatehouse {

namespace {

Error wrong(const Config& config, const char* setting, const std::string& problem) {
    return Error::badInput(config.place(setting) + ": " + setting + " " + problem);
}

std::optional<User> alone(User user) {
    return {std::move(user)};
}

}  // namespace

Status LdapUserStore::configure(const Config& config, Host& host) {
    host_ = &host;
    if (auto status = configureServer(config); !status) {
        return status;
    }
    if (auto status = configurePeople(config); !status) {
        return status;
    }
    lanes_ = std::make_unique<Lanes>(
        host.clock(), "the directory", [this] { return open(); },
        static_cast<std::size_t>(config.number("connections")),
        static_cast<std::size_t>(config.number("waiting")), config.duration("timeout"));
    return done();
}

Status LdapUserStore::configureServer(const Config& config) {
    server_.urls = config.list("urls");
    server_.startsTls = config.boolean("start_tls");
    server_.caFile = config.text("ca_file");
    server_.bindDn = config.text("bind_dn");
    server_.bindPassword = config.secret("bind_password");
    if (server_.urls.empty()) {
        return wrong(config, "urls", "names no directory");
    }
    for (const auto& url : server_.urls) {
        if (const auto problem = ldapUrlProblem(url, server_.startsTls); !problem.empty()) {
            return wrong(config, "urls", problem);
        }
    }
    if (server_.bindDn.empty() != server_.bindPassword.empty()) {
        return wrong(config, "bind_dn", "and bind_password belong together");
    }
    // So that a directory that hangs is left for the next one while the person still waits.
    server_.patience =
        config.duration("timeout") / static_cast<std::int64_t>(server_.urls.size() + 1);
    return done();
}

Status LdapUserStore::configurePeople(const Config& config) {
    const std::string base = config.text("base");
    const std::string memberOf = config.text("member_of");
    people_ = {base,
               config.text("people"),
               config.text("login"),
               config.text("id"),
               memberOf,
               config.text("disabled"),
               {}};
    groups_ = {memberOf, config.has("group_base") ? config.text("group_base") : base,
               config.text("groups"), config.text("group_name"),
               static_cast<std::size_t>(config.number("nested_groups"))};
    if (!groups_.filter.empty() && groups_.filter.find("{dn}") == std::string::npos &&
        groups_.filter.find("{login}") == std::string::npos) {
        return wrong(config, "groups", "has neither {dn} nor {login}");
    }
    ValueMap claims{
        {"name", "cn"}, {"given_name", "givenName"}, {"family_name", "sn"}, {"email", "mail"}};
    if (config.has("claims")) {
        claims = config.map("claims");
    }
    for (const auto& [name, attribute] : claims) {
        if (attribute.text() == nullptr || attribute.text()->empty() || isServersClaim(name)) {
            return wrong(config, "claims",
                         isServersClaim(name) ? "has " + name + ", which is the server's to say"
                                              : "names no attribute for " + name);
        }
        people_.claims[name] = *attribute.text();
    }
    return done();
}

Status LdapUserStore::start() {
    try {
        open()->search(people_.byLogin("nobody"));
    } catch (const LdapFailure& failure) {
        if (failure.isMistake()) {
            return Error::badInput(failure.what());
        }
        host_->log().write(Level::warning, std::string("started without the directory of its "
                                                       "people: ") +
                                               failure.what());
    }
    lanes_->start();
    return done();
}

void LdapUserStore::stop() noexcept {
    if (lanes_ != nullptr) {
        lanes_->stop();
    }
}

std::unique_ptr<LdapConnection> LdapUserStore::open() {
    const std::size_t count = server_.urls.size();
    for (std::size_t tries = 1;; ++tries) {
        std::size_t which = nextUrl_;
        try {
            return std::make_unique<LdapConnection>(server_, server_.urls[which]);
        } catch (const LdapFailure&) {
            nextUrl_.compare_exchange_strong(which, (which + 1) % count);
            if (tries == count) {
                throw;
            }
        }
    }
}

LdapUserStore::Found LdapUserStore::ask(const Context& context, Question question) const {
    auto user = std::make_shared<std::optional<User>>();
    const auto status =
        lanes_->run(context, [user, question = std::move(question)](LaneConnection& connection) {
            *user = question(static_cast<LdapConnection&>(connection));
        });
    return status ? Found{std::move(*user)} : Found{status.error()};
}

std::optional<LdapPerson> LdapUserStore::personByLogin(LdapConnection& connection,
                                                       const std::string& login) const {
    bool isSeveral = false;
    auto person = people_.find(connection, people_.byLogin(login), isSeveral);
    if (isSeveral) {
        host_->log().write(Level::warning, "a login that several people have lets nobody in",
                           {{"login", login}});
    }
    // A directory may find another spelling than was asked for.
    const bool isMeant = person && spelling(person->user.login) == spelling(login);
    return isMeant ? person : std::nullopt;
}

User LdapUserStore::withGroups(LdapConnection& connection, LdapPerson person) const {
    auto groups = groups_.of(connection, person);
    if (!groups.empty()) {
        person.user.claims.set("groups", std::move(groups));
    }
    return std::move(person.user);
}

LdapUserStore::Found LdapUserStore::findByLogin(const Context& context,
                                                std::string_view login) const {
    if (!trimmedLogin(login)) {
        return std::optional<User>{};
    }
    return ask(context, [this, login = std::string(login)](LdapConnection& connection) {
        auto person = personByLogin(connection, login);
        return person ? alone(withGroups(connection, *std::move(person))) : std::nullopt;
    });
}

LdapUserStore::Found LdapUserStore::findById(const Context& context, std::string_view id) const {
    const auto search = people_.byId(id);
    if (id.empty() || id.find('\0') != std::string_view::npos || !search) {
        return std::optional<User>{};
    }
    return ask(context, [this, search, id = std::string(id)](LdapConnection& connection) {
        bool isSeveral = false;
        auto person = people_.find(connection, *search, isSeveral);
        const bool isMeant = person && person->user.id == id;
        return isMeant ? alone(withGroups(connection, *std::move(person))) : std::nullopt;
    });
}

std::string LdapUserStore::spelling(std::string_view login) const {
    return spellingOf(login);
}

LdapUserStore::Found LdapUserStore::checkPassword(const Context& context, std::string_view login,
                                                  const Secret& password) const {
    // What is empty to the directory, which may read up to a NUL, is an anonymous success
    // (RFC 4513 section 5.1.2).
    const bool canBeOne = !password.empty() && password.view().size() <= longestPassword &&
                          password.view().find('\0') == std::string_view::npos;
    if (!canBeOne || !trimmedLogin(login)) {
        return std::optional<User>{};
    }
    return ask(context, [this, password, login = std::string(login)](LdapConnection& connection) {
        auto person = personByLogin(connection, login);
        const std::string nobody = "cn=nobody of this name," + people_.base;
        const bool isRight = connection.isPassword(person ? person->dn : nobody, password);
        return isRight && person && !person->user.isDisabled
                   ? alone(withGroups(connection, *std::move(person)))
                   : std::nullopt;
    });
}

constexpr Field fields[] = {
    {"urls", Kind::list, required,
     "ldaps://HOST or ldap://HOST of the directory's servers; the next is asked when one is away"},
    {"start_tls", Kind::boolean, byDefault("false"),
     "ask an ldap:// server for TLS first; without it only ldap:// of this machine is taken"},
    {"ca_file", Kind::path, optional,
     "authorities, in PEM, of the servers' certificates; without it those of the machine's "
     "ldap.conf"},
    {"bind_dn", Kind::text, optional, "who searches; without it nobody in particular"},
    {"bind_password", Kind::secret, optional, "the password of bind_dn"},
    {"base", Kind::text, required, "the entry that all people are below"},
    {"people", Kind::text, byDefault("(objectClass=person)"), "a filter that people match"},
    {"login", Kind::text, byDefault("uid"), "the attribute that people log in with"},
    {"id", Kind::text, byDefault("entryUUID"),
     "the attribute that a person keeps for good; objectGUID in Active Directory"},
    {"disabled", Kind::text, optional, "a filter; whom it matches may not log in"},
    {"claims", Kind::map, optional,
     "claims and their attributes; {name: cn, given_name: givenName, family_name: sn, email: "
     "mail} when left out"},
    {"member_of", Kind::text, optional,
     "the attribute that has the groups of an entry, for the claim groups"},
    {"groups", Kind::text, optional,
     "a filter for the groups of the person {dn} with the login {login}, for the claim groups"},
    {"group_base", Kind::text, optional, "the entry that groups are below, if it is not base"},
    {"group_name", Kind::text, byDefault("cn"), "the attribute that has a group's name"},
    {"nested_groups", Kind::number, byDefault("0"),
     "how deep to look for groups that have these groups as members", between(0, 10)},
    {"timeout", Kind::duration, byDefault("3s"), "longest time a login may take the directory",
     between(100, 30000)},
    {"connections", Kind::number, byDefault("4"), "sessions of this node", between(1, 100)},
    {"waiting", Kind::number, byDefault("16"),
     "questions that may wait for a session; more are answered with 503", between(1, 100000)},
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::LdapUserStore, "ldap", "0.1.0", "Users of an LDAP directory",
                 gatehouse::fields)
