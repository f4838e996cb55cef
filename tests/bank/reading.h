// A file's text read in a test, and what it should say.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "bank/reader.h"
#include "domain/civil.h"

namespace rightsdesk::bank {

// The statement; the test fails, and it is empty, where the text is refused.
inline Statement must_read(const std::string& text, const Profile& profile = generic_profile()) {
    auto statement = read_statement(text, profile);
    EXPECT_TRUE(statement.has_value()) << (statement ? "" : statement.error().message);
    return statement ? std::move(*statement) : Statement{};
}

// Why it is refused; empty where it is not.
inline std::string refusal_of(const std::string& text, const Profile& profile = generic_profile()) {
    const auto statement = read_statement(text, profile);
    return statement ? std::string() : statement.error().message;
}

inline domain::Date day(const std::string& text) { return domain::parse_date(text).value(); }

}  // namespace rightsdesk::bank
