// SPDX-License-Identifier: Apache-2.0
#include "Advice.h"

namespace gatehouse {

namespace {

struct Row {
    std::string_view rule;
    const char* why;
    const char* remedy;
};

constexpr Row rows[] = {
    {"itStarts", "what does not start here does not start in the server",
     "mend what it says; settings stand below `settings` of the file"},
    {"aKnownUserIsFoundByLoginAndById", "tokens would be about somebody else",
     "look up exactly the login or id that is asked for"},
    {"theIdIsThereAndStaysTheSame",
     "the id becomes the sub of tokens: with another one sites take the person for a new one",
     "use a key of the record that never changes and is never given to another person"},
    {"theIdStaysTheSameAfterAnotherStart",
     "after each start of the server everybody would be a new person to all sites",
     "use a key that is kept with the person, none that is made when they are read"},
    {"claimsAreHandedOverHoweverAsked",
     "what sites are told of a person would change with the way they were found",
     "give the same claims from findByLogin(), findById() and checkPassword()"},
    {"claimsAreNeverEmpty", "an empty claim says that there is something to know",
     "leave out a claim that is not known"},
    {"noEmailIsNotAVerifiedOne", "a site would trust an address that is not there",
     "give email_verified only beside an email"},
    {"aDisabledUserIsFoundAndSaidToBeDisabled",
     "tokens of somebody who is disabled would go on being renewed",
     "find disabled people too, and set isDisabled"},
    {"absenceIsNotAnError", "a typing error in a login would look like a store that is away",
     "answer nullopt for nobody; an Error is for what is away or broken"},
    {"oddLoginsAreDataAndNeverSyntax",
     "whoever writes a query into the login would be let in, or read other people's records",
     "hand logins over as parameters, or escape them; never put them into a query as they are"},
    {"aLoginIsNotCutAtNul", "two logins would be one, and limits would count them apart",
     "compare by length, not as C strings; refuse what holds NUL"},
    {"anIdIsAText", "the id is told as JSON, which is UTF-8 without NUL",
     "encode an id that is binary, as hexadecimal digits"},
    {"anIdIsNotCutAtNul", "two ids would be one person",
     "compare by length, not as C strings; refuse what holds NUL"},
    {"loginsThatFindOnePersonHaveOneSpelling",
     "guesses are counted by spelling(): each way to write a login would have guesses anew",
     "return the same spelling() for all logins that find one person, and for no other"},
    {"theRightPasswordGivesTheUser", "nobody could log in, or would be somebody else",
     "compare with the hash of exactly the person whose login it is"},
    {"unknownUserAndWrongPasswordAreOneAnswer",
     "a wrong password would let in, or the answer would tell who exists",
     "answer nullopt for both, after comparing"},
    {"aWrongPasswordCostsTheSameWhoeverIsNamed",
     "the time of the answer would tell who has an account",
     "check the password of an unknown or disabled person against a hash of the same cost"},
    {"anEmptyPasswordIsRefused",
     "everybody could log in as anybody; an LDAP bind without a password succeeds",
     "answer nullopt for an empty password, before anything else is asked"},
    {"anotherUsersPasswordIsRefused", "everybody who has an account could be anybody",
     "compare with the hash of the person whose login it is"},
    {"aPasswordIsComparedWhole", "passwords would be easier to guess than they look",
     "compare every byte; refuse what a function that takes C strings would cut"},
    {"aDisabledUserIsRefused", "who was locked out, or has left, would still get in",
     "answer nullopt from checkPassword() for somebody who is disabled"},
    {"manyMayAskAtOnce", "many threads ask one store: people would get each other's answers",
     "keep nothing of a request in the store; put a lock around what changes"},
    {"stoppingTwiceIsHarmless", "the server may call stop() twice, also when start() failed",
     "let stop() undo only what is there"},
    {"aBackendThatIsAwayIsNoAnswer", "a backend that is away would look like a refusal",
     "answer Error::unavailable, and again as before when it is back"},
    {"aSlowBackendIsGivenUpInTime", "a slow backend would hold up everybody",
     "give up at context.deadline, with Error::unavailable"},
};

}  // namespace

Advice adviceFor(std::string_view plugin, std::string_view rule) {
    for (const auto& row : rows) {
        if (row.rule == rule) {
            return {row.why, row.remedy};
        }
    }
    const std::string point(plugin.substr(0, plugin.find('.')));
    return {"it is among what every " + point + " promises, and what the server relies on",
            "read what the header of the point says, <gatehouse/point/...>"};
}

}  // namespace gatehouse
