// SPDX-License-Identifier: Apache-2.0
#include "app/ServiceManager.h"

#include "ConfigurationText.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <string>

namespace gatehouse {

namespace {

/// What systemd listens on. A name that begins with @ is an abstract one.
class NotifySocket {
public:
    explicit NotifySocket(const std::string& name)
        : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        name.copy(address.sun_path, sizeof address.sun_path - 1);
        if (name.front() == '@') {
            address.sun_path[0] = '\0';
        }
        const auto size = offsetof(sockaddr_un, sun_path) + name.size();
        CPPUNIT_ASSERT_EQUAL(0, ::bind(socket_, reinterpret_cast<const sockaddr*>(&address),
                                       static_cast<socklen_t>(size)));
    }
    ~NotifySocket() { ::close(socket_); }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;

    /// A datagram to a local socket is there when it was sent.
    std::string next() const {
        std::array<char, 1024> buffer{};
        const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
        return size < 0 ? "nothing" : std::string(buffer.data(), static_cast<std::size_t>(size));
    }

private:
    int socket_;
};

}  // namespace

class ServiceManagerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServiceManagerTest);
    CPPUNIT_TEST(itHearsOverAFile);
    CPPUNIT_TEST(itHearsOverAnAbstractName);
    CPPUNIT_TEST(aStatusIsOneLine);
    CPPUNIT_TEST(nobodyToHearIsNoTrouble);
    CPPUNIT_TEST(theWatchdogOfAnotherProcessIsNotOurs);
    CPPUNIT_TEST(socketsForAnotherProcessAreNotOurs);
    CPPUNIT_TEST(severalSocketsAreRefusedByName);
    CPPUNIT_TEST_SUITE_END();

public:
    void itHearsOverAFile() { hears((folder_.path() / "notify").string()); }

    void itHearsOverAnAbstractName() { hears("@gatehouse-test-" + ourPid()); }

    void aStatusIsOneLine() {
        const std::string name = "@gatehouse-test-" + ourPid();
        const NotifySocket socket(name);
        ServiceManager(Environment{{"NOTIFY_SOCKET", name}}).ready("one\nMAINPID=1");
        CPPUNIT_ASSERT_EQUAL(std::string("READY=1\nSTATUS=one MAINPID=1"), socket.next());
    }

    void nobodyToHearIsNoTrouble() {
        ServiceManager(Environment{}).ready("x");
        ServiceManager(Environment{{"NOTIFY_SOCKET", "/nowhere/notify"}}).ready("x");
        ServiceManager(Environment{{"NOTIFY_SOCKET", std::string(200, 'x')}}).ready("x");
    }

    void theWatchdogOfAnotherProcessIsNotOurs() {
        const auto timeOf = [](const Environment& environment) {
            return ServiceManager(environment).watchdogTime().count();
        };
        CPPUNIT_ASSERT_EQUAL(2'500L,
                             timeOf({{"WATCHDOG_USEC", "2500000"}, {"WATCHDOG_PID", ourPid()}}));
        CPPUNIT_ASSERT_EQUAL(2'500L, timeOf({{"WATCHDOG_USEC", "2500000"}}));
        CPPUNIT_ASSERT_EQUAL(0L, timeOf({{"WATCHDOG_USEC", "2500000"}, {"WATCHDOG_PID", "1"}}));
        CPPUNIT_ASSERT_EQUAL(0L, timeOf({{"WATCHDOG_USEC", "soon"}}));
        CPPUNIT_ASSERT_EQUAL(0L, timeOf({}));
    }

    void socketsForAnotherProcessAreNotOurs() {
        for (const Environment& environment :
             {Environment{}, Environment{{"LISTEN_FDS", "1"}},
              Environment{{"LISTEN_FDS", "1"}, {"LISTEN_PID", "1"}}}) {
            const auto given = ServiceManager(environment).listeningSocket();
            CPPUNIT_ASSERT(given && !*given);
        }
    }

    void severalSocketsAreRefusedByName() {
        const auto given = ServiceManager(Environment{{"LISTEN_FDS", "2"},
                                                      {"LISTEN_PID", ourPid()},
                                                      {"LISTEN_FDNAMES", "web:gatehouse.socket"}})
                               .listeningSocket();
        CPPUNIT_ASSERT(!given);
        CPPUNIT_ASSERT(given.error().detail.find("2 sockets") != std::string::npos);
        CPPUNIT_ASSERT(given.error().detail.find("web:gatehouse.socket") != std::string::npos);
    }

private:
    static std::string ourPid() { return std::to_string(::getpid()); }

    static void hears(const std::string& name) {
        const NotifySocket socket(name);
        const ServiceManager manager(Environment{{"NOTIFY_SOCKET", name}});
        manager.ready("listening on 127.0.0.1:1314");
        CPPUNIT_ASSERT_EQUAL(std::string("READY=1\nSTATUS=listening on 127.0.0.1:1314"),
                             socket.next());
        manager.reloading();
        CPPUNIT_ASSERT_EQUAL(std::string("RELOADING=1\nMONOTONIC_USEC="),
                             socket.next().substr(0, 27));
        manager.alive();
        CPPUNIT_ASSERT_EQUAL(std::string("WATCHDOG=1"), socket.next());
        manager.stopping();
        CPPUNIT_ASSERT_EQUAL(std::string("STOPPING=1"), socket.next().substr(0, 10));
    }

    ScratchFolder folder_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceManagerTest);

}  // namespace gatehouse
