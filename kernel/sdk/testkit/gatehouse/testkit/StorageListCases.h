// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/StorageCase.h>

namespace gatehouse::testkit {

/// Lists, counters, notices and the clean-up of what has expired.
template <class Bed> class StorageListCases : public StorageCase<Bed> {
    CPPUNIT_TEST_SUITE(StorageListCases<Bed>);
    CPPUNIT_TEST(recordsAreListedByLinkInTheOrderOfTheirKeys);
    CPPUNIT_TEST(pagesJoinWithoutGapOrRepetition);
    CPPUNIT_TEST(aPageThatEndsExactlyHasNoNext);
    CPPUNIT_TEST(listsShowOneIssuerOnly);
    CPPUNIT_TEST(anEmptyLinkListsTheWholeKind);
    CPPUNIT_TEST(aReplacedRecordIsListedByItsNewLinks);
    CPPUNIT_TEST(aCounterCountsWithinItsWindow);
    CPPUNIT_TEST(noticesAreNumberedAndRead);
    CPPUNIT_TEST(anExpiredNoticeIsNotRead);
    CPPUNIT_TEST(atMostAThousandNoticesComeAtOnce);
    CPPUNIT_TEST(aNumberIsNeverGivenAgain);
    CPPUNIT_TEST(expiredThingsAreDroppedInBoundedSteps);
    CPPUNIT_TEST(whatHasNotExpiredIsNeverDropped);
    CPPUNIT_TEST_SUITE_END();

public:
    void recordsAreListedByLinkInTheOrderOfTheirKeys() {
        for (const char* key : {"c", "a", "d", "b"}) {
            this->put(linked(key, "u1"));
        }
        this->put(linked("x", "u2"));
        const auto page = this->list(this->context_, {"subject", "u1"});
        CPPUNIT_ASSERT_EQUAL(std::string("a b c d"), this->keysOf(page));
        CPPUNIT_ASSERT_EQUAL(std::string(), page.next);
        CPPUNIT_ASSERT_EQUAL(std::string("u1"), page.records[0].links.at(0).value);
        CPPUNIT_ASSERT(this->list(this->context_, {"client", "u1"}).records.empty());
        CPPUNIT_ASSERT(this->list(this->context_, {"subject", "u"}).records.empty());
    }

    void pagesJoinWithoutGapOrRepetition() {
        for (int number = 10; number < 35; ++number) {
            this->put(linked("k" + std::to_string(number), "u1"));
        }
        for (const Link& link : {Link{"subject", "u1"}, Link{}}) {
            std::string after;
            std::string all;
            int pages = 0;
            do {
                const auto page = this->list(this->context_, link, after, 10);
                CPPUNIT_ASSERT(page.records.size() <= 10);
                all += this->keysOf(page) + " ";
                after = page.next;
                ++pages;
            } while (!after.empty());
            std::string wanted;
            for (int number = 10; number < 35; ++number) {
                wanted += "k" + std::to_string(number) + " ";
            }
            CPPUNIT_ASSERT_EQUAL(wanted, all);
            CPPUNIT_ASSERT_EQUAL(3, pages);
        }
    }

    void aPageThatEndsExactlyHasNoNext() {
        this->put(linked("a", "u1"));
        this->put(linked("b", "u1"));
        const auto page = this->list(this->context_, {"subject", "u1"}, {}, 2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, page.records.size());
        CPPUNIT_ASSERT_EQUAL(std::string(), page.next);
    }

    void listsShowOneIssuerOnly() {
        Record foreign = linked("a", "u1");
        foreign.issuer = 2;
        this->put(foreign);
        this->put(linked("b", "u1"));
        const FakeContext second(2);
        for (const Link& link : {Link{"subject", "u1"}, Link{}}) {
            CPPUNIT_ASSERT_EQUAL(std::string("b"), this->keysOf(this->list(this->context_, link)));
            CPPUNIT_ASSERT_EQUAL(std::string("a"), this->keysOf(this->list(second, link)));
        }
    }

    void anEmptyLinkListsTheWholeKind() {
        this->put(linked("a", "u1"));
        this->put(this->record("b"));
        this->put(this->record("c", "{}", "consent"));
        CPPUNIT_ASSERT_EQUAL(std::string("a b"), this->keysOf(this->list(this->context_, {})));
        CPPUNIT_ASSERT_EQUAL(std::string("b"), this->keysOf(this->list(this->context_, {}, "a")));
    }

    void aReplacedRecordIsListedByItsNewLinks() {
        this->put(linked("a", "u1"));
        this->put(linked("a", "u2"));
        CPPUNIT_ASSERT(this->list(this->context_, {"subject", "u1"}).records.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("a"),
                             this->keysOf(this->list(this->context_, {"subject", "u2"})));
        Batch batch;
        batch.erases.push_back({"session", "a"});
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(this->list(this->context_, {"subject", "u2"}).records.empty());
    }

    void aCounterCountsWithinItsWindow() {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count("login:u1"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, count("login:u1"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count("login:u2"));
        this->bed_->clock().advance(seconds{59});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, count("login:u1"));
        this->bed_->clock().advance(seconds{1});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, count("login:u1"));
    }

    void noticesAreNumberedAndRead() {
        notify("client", "c1");
        notify("user", std::string("u\0\xff", 3));
        const auto changes = this->changesSince(0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, changes.size());
        CPPUNIT_ASSERT(changes[0].number > 0);
        CPPUNIT_ASSERT(changes[0].number < changes[1].number);
        CPPUNIT_ASSERT_EQUAL(std::string("client"), changes[0].notice.topic);
        CPPUNIT_ASSERT_EQUAL(std::string("c1"), changes[0].notice.key);
        CPPUNIT_ASSERT_EQUAL(IssuerId{3}, changes[0].notice.issuer);
        CPPUNIT_ASSERT_EQUAL(std::string("u\0\xff", 3), changes[1].notice.key);
        CPPUNIT_ASSERT(changes[1].notice.expires == this->now() + seconds{60});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, this->changesSince(changes[0].number).size());
        CPPUNIT_ASSERT(this->changesSince(changes[1].number).empty());
    }

    void anExpiredNoticeIsNotRead() {
        notify("client", "c1");
        this->bed_->clock().advance(seconds{60});
        notify("client", "c2");
        const auto changes = this->changesSince(0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, changes.size());
        CPPUNIT_ASSERT_EQUAL(std::string("c2"), changes[0].notice.key);
    }

    void atMostAThousandNoticesComeAtOnce() {
        Batch batch;
        for (int number = 0; number < 1005; ++number) {
            batch.notices.push_back({"client", std::to_string(number), 1, never});
        }
        CPPUNIT_ASSERT(this->apply(batch).applied());
        const auto first = this->changesSince(0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1000}, first.size());
        CPPUNIT_ASSERT_EQUAL(std::string("0"), first.front().notice.key);
        const auto rest = this->changesSince(first.back().number);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, rest.size());
        CPPUNIT_ASSERT_EQUAL(std::string("1004"), rest.back().notice.key);
    }

    void aNumberIsNeverGivenAgain() {
        notify("client", "c1");
        const auto before = this->changesSince(0);
        this->bed_->clock().advance(seconds{61});
        while (this->dropExpired(this->now(), 100) > 0) {
        }
        notify("client", "c2");
        const auto after = this->changesSince(before.at(0).number);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, after.size());
    }

    void expiredThingsAreDroppedInBoundedSteps() {
        Batch batch;
        for (int number = 0; number < 25; ++number) {
            Record brief = linked("k" + std::to_string(number), "u1");
            brief.expires = this->now() + seconds{10};
            batch.puts.push_back(brief);
        }
        batch.puts.push_back(linked("lasting", "u1"));
        batch.notices.push_back({"client", "c1", 1, this->now() + seconds{10}});
        CPPUNIT_ASSERT(this->apply(batch).applied());
        this->bed_->clock().advance(seconds{11});
        std::size_t dropped = 0;
        for (std::size_t step = this->dropExpired(this->now(), 10); step > 0;
             step = this->dropExpired(this->now(), 10)) {
            CPPUNIT_ASSERT(step <= 10);
            dropped += step;
        }
        // A backend whose own expiry works beside us may have been faster.
        CPPUNIT_ASSERT(dropped <= 26);
        CPPUNIT_ASSERT_EQUAL(std::string("lasting"),
                             this->keysOf(this->list(this->context_, {"subject", "u1"})));
        CPPUNIT_ASSERT(!this->exists("k0"));
    }

    void whatHasNotExpiredIsNeverDropped() {
        this->put(this->record("a"));
        notify("client", "c1");
        count("login:u1");
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, this->dropExpired(this->now(), 100));
        CPPUNIT_ASSERT(this->exists("a"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, this->changesSince(0).size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, count("login:u1"));
    }

private:
    Record linked(std::string_view key, std::string_view subject) {
        Record made = this->record(key);
        made.links = {{"subject", std::string(subject)}};
        return made;
    }
    std::int64_t count(std::string_view key) {
        const auto value = this->storage_->count(this->context_, key, seconds{60});
        CPPUNIT_ASSERT_MESSAGE(value ? "" : value.error().detail, bool(value));
        return *value;
    }
    void notify(const std::string& topic, const std::string& key) {
        Batch batch;
        batch.notices.push_back({topic, key, 3, this->now() + seconds{60}});
        CPPUNIT_ASSERT(this->apply(batch).applied());
    }
};

}  // namespace gatehouse::testkit
