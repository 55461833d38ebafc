// SPDX-License-Identifier: Apache-2.0
#include "SmtpServer.h"

#include <Poco/Exception.h>
#include <Poco/Net/DialogSocket.h>

namespace gatehouse {

namespace {

bool begins(const std::string& line, const std::string& with) {
    return line.compare(0, with.size(), with) == 0;
}

std::string between(const std::string& line, char first, char last) {
    const auto begin = line.find(first) + 1;
    return line.substr(begin, line.find(last, begin) - begin);
}

}  // namespace

void SmtpServer::open() {
    const Poco::Net::SocketAddress address("127.0.0.1", port_);
    listener_ = std::make_unique<Poco::Net::ServerSocket>();
    listener_->bind(address, true);
    listener_->listen(64);
    port_ = listener_->address().port();
    isOpen_ = true;
    thread_ = std::thread([this] { serve(); });
}

void SmtpServer::close() {
    isOpen_ = false;
    if (thread_.joinable()) {
        thread_.join();
    }
    listener_.reset();
}

std::vector<SmtpServer::Taken> SmtpServer::taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
}

std::string SmtpServer::answer() const {
    const std::lock_guard lock(mutex_);
    return answer_;
}

void SmtpServer::setAnswer(const std::string& answer) {
    const std::lock_guard lock(mutex_);
    answer_ = answer;
}

void SmtpServer::serve() {
    while (isOpen_) {
        if (!listener_->poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) {
            continue;
        }
        try {
            talk(listener_->acceptConnection());
        } catch (const Poco::Exception&) {  // it hung up
        }
    }
}

void SmtpServer::talk(Poco::Net::StreamSocket socket) {
    Poco::Net::DialogSocket dialog(socket);
    Taken mail;
    dialog.sendMessage("220 hello");
    for (std::string line; dialog.receiveMessage(line);) {
        if (begins(line, "RCPT")) {
            mail.to.push_back(between(line, '<', '>'));
            dialog.sendMessage(answer());
        } else if (begins(line, "DATA")) {
            dialog.sendMessage("354 go on");
            while (dialog.receiveMessage(line) && line != ".") {
                if (begins(line, "Message-ID:")) {
                    mail.id = between(line, '<', '@');
                }
            }
            const std::lock_guard lock(mutex_);
            taken_.push_back(mail);
            dialog.sendMessage("250 taken");
        } else {
            dialog.sendMessage(begins(line, "QUIT") ? "221 bye" : "250 ok");
        }
    }
}

}  // namespace gatehouse
