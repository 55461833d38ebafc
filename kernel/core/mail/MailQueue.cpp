// SPDX-License-Identifier: Apache-2.0
#include "mail/MailQueue.h"

#include "page/PageBook.h"
#include "text/Hex.h"
#include "text/Lower.h"
#include "text/MailAddress.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* handler = "core/mail";
constexpr const char* label = "mail";

std::string sealedFor(const Context& context) {
    return std::to_string(context.issuer.id);
}

}  // namespace

MailQueue::MailQueue(const Parts& parts, const std::vector<Host::Named<Mailer>>& mailers)
    : parts_(parts), quota_(parts.host, window) {
    if (mailers.empty()) {
        return;
    }
    mailer_.emplace(parts.host, mailers.front());
    parts_.jobs.handlers.add(handler, this, [this](const Context& context, const DueJob& job) {
        return deliver(context, job);
    });
}

MailQueue::~MailQueue() {
    parts_.jobs.handlers.remove(this);
}

Result<bool> MailQueue::send(const Context& context, const NewMail& mail) const {
    if (!mailer_ || parts_.pages == nullptr) {
        return Error::unavailable("no mailer is configured");
    }
    if (!mail.to.empty() && !isMailAddress(mail.to)) {
        return Error::badInput("not an address that mails are sent to");
    }
    HttpRequest reader;
    reader.headers.push_back({"accept-language", mail.languages});
    const auto& pages = parts_.pages->of(context.issuer);
    auto made = pages.mail(context, pages.language({}, reader), mail.name, mail.values);
    if (!made) {
        return Error::badInput("there is no mail \"" + mail.name + "\"");
    }
    const auto isOne = isOneTooMany(context, mail);
    if (!isOne || *isOne) {
        return isOne ? Result<bool>(false) : isOne.error();
    }
    const auto isPut = put(context, mail,
                           {mail.name, mail.to, std::move(made->subject), std::move(made->text),
                            parts_.host.clock().now() + mail.goodFor});
    return isPut ? Result<bool>(true) : isPut.error();
}

/// So that nobody fills a stranger's mailbox; each kind by itself, so that mails which strangers
/// can cause leave room for codes to sign in. Nobody's mails are as many as an account's.
Result<bool> MailQueue::isOneTooMany(const Context& context, const NewMail& mail) const {
    for (const auto& key :
         {mail.name + " to " + queueOf(mail), mail.name + " about " + hashOf(mail.about)}) {
        const auto may = quota_.count(context, key, mostInWindow);
        if (!may || !*may) {
            return may ? Result<bool>(true) : may.error();
        }
    }
    return false;
}

/// A queue for each address: one whose server puts us off keeps no other waiting.
Status MailQueue::put(const Context& context, const NewMail& mail, const MailText& text) const {
    NewJob job{handler, queueOf(mail),
               parts_.host.crypto().seal(label, text.json(), sealedFor(context))};
    const auto added = parts_.jobs.book.add(context, job);
    if (!added) {
        return added.error();
    }
    parts_.jobs.runner.added(StoredJob::queueIdOf(job.handler, job.queue), job.delay);
    return done();
}

Status MailQueue::deliver(const Context& context, const DueJob& job) const {
    const auto json = parts_.host.crypto().open(label, job.payload, sealedFor(context));
    const auto text = json ? MailText::from(json->view()) : std::nullopt;
    if (!text) {
        return Error::badInput("a mail cannot be read any more");
    }
    if (text->to.empty() || context.issuer.url.empty()) {
        return done();  // for nobody, or of an issuer that is gone
    }
    if (parts_.host.clock().now() > text->until) {
        tell(context, *text, "nobody took it in time");
        return Error::notAllowed("mail \"" + text->name + "\": nobody took it in time");
    }
    return hand(context, job, *text);
}

Status MailQueue::hand(const Context& context, const DueJob& job, const MailText& text) const {
    const auto sent = mailer_->ask([&](const Mailer& plugin) {
        return plugin.send(context, {job.id, text.to, text.subject, text.text, job.made});
    });
    if (!sent && sent.error().fault == Fault::badInput) {
        tell(context, text, sent.error().detail);
    } else if (!sent && sent.error().fault == Fault::notAllowed) {
        return Error::unavailable(sent.error().detail);
    }
    return sent;
}

void MailQueue::tell(const Context& context, const MailText& text,
                     const std::string& problem) const {
    Event event;
    event.type = "mail.failed";
    event.details = {{"mail", text.name}, {"problem", problem}};
    parts_.host.events().publish(context, std::move(event));
}

std::string MailQueue::queueOf(const NewMail& mail) const {
    return hashOf(lowered(mail.to.empty() ? mail.about : mail.to));
}

std::string MailQueue::hashOf(const std::string& text) const {
    constexpr std::size_t length = 16;
    return hex(parts_.host.crypto().mac(label, text)).substr(0, length);
}

}  // namespace gatehouse
