// SPDX-License-Identifier: Apache-2.0
#include "ServerBed.h"

#include "Services.h"
#include "app/Server.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace gatehouse {

namespace {

constexpr std::chrono::seconds patience{30};

}  // namespace

ServerBed::ServerBed() : standardError_(::dup(STDERR_FILENO)) {
    Server::blockSignals();
    const int log =
        ::open((folder_.path() / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ::dup2(log, STDERR_FILENO);
    ::close(log);
}

ServerBed::~ServerBed() {
    if (thread_.joinable()) {
        stop();
    }
    ::dup2(standardError_, STDERR_FILENO);
    ::close(standardError_);
}

void ServerBed::configure(const std::vector<std::string>& plugins, const std::string& modules,
                          const std::string& more) {
    std::ofstream file(folder_.path() / "gatehouse.yaml");
    file << "plugins:\n  - use: key_store." << keyStore << "\n";
    for (const auto& line : plugins) {
        file << "  " << line << "\n";
    }
    file << "modules: [" << modules
         << "]\nplugin_dirs: [" BROKEN_PLUGIN_DIR ", " STOCK_PLUGIN_DIR "]\n"
         << "database: {url: \"memory:\"}\n"
         << "oauth: {issuer: \"http://127.0.0.1\", pages_dir: " SHARE_DIR
            "/pages, locale_dir: " SHARE_DIR "/locale}\n"
         << (more.find("server:") == std::string::npos ? "server: {port: 0}\n" : "") << more
         << "\n";
}

int ServerBed::runToEnd() {
    const ConfigurationInput input{
        (folder_.path() / "gatehouse.yaml").string(), {}, Services::descriptor().fields};
    return Server(input).run();
}

void ServerBed::start() {
    thread_ = std::thread([this] { exitCode_ = runToEnd(); });
    await("listening on ");
    std::smatch found;
    const std::string text = log();
    if (!std::regex_search(text, found, std::regex("listening on 127\\.0\\.0\\.1:([0-9]+)"))) {
        throw std::runtime_error("no port in " + text);
    }
    port_ = static_cast<std::uint16_t>(std::stoi(found[1]));
}

int ServerBed::stop() {
    ::kill(::getpid(), SIGTERM);
    thread_.join();
    return exitCode_;
}

void ServerBed::reload(const std::string& awaited) {
    ::kill(::getpid(), SIGHUP);
    await(awaited);
}

ServerBed::Answer ServerBed::get(const std::string& path) const {
    Poco::Net::HTTPClientSession session("127.0.0.1", port_);
    Poco::Net::HTTPRequest request("GET", path, "HTTP/1.1");
    session.sendRequest(request);
    Poco::Net::HTTPResponse response;
    std::string body;
    Poco::StreamCopier::copyToString(session.receiveResponse(response), body);
    return {static_cast<int>(response.getStatus()), body};
}

std::string ServerBed::log() const {
    std::ostringstream text;
    text << std::ifstream(folder_.path() / "log").rdbuf();
    return text.str();
}

std::size_t ServerBed::countInLog(const std::string& text) const {
    const std::string all = log();
    std::size_t count = 0;
    for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + text.size())) {
        ++count;
    }
    return count;
}

std::vector<std::string> ServerBed::recorded() const {
    const std::regex line("event_sink\\.recording \\((.)\\)\",\"message\":\"([a-z]+)\"");
    const std::string all = log();
    std::vector<std::string> steps;
    for (std::sregex_iterator found(all.begin(), all.end(), line), end; found != end; ++found) {
        steps.push_back((*found)[1].str() + " " + (*found)[2].str());
    }
    return steps;
}

void ServerBed::await(const std::string& text) const {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!logHas(text)) {
        if (std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("\"" + text + "\" never came:\n" + log());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

}  // namespace gatehouse
