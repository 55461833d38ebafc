// SPDX-License-Identifier: Apache-2.0
#include "mail/MailQueue.h"

#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/FakeHost.h>

#include "../page/PageFolder.h"
#include "page/PageBook.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

namespace gatehouse {

namespace {

class FakeMailer final : public Mailer {
public:
    Status send(const Context& /*context*/, const Mail& mail) const override {
        sent.push_back(mail);
        return says();
    }

    std::function<Status()> says = [] { return done(); };
    mutable std::vector<Mail> sent;
};

}  // namespace

class MailQueueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailQueueTest);
    CPPUNIT_TEST(aMailIsSentByTheNameOfItsJob);
    CPPUNIT_TEST(itsJobIsSealedAndItsQueueNamesNobody);
    CPPUNIT_TEST(nobodyGetsNothingAndCostsTheSame);
    CPPUNIT_TEST(whoRefusesForGoodIsToldOf);
    CPPUNIT_TEST(whatPassesIsTriedAgain);
    CPPUNIT_TEST(whatNobodyNeedsAnyMoreIsNotSent);
    CPPUNIT_TEST(ofMailsToOneAddressThereAreSoMany);
    CPPUNIT_TEST(ofMailsAboutOneAccountToo);
    CPPUNIT_TEST(whatIsNoMailIsRefused);
    CPPUNIT_TEST(withoutAMailerNoneIsTaken);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;
    testkit::FakeContext fakeContext_;
    Context context_ = fakeContext_;
    PageFolder folder_;
    JobBook book_{host_.records(), host_.clock(), host_.random()};
    JobHandlers handlers_;
    JobRunner runner_{
        book_, handlers_, {host_.clock(), host_.random(), host_.log(), host_.metrics()}, {}};
    SharedJobs shared_{book_, handlers_, runner_};
    std::unique_ptr<PageBook> pages_;
    FakeMailer mailer_;
    std::unique_ptr<MailQueue> queue_;

    static NewMail notice(const std::string& to = "ada@example.org",
                          const std::string& about = "ada") {
        NewMail mail;
        mail.name = "notice";
        mail.to = to;
        mail.about = about;
        mail.values = {{"code", "123456"}};
        return mail;
    }
    bool sends(const NewMail& mail) const {
        const auto sent = queue_->send(context_, mail);
        CPPUNIT_ASSERT_MESSAGE(sent ? "" : sent.error().detail, bool(sent));
        return *sent;
    }
    std::vector<StoredJob> jobs() { return book_.list(context_.deadline, {}, 100)->jobs; }
    Status deliver(const StoredJob& job) {
        const auto payload = book_.payload(context_.deadline, job);
        return *handlers_.run(job.handler, context_, {job.id, job.queue, **payload, 1, job.made});
    }

public:
    void setUp() override {
        folder_.write("pages/mail/notice.txt", "Code {{code}}\n");
        folder_.write("locale/en.json", R"({"hello": "Hi", "mail.notice.subject": "A notice"})");
        auto pages = PageBook::load(folder_.folders(), "en", {}, {}, host_);
        CPPUNIT_ASSERT_MESSAGE(pages ? "" : pages.error().detail, bool(pages));
        pages_ = *std::move(pages);
        make({{"mailer", &mailer_}});
    }
    void make(const std::vector<Host::Named<Mailer>>& mailers) {
        queue_.reset();
        queue_ =
            std::make_unique<MailQueue>(MailQueue::Parts{host_, shared_, pages_.get()}, mailers);
    }

    void aMailIsSentByTheNameOfItsJob() {
        CPPUNIT_ASSERT(sends(notice()));
        const auto job = jobs().at(0);
        CPPUNIT_ASSERT(deliver(job) && deliver(job));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, mailer_.sent.size());
        const auto& mail = mailer_.sent[1];
        CPPUNIT_ASSERT_EQUAL(job.id, mail.id);
        CPPUNIT_ASSERT_EQUAL(std::string("ada@example.org"), mail.to);
        CPPUNIT_ASSERT_EQUAL(std::string("A notice"), mail.subject);
        CPPUNIT_ASSERT_EQUAL(std::string("Code 123456\n"), mail.text);
        CPPUNIT_ASSERT(mail.made == job.made);
    }
    void itsJobIsSealedAndItsQueueNamesNobody() {
        CPPUNIT_ASSERT(sends(notice()));
        const auto job = jobs().at(0);
        auto payload = **book_.payload(context_.deadline, job);
        payload.back() ^= 1;
        CPPUNIT_ASSERT(
            !*handlers_.run(job.handler, context_, {job.id, job.queue, payload, 1, job.made}));
        CPPUNIT_ASSERT(mailer_.sent.empty());
        CPPUNIT_ASSERT(job.queue.find("ada") == std::string::npos);
    }
    void nobodyGetsNothingAndCostsTheSame() {
        CPPUNIT_ASSERT(sends(notice("", "eve")));
        CPPUNIT_ASSERT(sends(notice("eve@example.org")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, jobs().size());
        CPPUNIT_ASSERT(deliver(jobs().at(0)));
        CPPUNIT_ASSERT(deliver(jobs().at(1)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, mailer_.sent.size());
    }
    void whoRefusesForGoodIsToldOf() {
        mailer_.says = [] { return Error::badInput("550 no such mailbox"); };
        CPPUNIT_ASSERT(sends(notice()));
        const auto delivered = deliver(jobs().at(0));
        CPPUNIT_ASSERT(!delivered && delivered.error().fault == Fault::badInput);
        const auto events = host_.fakeEvents.all();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT(events[0].type == "mail.failed");
    }
    void whatPassesIsTriedAgain() {
        for (const auto fault :
             {Fault::unavailable, Fault::unknown, Fault::internal, Fault::notAllowed}) {
            mailer_.says = [fault] { return Error{fault, "x"}; };
            CPPUNIT_ASSERT(sends(notice()));
            const auto delivered = deliver(jobs().at(0));
            CPPUNIT_ASSERT(!delivered && delivered.error().fault != Fault::badInput &&
                           delivered.error().fault != Fault::notAllowed);
        }
        mailer_.says = []() -> Status { throw std::runtime_error("x"); };
        CPPUNIT_ASSERT(deliver(jobs().at(0)).error().fault == Fault::internal);
    }
    void whatNobodyNeedsAnyMoreIsNotSent() {
        CPPUNIT_ASSERT(sends(notice()));
        host_.fakeClock.advance(std::chrono::hours(25));
        const auto delivered = deliver(jobs().at(0));
        CPPUNIT_ASSERT(!delivered && delivered.error().fault == Fault::notAllowed);
        CPPUNIT_ASSERT(mailer_.sent.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeEvents.all().size());
    }
    void ofMailsToOneAddressThereAreSoMany() {
        for (int number = 0; number < MailQueue::mostInWindow; ++number) {
            CPPUNIT_ASSERT(sends(notice("Ada@example.org", std::to_string(number))));
        }
        CPPUNIT_ASSERT(!sends(notice("ada@EXAMPLE.org", "other")));
        CPPUNIT_ASSERT(sends(notice("eve@example.org", "other")));
    }
    void ofMailsAboutOneAccountToo() {
        for (int number = 0; number < MailQueue::mostInWindow; ++number) {
            CPPUNIT_ASSERT(sends(notice("a" + std::to_string(number) + "@example.org")));
        }
        CPPUNIT_ASSERT(!sends(notice("b@example.org")));
    }
    void whatIsNoMailIsRefused() {
        CPPUNIT_ASSERT(queue_->send(context_, notice("a@b, c@d")).error().fault == Fault::badInput);
        auto unknown = notice();
        unknown.name = "unknown";
        CPPUNIT_ASSERT(queue_->send(context_, unknown).error().fault == Fault::badInput);
        CPPUNIT_ASSERT(jobs().empty());
    }
    void withoutAMailerNoneIsTaken() {
        CPPUNIT_ASSERT(queue_->canSend());
        make({});
        CPPUNIT_ASSERT(!queue_->canSend());
        CPPUNIT_ASSERT(queue_->send(context_, notice()).error().fault == Fault::unavailable);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailQueueTest);

}  // namespace gatehouse
