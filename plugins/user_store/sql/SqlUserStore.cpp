// SPDX-License-Identifier: Apache-2.0
#include "SqlUserStore.h"

#include "passwords/LoginName.h"

#include <Poco/Data/DataException.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 500;

std::optional<User> userAlone(std::optional<SqlPerson> person) {
    return person ? std::optional(std::move(person->user)) : std::nullopt;
}

std::optional<std::int64_t> wholeNumber(const std::string& text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = read.ec == std::errc{} && std::to_string(number) == text;
    return isWhole ? std::optional(number) : std::nullopt;
}

/// ISO SQL's words are those of PostgreSQL, SQL Server, Oracle and Db2, but not of SQLite and
/// MySQL.
std::string pageOf(SqlAddress::Kind kind) {
    const std::string size = std::to_string(pageSize);
    return kind == SqlAddress::Kind::odbc
               ? " ORDER BY id OFFSET 0 ROWS FETCH NEXT " + size + " ROWS ONLY"
               : " ORDER BY id LIMIT " + size;
}

Error misses(const Config& config, const char* setting, const char* name) {
    return Error::badInput(config.place(setting) + ": " + setting + " has no " + name);
}

}  // namespace

Status SqlUserStore::configure(const Config& config, Host& host) {
    host_ = &host;
    timeout_ = config.duration("timeout");
    weakestHash_ = config.text("weakest_hash");
    isCaseIgnored_ = config.text("login_case") == "ignored";
    auto address = sqlAddressOf(config.text("url"), timeout_, !config.has("store_hash"));
    if (!address) {
        return Error::badInput(config.place("url") + ": url " + address.error().detail);
    }
    address_ = *std::move(address);
    if (auto status = configureQueries(config, address_.kind); !status) {
        return status;
    }
    hasher_ = std::make_unique<PasswordHasher>(host, Argon2Cost{}, weakestHash_,
                                               static_cast<std::size_t>(config.number("threads")),
                                               static_cast<std::size_t>(config.number("queue")));
    lanes_ = std::make_unique<Lanes>(
        host.clock(), "the database", [this] { return open(); },
        static_cast<std::size_t>(config.number("connections")),
        static_cast<std::size_t>(config.number("waiting")), timeout_);
    return done();
}

Status SqlUserStore::configureQueries(const Config& config, SqlAddress::Kind kind) {
    people_ = "SELECT * FROM (" + config.text("people") + ") person WHERE ";
    byLogin_.emplace(people_ + (isCaseIgnored_ ? "lower(login) = :login" : "login = :login"),
                     std::vector<std::string>{"login"}, kind);
    byId_.emplace(people_ + "id = :id", std::vector<std::string>{"id"}, kind);
    const std::string page = pageOf(kind);
    firstPage_.emplace(people_ + "1 = 1" + page, std::vector<std::string>{}, kind);
    nextPage_.emplace(people_ + "id > :id" + page, std::vector<std::string>{"id"}, kind);
    if (config.has("groups")) {
        groups_.emplace(config.text("groups"), std::vector<std::string>{"id"}, kind);
        if (!groups_->has("id")) {
            return misses(config, "groups", ":id");
        }
    }
    if (config.has("store_hash")) {
        storeHash_.emplace(config.text("store_hash"), std::vector<std::string>{"hash", "id", "old"},
                           kind);
        if (!storeHash_->has("hash") || !storeHash_->has("id")) {
            return misses(config, "store_hash", storeHash_->has("hash") ? ":id" : ":hash");
        }
    }
    return done();
}

Status SqlUserStore::start() {
    hasher_->start();
    lanes_->start();
    const Issuer nobody;
    const Context context{nobody, {}, {}, host_->clock().steady() + seconds{10}};
    const auto status = lanes_->run(context, [](LaneConnection& /*connection*/) {});
    const std::lock_guard<std::mutex> lock(refusalMutex_);
    if (!refusal_.empty()) {
        return Error::badInput("people: " + refusal_);
    }
    if (!status) {
        host_->log().write(Level::warning,
                           "started without the database of its people: " + status.error().detail);
    }
    return done();
}

void SqlUserStore::stop() noexcept {
    if (lanes_ != nullptr) {
        lanes_->stop();
        hasher_->stop();
    }
}

std::unique_ptr<SqlConnection> SqlUserStore::open() {
    auto connection = SqlConnection::to(address_, timeout_);
    std::string problem;
    try {
        problem = columnProblem(*connection);
    } catch (const SqlRefusal& refusal) {
        problem = refusal.what();
    }
    const std::lock_guard<std::mutex> lock(refusalMutex_);
    refusal_ = problem;
    if (!problem.empty()) {
        throw SqlRefusal("people: " + problem);
    }
    return connection;
}

/// PostgreSQL says it with its SQLSTATE for a text that is none of a type.
std::string SqlUserStore::idProblem(SqlConnection& connection) const {
    try {
        connection.rows(*byId_, {{"id", std::string("none")}});
    } catch (const Poco::Data::DataException& refusal) {
        if (refusal.displayText().find("22P02") == std::string::npos) {
            throw;
        }
        return "the column id is a uuid: write CAST(id AS varchar(36)) AS id";
    }
    return {};
}

std::string SqlUserStore::columnProblem(SqlConnection& connection) {
    bool isThere[3] = {false, false, false};
    constexpr const char* wanted[3] = {"id", "login", "password"};
    for (const auto& [name, isWhole] : connection.columns(people_ + "1 = 0")) {
        if (isServersClaim(name)) {
            return "the column " + name + " is the server's to say; leave it out";
        }
        for (std::size_t each = 0; each < 3; ++each) {
            isThere[each] = isThere[each] || name == wanted[each];
        }
        isIdWhole_ = name == "id" ? isWhole : isIdWhole_.load();
    }
    for (std::size_t each = 0; each < 3; ++each) {
        if (!isThere[each]) {
            return std::string("there is no column ") + wanted[each] + " (write AS " +
                   wanted[each] + ")";
        }
    }
    return isIdWhole_ ? std::string() : idProblem(connection);
}

Result<SqlUserStore::Rows> SqlUserStore::ask(const Context& context, const SqlQuery& query,
                                             const SqlValues& values) const {
    auto rows = std::make_shared<Rows>();
    const auto status =
        lanes_->run(context, [this, rows, &query, values](LaneConnection& connection) {
            SqlValues bound = values;
            if (const auto id = bound.find("id"); id != bound.end() && isIdWhole_) {
                const auto number = wholeNumber(std::get<std::string>(id->second));
                if (!number) {
                    return;
                }
                id->second = *number;
            }
            *rows = static_cast<SqlConnection&>(connection).rows(query, bound);
        });
    return status ? Result<Rows>{std::move(*rows)} : Result<Rows>{status.error()};
}

SqlUserStore::Found SqlUserStore::personByLogin(const Context& context,
                                                std::string_view login) const {
    if (!trimmedLogin(login)) {
        return std::optional<SqlPerson>{};
    }
    const auto rows = ask(context, *byLogin_, {{"login", spelling(login)}});
    if (!rows) {
        return rows.error();
    }
    if (rows->size() > 1) {
        host_->log().write(context, Level::warning,
                           "a login that several people have lets nobody in",
                           {{"login", std::string(login)}});
        return std::optional<SqlPerson>{};
    }
    auto person = rows->empty() ? std::nullopt : personOf(rows->front());
    // A database may find another spelling than was asked for.
    const bool isMeant = person && spelling(person->user.login) == spelling(login);
    return isMeant ? person : std::optional<SqlPerson>{};
}

Result<std::optional<User>> SqlUserStore::withGroups(const Context& context,
                                                     std::optional<SqlPerson> person) const {
    if (!person || !groups_) {
        return userAlone(std::move(person));
    }
    const auto rows = ask(context, *groups_, {{"id", person->user.id}});
    if (!rows) {
        return rows.error();
    }
    ValueList groups;
    for (const auto& row : *rows) {
        if (!row.empty() && !textOf(row.begin()->value).empty()) {
            groups.push_back(textOf(row.begin()->value));
        }
    }
    if (!groups.empty()) {
        person->user.claims.set("groups", std::move(groups));
    }
    return userAlone(std::move(person));
}

Result<std::optional<User>> SqlUserStore::findByLogin(const Context& context,
                                                      std::string_view login) const {
    auto person = personByLogin(context, login);
    return person ? withGroups(context, *std::move(person))
                  : Result<std::optional<User>>{person.error()};
}

Result<std::optional<User>> SqlUserStore::findById(const Context& context,
                                                   std::string_view id) const {
    if (id.empty() || id.find('\0') != std::string_view::npos) {
        return std::optional<User>{};
    }
    const auto rows = ask(context, *byId_, {{"id", std::string(id)}});
    if (!rows) {
        return rows.error();
    }
    auto person = rows->size() == 1 ? personOf(rows->front()) : std::nullopt;
    const bool isMeant = person && person->user.id == id;
    return withGroups(context, isMeant ? std::move(person) : std::nullopt);
}

std::string SqlUserStore::spelling(std::string_view login) const {
    return isCaseIgnored_ ? spellingOf(login) : spellingInItsCase(login);
}

Result<std::optional<User>> SqlUserStore::checkPassword(const Context& context,
                                                        std::string_view login,
                                                        const Secret& password) const {
    if (password.empty() || password.view().size() > longestPassword) {
        return std::optional<User>{};
    }
    auto person = personByLogin(context, login);
    if (!person) {
        return person.error();
    }
    const auto verdict =
        *person ? hasher_->verify(context, password, (*person)->hash, (*person)->user.id)
                : hasher_->verify(context, password, {});
    if (!verdict) {
        return verdict.error();
    }
    using Verdict = PasswordHasher::Verdict;
    if (!*person || *verdict == Verdict::wrong || (*person)->user.isDisabled) {
        return std::optional<User>{};
    }
    if (*verdict == Verdict::renewable && storeHash_) {
        rehash(context, **person, password);
    }
    return withGroups(context, *std::move(person));
}

void SqlUserStore::rehash(const Context& context, const SqlPerson& person,
                          const Secret& password) const {
    const auto hash = hasher_->hash(context, password);
    const auto status = hash ? store(context, person, *hash) : Status{hash.error()};
    if (!status) {
        // The person is in all the same; the next login tries again.
        host_->log().write(context, Level::warning,
                           "password hash not renewed: " + status.error().detail,
                           {{"user", person.user.id}});
    }
}

Status SqlUserStore::store(const Context& context, const SqlPerson& person,
                           const std::string& hash) const {
    const auto rows =
        ask(context, *storeHash_, {{"hash", hash}, {"id", person.user.id}, {"old", person.hash}});
    return rows ? done() : Status{rows.error()};
}

Status SqlUserStore::setPasswordHash(const Context& context, std::string_view id,
                                     const std::string& hash) {
    if (!storeHash_) {
        return Error::badInput("store_hash is not set, so nothing is written");
    }
    const auto read = StoredHash::read(hash, weakestHash_);
    if (const auto* problem = std::get_if<std::string>(&read)) {
        return Error::badInput(*problem);
    }
    const auto rows = ask(context, *byId_, {{"id", std::string(id)}});
    if (!rows) {
        return rows.error();
    }
    const auto person = rows->size() == 1 ? personOf(rows->front()) : std::nullopt;
    return person ? store(context, *person, hash)
                  : Status{Error::badInput("there is no user of this id")};
}

Result<UserPage> SqlUserStore::list(const Context& context, std::string_view after,
                                    std::size_t limit) const {
    const auto rows = after.empty() ? ask(context, *firstPage_, {})
                                    : ask(context, *nextPage_, {{"id", std::string(after)}});
    if (!rows) {
        return rows.error();
    }
    const std::size_t count = std::min(rows->size(), limit);
    UserPage page;
    for (std::size_t row = 0; row < count; ++row) {
        auto user = withGroups(context, personOf((*rows)[row]));
        if (!user) {
            return user.error();
        }
        if (*user) {
            page.users.push_back(**std::move(user));
        }
    }
    if (count > 0 && (count < rows->size() || rows->size() == pageSize)) {
        page.next = textOf(*(*rows)[count - 1].find("id"));
    }
    return page;
}

constexpr Field fields[] = {
    {"url", Kind::url, required,
     "sqlite:/PATH, postgresql://USER:PASSWORD@HOST:5432/DATABASE, "
     "mysql://USER:PASSWORD@127.0.0.1:3306/DATABASE, or odbc://USER:PASSWORD@NAME with the name of "
     "a data source of odbc.ini"},
    {"people", Kind::text, required,
     "a SELECT of everybody with the columns id, login, password (its hash) and perhaps disabled; "
     "others are claims of their names"},
    {"groups", Kind::text, optional,
     "a SELECT of the groups of the person :id, one a row, for the claim groups"},
    {"store_hash", Kind::text, optional,
     "an UPDATE that keeps :hash for the person :id, perhaps where it is still :old; without it "
     "nothing is written"},
    {"login_case", Kind::text, byDefault("matters"),
     "whether Ada and ada are two; ignored: lower(login) is compared", oneOf("matters|ignored")},
    {"timeout", Kind::duration, byDefault("3s"), "longest time a question may take",
     between(100, 30000)},
    {"connections", Kind::number, byDefault("4"), "sessions of this node", between(1, 100)},
    {"waiting", Kind::number, byDefault("16"),
     "questions that may wait for a session; more are answered with 503", between(1, 100000)},
    {"threads", Kind::number, byDefault("0"),
     "threads that check passwords; 0: one less than the machine has cores, at least 1",
     between(0, 256)},
    {"queue", Kind::number, byDefault("64"),
     "logins that may wait for a thread; more are answered with 503", between(1, 100000)},
    weakestHashField,
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::SqlUserStore, "sql", "0.1.0",
                 "Users in a table of SQLite, PostgreSQL, MariaDB, or what ODBC reaches",
                 gatehouse::fields)
