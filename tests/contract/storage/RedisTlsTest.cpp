// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Checkable.h>
#include <gatehouse/testkit/FakeContext.h>

#include "RedisBed.h"

#include <cppunit/extensions/HelperMacros.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace gatehouse {
namespace {

/// An authority of the test's own, and what it has signed, in a folder.
class Authority {
public:
    Authority() {
        std::string pattern = (std::filesystem::temp_directory_path() / "redisca.XXXXXX").string();
        CPPUNIT_ASSERT(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        make("ca", "/CN=Test CA", {"-addext", "basicConstraints=critical,CA:TRUE"});
    }
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;
    ~Authority() { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name) const { return folder_ + "/" + name; }
    /// NAME.pem and NAME.key for a server of that address.
    void sign(const std::string& name, const std::string& address) {
        outputOf({"openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                  "-nodes", "-subj", "/CN=redis", "-keyout", file(name + ".key"), "-out",
                  file(name + ".csr"), "-addext", "subjectAltName=" + address});
        outputOf({"openssl", "x509", "-req", "-in", file(name + ".csr"), "-CA", file("ca.pem"),
                  "-CAkey", file("ca.key"), "-CAcreateserial", "-copy_extensions", "copy", "-out",
                  file(name + ".pem"), "-days", "2"});
        CPPUNIT_ASSERT(std::filesystem::exists(file(name + ".pem")));
    }

private:
    void make(const std::string& name, const std::string& subject, RedisServer::Words more) {
        RedisServer::Words command{"openssl",
                                   "req",
                                   "-x509",
                                   "-newkey",
                                   "ec",
                                   "-pkeyopt",
                                   "ec_paramgen_curve:P-256",
                                   "-nodes",
                                   "-subj",
                                   subject,
                                   "-days",
                                   "2",
                                   "-keyout",
                                   file(name + ".key"),
                                   "-out",
                                   file(name + ".pem")};
        command.insert(command.end(), more.begin(), more.end());
        outputOf(command);
        CPPUNIT_ASSERT(std::filesystem::exists(file(name + ".pem")));
    }

    std::string folder_;
};

}  // namespace

class RedisTlsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedisTlsTest);
    CPPUNIT_TEST(aServerOfTheNamedAuthorityIsUsed);
    CPPUNIT_TEST(aStrangersCertificateIsRefused);
    CPPUNIT_TEST(aCertificateForAnotherNameIsRefused);
    CPPUNIT_TEST(aHungServerIsUnavailable);
    CPPUNIT_TEST(aServerWithoutTlsIsUnavailable);
    CPPUNIT_TEST(aMissingAuthorityIsNamed);
    CPPUNIT_TEST(anAuthorityThatEverybodyCanWriteIsRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        authority_.sign("address", "IP:127.0.0.1");
        authority_.sign("name", "DNS:localhost");
        authority_.sign("other", "DNS:elsewhere.example,IP:127.0.0.2");
    }

    void aServerOfTheNamedAuthorityIsUsed() {
        for (const auto& [certificate, host] :
             {std::pair("address", "127.0.0.1"), std::pair("name", "localhost")}) {
            serve(certificate);
            const auto storage = bed_.start(url(host), trusting(authority_));
            Batch batch;
            batch.puts.resize(1);
            batch.puts[0].kind = "interaction";
            batch.puts[0].payload = std::string(1024 * 1024, 'x');
            CPPUNIT_ASSERT(storage->apply(context_, {batch})->front().applied());
            const auto found = storage->find(context_, "interaction", "");
            CPPUNIT_ASSERT((*found)->payload == batch.puts[0].payload);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, connectionsOf(*storage));
        }
    }

    void aStrangersCertificateIsRefused() {
        serve("address");
        const Authority stranger;
        isRefused("certificate", trusting(stranger));
        isRefused("certificate", {});
    }

    void aCertificateForAnotherNameIsRefused() {
        serve("other");
        isRefused("mismatch", trusting(authority_));
    }

    void aHungServerIsUnavailable() {
        serve("address");
        auto settings = trusting(authority_);
        settings.set("timeout", "100ms");
        const auto running = bed_.start(url("127.0.0.1"), settings);
        server_->signal(SIGSTOP);
        isUnavailable(*running);
        const auto late = bed_.start(url("127.0.0.1"), settings);
        isUnavailable(*late);
        server_->signal(SIGCONT);
        while (!late->find(context_, "interaction", "a")) {
        }
    }

    void aServerWithoutTlsIsUnavailable() {
        const RedisServer plain;
        auto settings = trusting(authority_);
        settings.set("timeout", "200ms");
        const auto storage = bed_.start("rediss" + plain.url().substr(5), settings);
        isUnavailable(*storage);
    }

    void aMissingAuthorityIsNamed() {
        const auto storage =
            bed_.configured("rediss://127.0.0.1", {{"ca_file", "/nowhere/ca.pem"}});
        const Status status = storage->start();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().detail.find("/nowhere/ca.pem") != std::string::npos);
    }

    void anAuthorityThatEverybodyCanWriteIsRefused() {
        const auto storage = bed_.configured("rediss://127.0.0.1", trusting(authority_));
        const auto& checkable = *capabilityOf<Checkable>(*storage);
        CPPUNIT_ASSERT(checkable.check());
        std::filesystem::permissions(authority_.file("ca.pem"),
                                     std::filesystem::perms::others_write,
                                     std::filesystem::perm_options::add);
        const Status status = checkable.check();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT(status.error().detail.find("ca.pem can be written by everybody") !=
                       std::string::npos);
    }

private:
    void serve(const std::string& certificate) {
        port_ = freePort();
        server_ = std::make_unique<RedisServer>(
            RedisServer::Words{"--tls-port", std::to_string(port_), "--tls-auth-clients", "no",
                               "--tls-cert-file", authority_.file(certificate + ".pem"),
                               "--tls-key-file", authority_.file(certificate + ".key"),
                               "--tls-ca-cert-file", authority_.file("ca.pem")});
    }
    std::string url(const std::string& host) const {
        return "rediss://" + host + ":" + std::to_string(port_);
    }
    static ValueMap trusting(const Authority& authority) {
        return {{"ca_file", authority.file("ca.pem")}};
    }
    void isRefused(const std::string& why, const ValueMap& settings) {
        const auto storage = bed_.configured(url("127.0.0.1"), settings);
        const Status status = storage->start();
        storage->stop();
        CPPUNIT_ASSERT(!status);
        CPPUNIT_ASSERT_MESSAGE(status.error().detail,
                               status.error().detail.find(why) != std::string::npos);
    }
    void isUnavailable(Storage& storage) {
        const auto found = storage.find(context_, "interaction", "a");
        CPPUNIT_ASSERT(!found);
        CPPUNIT_ASSERT_MESSAGE(found.error().detail, found.error().fault == Fault::unavailable);
    }
    /// How many connections so many calls in turn have needed.
    std::size_t connectionsOf(Storage& storage) {
        for (int time = 0; time < 20; ++time) {
            CPPUNIT_ASSERT(bool(storage.find(context_, "interaction", "a")));
        }
        const auto list = server_->ask({"CLIENT", "LIST"});
        std::size_t count = 0;
        for (auto at = list.find(":" + std::to_string(port_) + " "); at != std::string::npos;
             at = list.find(":" + std::to_string(port_) + " ", at + 1)) {
            ++count;
        }
        return count;
    }

    RedisBed bed_;
    testkit::FakeContext context_;
    Authority authority_;
    std::uint16_t port_ = 0;
    std::unique_ptr<RedisServer> server_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RedisTlsTest);

}  // namespace gatehouse
