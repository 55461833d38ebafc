// SPDX-License-Identifier: Apache-2.0
#include "PamUserStore.h"

#include "passwords/LoginName.h"
#include "text/Utf8.h"

#include <charconv>
#include <filesystem>
#include <utility>

namespace gatehouse {

namespace {

/// Who is asked about in place of somebody who is not there; no account can have this name.
constexpr const char* nobody = "nobody of this name";

/// Modules run in this process, so there is nothing to connect to and nothing to break off.
class NoConnection final : public LaneConnection {
public:
    void interrupt() noexcept override {}
};

std::optional<uid_t> uidOf(std::string_view id) {
    uid_t uid = 0;
    const auto read = std::from_chars(id.data(), id.data() + id.size(), uid);
    const bool isWhole = read.ec == std::errc{} && std::to_string(uid) == id;
    return isWhole ? std::optional(uid) : std::nullopt;
}

bool isTellable(const std::string& text) {
    return !text.empty() && isUtf8(text);
}

bool isTypable(std::string_view password) {
    return !password.empty() && password.size() <= longestPassword && isUtf8(password) &&
           password.find('\0') == std::string_view::npos;
}

}  // namespace

Status PamUserStore::configure(const Config& config, Host& host) {
    host_ = &host;
    service_ = {config.text("service"), config.text("directory")};
    isCaseIgnored_ = config.text("login_case") == "ignored";
    leastUid_ = static_cast<uid_t>(config.number("least_uid"));
    emailDomain_ = config.text("email_domain");
    if (!isUnixName(service_.name)) {
        return Error::badInput(config.place("service") + ": service is not the name of a file");
    }
    lanes_ = std::make_unique<Lanes>(
        host.clock(), "PAM", [] { return std::make_unique<NoConnection>(); },
        static_cast<std::size_t>(config.number("at_once")),
        static_cast<std::size_t>(config.number("waiting")), config.duration("timeout"));
    return done();
}

Status PamUserStore::start() {
    // PAM would take the service "other" for one that is not there.
    const auto file = std::filesystem::path(service_.directory) / service_.name;
    std::error_code problem;
    if (!std::filesystem::is_regular_file(file, problem)) {
        return Error::badInput("there is no " + file.string() + ", which says how PAM checks");
    }
    try {
        const PamConversation conversation(service_, nobody, {}, nullptr);
    } catch (const PamFailure& failure) {
        return Error::badInput(file.string() + ": " + failure.what());
    }
    lanes_->start();
    return done();
}

void PamUserStore::stop() noexcept {
    if (lanes_ != nullptr) {
        lanes_->stop();
    }
}

/// A failure is no lost connection: asking once more could count as a second guess.
PamUserStore::Found PamUserStore::ask(const Context& context, Question question) const {
    auto answer = std::make_shared<Found>(std::optional<User>{});
    const auto status = lanes_->run(
        context, [answer, question = std::move(question)](LaneConnection& /*connection*/) {
            try {
                *answer = question();
            } catch (const std::exception& failure) {
                *answer = Error::unavailable(std::string("PAM did not answer: ") + failure.what());
            }
        });
    return status ? std::move(*answer) : Found{status.error()};
}

bool PamUserStore::isPersons(const UnixAccount& account) const {
    return account.uid >= leastUid_ && trimmedLogin(account.name) == account.name;
}

std::optional<UnixAccount> PamUserStore::accountOf(const std::string& name) const {
    if (!isUnixName(name)) {
        return std::nullopt;
    }
    auto account = unixAccount(name);
    // The name service may find another spelling than was asked for.
    const bool isMeant = account && isPersons(*account) && spelling(account->name) == name;
    return isMeant ? std::move(account) : std::nullopt;
}

User PamUserStore::userOf(const UnixAccount& account) const {
    User user;
    user.id = std::to_string(account.uid);
    user.login = account.name;
    if (isTellable(account.fullName)) {
        user.claims.set("name", account.fullName);
    }
    if (!emailDomain_.empty() && account.name.find('@') == std::string::npos) {
        user.claims.set("email", account.name + "@" + emailDomain_);
    }
    ValueList groups;
    for (auto& group : groupsOf(account)) {
        if (isTellable(group)) {
            groups.emplace_back(std::move(group));
        }
    }
    if (!groups.empty()) {
        user.claims.set("groups", std::move(groups));
    }
    return user;
}

std::optional<User> PamUserStore::found(const std::optional<UnixAccount>& account) const {
    if (!account) {
        return std::nullopt;
    }
    auto user = userOf(*account);
    PamConversation conversation(service_, account->name, {}, nullptr);
    user.isDisabled = conversation.account() == PamConversation::Verdict::no;
    return user;
}

PamUserStore::Found PamUserStore::findByLogin(const Context& context,
                                              std::string_view login) const {
    if (!trimmedLogin(login)) {
        return std::optional<User>{};
    }
    return ask(context, [this, name = spelling(login)] { return found(accountOf(name)); });
}

PamUserStore::Found PamUserStore::findById(const Context& context, std::string_view id) const {
    const auto uid = uidOf(id);
    if (!uid) {
        return std::optional<User>{};
    }
    return ask(context, [this, uid = *uid] {
        const auto account = unixAccount(uid);
        return found(account && isPersons(*account) ? account : std::nullopt);
    });
}

std::string PamUserStore::spelling(std::string_view login) const {
    return isCaseIgnored_ ? spellingOf(login) : spellingInItsCase(login);
}

PamUserStore::Found PamUserStore::checkPassword(const Context& context, std::string_view login,
                                                const Secret& password) const {
    if (!trimmedLogin(login) || !isTypable(password.view())) {
        return std::optional<User>{};
    }
    return ask(context, [this, password, name = spelling(login),
                         remoteAddress = std::string(context.remoteAddress)] {
        return letIn(name, remoteAddress, password);
    });
}

std::optional<User> PamUserStore::letIn(const std::string& name, const std::string& remoteAddress,
                                        const Secret& password) const {
    const auto account = accountOf(name);
    PamConversation conversation(service_, account ? account->name : nobody, remoteAddress,
                                 &password);
    const bool isRight = conversation.isPassword();
    if (conversation.wasAskedMore()) {
        host_->log().write(Level::warning, "PAM asks for more than a password, which nobody has",
                           {{"service", service_.name}});
    }
    if (!isRight || !account) {
        return std::nullopt;
    }
    const auto verdict = conversation.account();
    if (verdict == PamConversation::Verdict::passwordExpired) {
        host_->log().write(Level::warning,
                           "a password has expired; it is changed on the machine itself",
                           {{"login", account->name}});
    }
    return verdict == PamConversation::Verdict::yes ? std::optional(userOf(*account))
                                                    : std::nullopt;
}

namespace {

constexpr Field fields[] = {
    {"service", Kind::text, byDefault("gatehouse"),
     "the file of directory that says how PAM checks"},
    {"directory", Kind::path, byDefault("/etc/pam.d"), "where PAM's services are"},
    {"login_case", Kind::text, byDefault("matters"),
     "whether Ada and ada are two; ignored: PAM is asked in small letters",
     oneOf("matters|ignored")},
    {"least_uid", Kind::number, byDefault("1000"),
     "whose account has a smaller number is nobody: the machine's own", between(1, 4294967294)},
    {"email_domain", Kind::text, optional,
     "makes LOGIN@email_domain the claim email, which nobody has verified"},
    {"timeout", Kind::duration, byDefault("5s"), "longest time a login may take PAM",
     between(100, 30000)},
    {"at_once", Kind::number, byDefault("4"), "people whom PAM is asked about at once",
     between(1, 100)},
    {"waiting", Kind::number, byDefault("16"),
     "questions that may wait for their turn; more are answered with 503", between(1, 100000)},
};

}  // namespace

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::PamUserStore, "pam", "0.1.0",
                 "Users with an account of this machine, checked by PAM", gatehouse::fields)
