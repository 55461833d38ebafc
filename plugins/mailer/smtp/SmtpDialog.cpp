// SPDX-License-Identifier: Apache-2.0
#include "SmtpDialog.h"

#include "SmtpRefusal.h"
#include "net/LimitedSocket.h"
#include "text/Base64.h"
#include "text/Printable.h"

#include <Poco/AutoPtr.h>
#include <Poco/Environment.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/String.h>

#include <algorithm>
#include <sstream>

namespace gatehouse {

namespace {

using Plain = LimitedSocket<Poco::Net::StreamSocketImpl>;
using Tls = LimitedSocket<Poco::Net::SecureStreamSocketImpl>;

/// What is said after a command has been done, asks for more, or is ready for the text.
constexpr int done2xx = 2;
constexpr int goOn3xx = 3;

/// A socket of an implementation of our own.
struct OwnSocket : Poco::Net::StreamSocket {
    explicit OwnSocket(Poco::Net::SocketImpl* socket) : StreamSocket(socket) {}
};

std::vector<Poco::Net::IPAddress> addressesOf(const std::string& host) {
    Poco::Net::IPAddress address;
    if (Poco::Net::IPAddress::tryParse(host, address)) {
        return {address};
    }
    return Poco::Net::DNS::hostByName(host).addresses();
}

Poco::AutoPtr<Plain> connected(const Poco::Net::SocketAddress& address, const CallLimit& limit) {
    Poco::AutoPtr<Plain> socket(new Plain);
    socket->connect(address, Poco::Timespan(std::chrono::microseconds(limit.left()).count()));
    socket->setBlocking(false);
    socket->setNoDelay(true);
    socket->obey(limit);
    return socket;
}

/// The first address that answers.
Poco::AutoPtr<Plain> connected(const SmtpSettings& settings, const CallLimit& limit) {
    const auto addresses = addressesOf(settings.host);
    for (std::size_t number = 0; number < addresses.size(); ++number) {
        try {
            return connected({addresses[number], settings.port}, limit);
        } catch (const Poco::Exception&) {
            if (number + 1 == addresses.size()) {
                throw;
            }
        }
    }
    throw Poco::Net::HostNotFoundException(settings.host, "has no address");
}

/// POCO's own way verifies names by the DNS, and keeps no deadline.
Poco::AutoPtr<Tls> secured(Poco::Net::StreamSocketImpl& plain, const SmtpSettings& settings,
                           const TlsTrust& trust, const CallLimit& limit) {
    Poco::AutoPtr<Tls> tls(new Tls(&plain, trust.contextFor(settings.host)));
    Poco::Net::IPAddress address;
    if (!Poco::Net::IPAddress::tryParse(settings.host, address)) {
        tls->setPeerHostName(settings.host);  // for the handshake (RFC 6066 section 3)
    }
    tls->obey(limit);
    TlsTrust::problem().clear();
    try {
        tls->shakeHands();
    } catch (const Poco::Exception& failure) {
        if (!TlsTrust::problem().empty()) {
            throw SmtpRefusal("its certificate is not good for " + settings.host + ": " +
                                  TlsTrust::problem(),
                              false);
        }
        if (settings.tls == SmtpSettings::Tls::implicit &&
            dynamic_cast<const Poco::Net::SSLException*>(&failure) != nullptr) {
            throw SmtpRefusal("it does not begin with TLS; is it for \"tls: starttls\"? (" +
                                  failure.message() + ")",
                              false);
        }
        throw;
    }
    return tls;
}

/// Our name for EHLO; a host without a good one is called by an address (RFC 5321 section 4.1.4).
std::string ownName() {
    const auto name = Poco::Environment::nodeName();
    const bool isName =
        !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char letter) {
            return (std::isalnum(letter) != 0 && letter < 0x80) || letter == '.' || letter == '-';
        });
    return isName ? name : "[127.0.0.1]";
}

}  // namespace

class SmtpDialog::Session final : public Poco::Net::SMTPClientSession {
public:
    explicit Session(const Poco::Net::StreamSocket& socket) : SMTPClientSession(socket) {}

    /// What came in clear behind the answer to STARTTLS is forgotten with the buffer.
    void goOnOver(const Poco::Net::StreamSocket& tls) { socket() = tls; }
    Poco::Net::StreamSocketImpl& below() {
        return dynamic_cast<Poco::Net::StreamSocketImpl&>(*socket().impl());
    }
    int receive(std::string& reply) { return socket().receiveStatusMessage(reply); }
    int tell(const std::string& text, std::string& reply) {
        socket().sendString(text);
        return socket().receiveStatusMessage(reply);
    }
};

SmtpDialog::SmtpDialog(const SmtpSettings& settings, const TlsTrust& trust, const CallLimit& limit)
    : settings_(settings), trust_(trust), limit_(limit) {
    connect();
    greet();
    if (settings_.tls == SmtpSettings::Tls::starttls) {
        startTls();
        greet();
    }
    if (!settings_.user.empty()) {
        logIn();
    }
}

SmtpDialog::~SmtpDialog() = default;

void SmtpDialog::connect() {
    auto plain = connected(settings_, limit_);
    if (settings_.tls == SmtpSettings::Tls::implicit) {
        auto tls = secured(*plain, settings_, trust_, limit_);
        session_ = std::make_unique<Session>(OwnSocket(tls.duplicate()));
    } else {
        session_ = std::make_unique<Session>(OwnSocket(plain.duplicate()));
    }
    std::string reply;
    expect(session_->receive(reply), done2xx, "its greeting", reply, Whose::ours);
}

void SmtpDialog::greet() {
    std::string reply;
    const int status = session_->sendCommand("EHLO " + ownName(), reply);
    expect(status, done2xx, "EHLO", reply, Whose::ours);
    offers_.clear();
    std::istringstream lines(Poco::toUpper(reply));
    constexpr std::size_t code = 4;  // "250-"
    for (std::string line; std::getline(lines, line);) {
        offers_.push_back(line.substr(std::min(code, line.size())));
    }
}

void SmtpDialog::startTls() {
    if (!offers("STARTTLS")) {
        throw SmtpRefusal("it does not offer STARTTLS; is it for \"tls: implicit\"?", false);
    }
    ask("STARTTLS", done2xx, "STARTTLS");
    auto tls = secured(session_->below(), settings_, trust_, limit_);
    session_->goOnOver(OwnSocket(tls.duplicate()));
}

/// RFC 4954, RFC 4616.
void SmtpDialog::logIn() {
    const std::string password(settings_.password.view());
    const std::string nul(1, '\0');
    if (offers("AUTH", "PLAIN")) {
        ask("AUTH PLAIN " + base64(nul + settings_.user + nul + password), done2xx, "the password");
    } else if (offers("AUTH", "LOGIN")) {
        ask("AUTH LOGIN", goOn3xx, "AUTH LOGIN");
        ask(base64(settings_.user), goOn3xx, "the user");
        ask(base64(password), done2xx, "the password");
    } else {
        throw SmtpRefusal("it offers neither AUTH PLAIN nor AUTH LOGIN, and there is a user",
                          false);
    }
}

void SmtpDialog::begin(const std::string& to) {
    ask("MAIL FROM:<" + settings_.from + ">", done2xx, "the sender");
    ask("RCPT TO:<" + to + ">", done2xx, "the recipient", Whose::theMails);
    ask("DATA", goOn3xx, "DATA", Whose::theMails);
}

void SmtpDialog::finish(const std::string& text) {
    std::string reply;
    const int status = session_->tell(text + ".\r\n", reply);
    expect(status, done2xx, "the mail", reply, Whose::theMails);
}

void SmtpDialog::quit() noexcept {
    try {
        std::string reply;
        session_->sendCommand("QUIT", reply);
    } catch (...) {  // what was taken is taken
    }
}

void SmtpDialog::ask(const std::string& command, int expected, std::string_view step, Whose whose) {
    std::string reply;
    const int status = session_->sendCommand(command, reply);
    expect(status, expected, step, reply, whose);
}

void SmtpDialog::expect(int status, int expected, std::string_view step, const std::string& reply,
                        Whose whose) {
    constexpr int hundred = 100;
    constexpr int forGood = 5;
    constexpr std::size_t longest = 300;
    if (status / hundred == expected) {
        return;
    }
    throw SmtpRefusal("it refuses " + std::string(step) + ": " +
                          printable(std::string_view(reply).substr(0, longest)),
                      whose == Whose::theMails && status / hundred == forGood);
}

bool SmtpDialog::offers(std::string_view word, std::string_view argument) const {
    return std::any_of(offers_.begin(), offers_.end(), [&](const std::string& line) {
        std::istringstream words(line);
        std::string next;
        bool isThere = (words >> next) && next == word;
        for (bool isArgument = argument.empty(); isThere && !isArgument;) {
            isThere = bool(words >> next);
            isArgument = isThere && next == argument;
        }
        return isThere;
    });
}

}  // namespace gatehouse
