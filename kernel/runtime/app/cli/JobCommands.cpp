// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Command.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "job/JobBook.h"

#include <functional>

namespace gatehouse {

namespace {

constexpr std::size_t pageSize = 200;

using Read = std::function<Result<JobBook::Page>(const std::string& after)>;

void eachOf(const Read& read, const std::function<void(const StoredJob&)>& use) {
    std::string after;
    do {
        const auto page = valueOrFail(read(after));
        for (const auto& job : page.jobs) {
            use(job);
        }
        after = page.next;
    } while (!after.empty());
}

void eachDead(const Offline& offline, const std::function<void(const StoredJob&)>& use) {
    eachOf(
        [&](const std::string& after) {
            return offline.jobs().dead(offline.context().deadline, after, pageSize);
        },
        use);
}

void eachWaiting(const Offline& offline, const std::function<void(const StoredJob&)>& use) {
    eachOf(
        [&](const std::string& after) {
            return offline.jobs().list(offline.context().deadline, after, pageSize);
        },
        use);
}

int list(const Arguments& arguments) {
    const Offline offline(arguments, Offline::Whole::deployment);
    ValueList all;
    std::vector<std::vector<std::string>> rows;
    const auto show = [&](const char* state) {
        return [&, state](const StoredJob& job) {
            rows.push_back({job.id, state, job.handler, job.queue, timeText(job.made),
                            timeText(job.due), std::to_string(job.tries), job.problem});
            all.emplace_back(ValueMap{{"id", job.id},
                                      {"state", state},
                                      {"handler", job.handler},
                                      {"queue", job.queue},
                                      {"issuer", std::int64_t{job.issuer}},
                                      {"made", timeText(job.made)},
                                      {"due", timeText(job.due)},
                                      {"tries", std::int64_t{job.tries}},
                                      {"problem", job.problem}});
        };
    };
    eachDead(offline, show("dead"));
    if (!arguments.has("dead")) {
        eachWaiting(offline, show("waiting"));
    }
    if (arguments.has("json")) {
        printJson(all);
    } else {
        printTable({"ID", "STATE", "HANDLER", "QUEUE", "MADE", "DUE", "TRIES", "PROBLEM"}, rows);
    }
    return ExitCode::done;
}

using Change = Result<bool> (JobBook::*)(SteadyPoint, const StoredJob&);

/// The dead ones that are meant.
std::vector<StoredJob> meantBy(const Arguments& arguments, const Offline& offline) {
    const bool isOne = !arguments.positional.empty();
    std::vector<StoredJob> meant;
    eachDead(offline, [&](const StoredJob& job) {
        if (!isOne || job.id == arguments.positional.front()) {
            meant.push_back(job);
        }
    });
    if (isOne && meant.empty()) {
        throw CommandFailure{ExitCode::failed,
                             "no dead job " + arguments.positional.front() + "; see jobs list"};
    }
    return meant;
}

int change(const Arguments& arguments, Change change, const char* what) {
    const bool isOne = !arguments.positional.empty();
    if (isOne == arguments.has("all")) {
        throw UsageError{"the id of a job, or --all, is wanted"};
    }
    const Offline offline(arguments, Offline::Whole::deployment);
    std::int64_t changed = 0;
    for (const auto& job : meantBy(arguments, offline)) {
        changed += valueOrFail((offline.jobs().*change)(offline.context().deadline, job)) ? 1 : 0;
    }
    offline.audit(arguments, isOne ? arguments.positional.front() : "all dead jobs");
    if (arguments.has("json")) {
        printJson(ValueMap{{"jobs", changed}});
    } else {
        printLine(std::to_string(changed) + (changed == 1 ? " job " : " jobs ") + what);
    }
    return ExitCode::done;
}

int retry(const Arguments& arguments) {
    return change(arguments, &JobBook::revive, "to be tried again");
}

int drop(const Arguments& arguments) {
    return change(arguments, &JobBook::drop, "dropped");
}

}  // namespace

std::vector<Command> jobCommands() {
    const CommandOption all{"all", "", "every dead one"};
    return {
        {"jobs list",
         "",
         "list the durable jobs: those that wait, and those that were given up",
         "A job is what a plugin has to do though the server may end meanwhile, such as an audit "
         "webhook's delivery. One that fails is tried again, later each time, until it is older "
         "than jobs.give_up_after; then it is dead, and stays for 30 days.",
         {{"dead", "", "only those that were given up"}},
         "",
         list},
        {"jobs retry",
         "[ID]",
         "let a dead job, or all, be tried once more",
         "A running server does it within a second or so. One that fails again is dead again.",
         {all},
         "gatehouse jobs retry --all",
         retry},
        {"jobs drop",
         "[ID]",
         "throw a dead job, or all, away",
         "What it was to do is never done.",
         {all},
         "",
         drop},
    };
}

}  // namespace gatehouse
