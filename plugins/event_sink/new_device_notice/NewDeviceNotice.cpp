// SPDX-License-Identifier: Apache-2.0
#include "NewDeviceNotice.h"

#include <gatehouse/Records.h>

#include "json/Json.h"
#include "json/Members.h"
#include "text/Rfc3339.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace gatehouse {

namespace {

constexpr const char* handler = "tell";
/// People who made their account themselves, not long ago.
constexpr const char* newPeople = "new";
constexpr seconds isNewFor{3600};
constexpr seconds patience{5};

constexpr Field fields[] = {
    {"link", Kind::text, byDefault("/account/sessions"),
     "where people sign out elsewhere: a path below the issuer, or a URL", between(1, 2048)},
};

constexpr const char* needs[] = {"storage", "people", "mails", "mailer"};

/// Events have no more than the number of their issuer.
struct EventContext {
    EventContext(Host& host, const Event& event)
        : issuer{event.issuer, {}, {}}, context{issuer,
                                                event.requestId,
                                                {},
                                                host.clock().steady() + patience} {}
    Issuer issuer;
    Context context;
};

bool isInNewBrowser(const Event& event) {
    return event.type == "login.succeeded" && isTrue(event.details, "new_browser") &&
           !event.subject.empty();
}

std::string browserIn(const ValueMap& login) {
    const auto name = login.text("browser");
    const auto system = login.text("system");
    return std::string(name).append(name.empty() || system.empty() ? "" : ", ").append(system);
}

}  // namespace

Status NewDeviceNotice::configure(const Config& config, Host& host) {
    host_ = &host;
    link_ = config.text("link");
    if (link_.front() != '/' && link_.rfind("https://", 0) != 0) {
        return Error::badInput(config.place("link") +
                               ": a path that begins with /, or an https URL, is wanted");
    }
    return done();
}

Status NewDeviceNotice::start() {
    people_ = &host_->one<People>();
    mails_ = &host_->one<Mails>();
    host_->jobs().handle(
        handler, [this](const Context& context, const DueJob& job) { return tell(context, job); });
    return done();
}

void NewDeviceNotice::publish(const std::vector<Event>& events) {
    for (const auto& event : events) {
        const auto taken = event.type == "user.created" ? keepNew(event)
                           : isInNewBrowser(event)      ? addJob(event)
                                                        : done();
        if (!taken) {
            throw std::runtime_error(taken.error().detail);
        }
    }
}

/// Who has just made their account is in a new browser, and knows it.
Status NewDeviceNotice::keepNew(const Event& event) const {
    Record record;
    record.kind = newPeople;
    record.key = event.subject;
    record.expires = host_->clock().now() + isNewFor;
    Batch batch;
    batch.puts.push_back(std::move(record));
    const auto kept = host_->records().apply(EventContext(*host_, event).context, std::move(batch));
    return kept ? done() : Status(kept.error());
}

Status NewDeviceNotice::addJob(const Event& event) const {
    const ValueMap login{{"sub", event.subject},
                         {"login", event.details.text("login")},
                         {"time", rfc3339Second(event.time)},
                         {"address", event.remoteAddress},
                         {"browser", event.details.text("browser")},
                         {"system", event.details.text("system")}};
    const auto added = host_->jobs().add(EventContext(*host_, event).context,
                                         {handler, event.subject, toJson(login), {}});
    return added ? done() : Status(added.error());
}

/// Of too many in an hour the mails that there were say enough.
Status NewDeviceNotice::tell(const Context& context, const DueJob& job) const {
    const auto json = parseJson(job.payload);
    const auto* login = json ? json->map() : nullptr;
    if (login == nullptr) {
        return Error::badInput("a login cannot be read any more");
    }
    const auto person = personOf(context, *login);
    if (!person || !*person) {
        return person ? done() : Status(person.error());
    }
    const auto& [store, user] = **person;
    NewMail mail;
    mail.name = "new_device";
    mail.to = user.claims.text("email");
    mail.about = store + " " + user.id;
    mail.languages = user.claims.text("locale");
    std::replace(mail.languages.begin(), mail.languages.end(), '_', '-');
    mail.values = {{"login", user.login},
                   {"time", login->text("time")},
                   {"address", login->text("address")},
                   {"browser", browserIn(*login)},
                   {"link", linkOf(context.issuer)}};
    const auto isSent = mails_->send(context, mail);
    return isSent ? done() : Status(isSent.error());
}

Result<std::optional<FoundUser>> NewDeviceNotice::personOf(const Context& context,
                                                           const ValueMap& login) const {
    const auto isNew = host_->records().find(context, newPeople, login.text("sub"));
    if (!isNew) {
        return isNew.error();
    }
    auto person = people_->findByLogin(context, login.text("login"));
    if (!person || !*person || *isNew) {
        return person ? std::optional<FoundUser>() : person;
    }
    const auto& [store, user] = **person;
    const auto sub = host_->subjects().of(context, store, user.id);
    if (!sub) {
        return sub.error();
    }
    const bool isTheirs = *sub == login.text("sub") && !user.isDisabled &&
                          isTrue(user.claims, "email_verified") &&
                          !user.claims.text("email").empty();
    return isTheirs ? person : std::optional<FoundUser>();
}

std::string NewDeviceNotice::linkOf(const Issuer& issuer) const {
    return link_.front() == '/' ? issuer.url + link_ : link_;
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::NewDeviceNotice, "new_device_notice", "0.1.0",
                 "A mail to people after a login in a browser that is new", gatehouse::fields,
                 gatehouse::needs)
