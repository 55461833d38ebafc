// SPDX-License-Identifier: Apache-2.0
#include "LoaderBed.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace gatehouse {

const char* const brokenPlugins = BROKEN_PLUGIN_DIR;

namespace {

constexpr Field oauth[] = {{"issuer", Kind::url, optional, "the issuer"},
                           {"mtls_url", Kind::url, optional, "where certificates are"},
                           {"profile", Kind::text, optional, "what clients are held to"}};

/// A Host with nothing but a log.
class LogHost final : public GivenHost, private Log {
public:
    LogHost(const InstanceSetup& setup, std::shared_ptr<std::vector<std::string>> lines)
        : GivenHost(setup.name), label_(setup.label), lines_(std::move(lines)) {}

    Clock& clock() noexcept override { std::abort(); }
    Random& random() noexcept override { std::abort(); }
    Log& log() noexcept override { return *this; }
    Metrics& metrics() noexcept override { std::abort(); }
    Events& events() noexcept override { std::abort(); }
    Crypto& crypto() noexcept override { std::abort(); }
    Jose& jose() noexcept override { std::abort(); }
    Records& records() noexcept override { std::abort(); }
    Subjects& subjects() noexcept override { std::abort(); }
    Web& web() noexcept override { std::abort(); }
    Outgoing& http() noexcept override { std::abort(); }
    Jobs& jobs() noexcept override { std::abort(); }
    Tickets& tickets() noexcept override { std::abort(); }

private:
    bool shows(Level /*level*/) const noexcept override { return true; }
    void write(Level /*level*/, std::string_view message, const ValueMap& /*fields*/) override {
        lines_->push_back(label_ + ": " + std::string(message));
    }
    bool record(const std::vector<LogRecord>& /*records*/) override { std::abort(); }
    void write(const Context& /*context*/, Level level, std::string_view message,
               const ValueMap& fields) override {
        write(level, message, fields);
    }

    std::string label_;
    std::shared_ptr<std::vector<std::string>> lines_;
};

std::filesystem::path newFolder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "gatehouse-loader-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    return pattern;
}

void replaceAll(std::string& text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

}  // namespace

LoaderBed::LoaderBed(const std::vector<std::string>& plugins, const std::string& folder)
    : folder_(newFolder()), pluginFolder_(folder) {
    std::ofstream file(folder_ / "gatehouse.yaml");
    file << "plugin_dirs: [" << folder << "]\nplugins:\n";
    for (const auto& line : plugins) {
        file << "  " << line << "\n";
    }
    file << "modules: [operations]\n";
}

LoaderBed::~LoaderBed() {
    std::filesystem::remove_all(folder_);
}

std::vector<std::string> LoaderBed::load() {
    prepare();
    return finish();
}

std::vector<std::string> LoaderBed::loadAfter(LoaderBed& before) {
    prepare();
    loader_->carryOver(before.registry());
    return finish();
}

void LoaderBed::prepare() {
    Problems problems;
    const auto configuration =
        Configuration::read({(folder_ / "gatehouse.yaml").string(), {}, oauth}, problems);
    if (!problems.empty()) {
        throw std::runtime_error(problems.text());
    }
    loader_ = std::make_unique<PluginLoader>(
        PluginFolders(configuration.pluginDirs()),
        [log = log_](const InstanceSetup& setup) { return std::make_unique<LogHost>(setup, log); });
    for (const auto& entry : configuration.plugins()) {
        loader_->open(entry);
    }
    loader_->plan();
}

std::vector<std::string> LoaderBed::finish() {
    loader_->create();
    loader_->configure();
    lifecycle_ = std::make_unique<Lifecycle>(loader_->registry(), loader_->order());
    std::vector<std::string> lines;
    for (const auto& problem : loader_->problems()) {
        std::string line = problem.line();
        replaceAll(line, (folder_ / "gatehouse.yaml").string(), "FILE");
        replaceAll(line, pluginFolder_, "DIR");
        lines.push_back(line);
    }
    return lines;
}

std::optional<std::string> LoaderBed::start() {
    return lifecycle_->start([](Instance&) {},
                             [this](Instance& instance) {
                                 lateSatOut_.push_back(instance.setup().label + ": " +
                                                       instance.failure());
                             });
}

std::vector<std::string> LoaderBed::warnings() const {
    std::vector<std::string> lines;
    for (const auto& warning : loader_->problems().warnings()) {
        lines.push_back(warning.text);
    }
    return lines;
}

std::vector<std::string> LoaderBed::order() const {
    std::vector<std::string> labels;
    for (const std::size_t position : loader_->order()) {
        labels.push_back(loader_->registry().instances()[position]->setup().label);
    }
    return labels;
}

std::vector<std::string> LoaderBed::satOut() const {
    std::vector<std::string> lines;
    for (const auto& one : loader_->satOut()) {
        lines.push_back(one.label + ": " + one.why);
    }
    lines.insert(lines.end(), lateSatOut_.begin(), lateSatOut_.end());
    return lines;
}

std::string refusal(const std::string& name) {
    LoaderBed bed({"- use: " + name});
    const Lines problems = bed.load();
    CPPUNIT_ASSERT_EQUAL(std::size_t{1}, problems.size());
    return problems.front();
}

}  // namespace gatehouse
