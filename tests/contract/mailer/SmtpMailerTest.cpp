// SPDX-License-Identifier: Apache-2.0
#include "SmtpMailer.h"

#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/HostBed.h>
#include <gatehouse/testkit/MailerContract.h>

#include "SmtpServer.h"

namespace gatehouse {

namespace {

struct SmtpBed {
    using Taken = SmtpServer::Taken;

    std::unique_ptr<Mailer> make() {
        auto mailer = std::make_unique<SmtpMailer>();
        const testkit::FakeConfig config(fieldsOf<SmtpMailer>(),
                                         {{"host", "127.0.0.1"},
                                          {"port", std::int64_t{server.port()}},
                                          {"tls", "none"},
                                          {"from", "login@id.example"},
                                          {"from_name", "Gatehouse"}});
        CPPUNIT_ASSERT(mailer->configure(config, bed.host));
        CPPUNIT_ASSERT(mailer->start());
        return mailer;
    }
    std::vector<Taken> taken() const { return server.taken(); }
    void refuse(bool forGood) { server.setAnswer(forGood ? "550 never" : "450 later"); }
    void kill() { server.close(); }
    void revive() { server.open(); }

    testkit::HostBed bed;
    SmtpServer server;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(testkit::MailerContract<SmtpBed>);

}  // namespace gatehouse
