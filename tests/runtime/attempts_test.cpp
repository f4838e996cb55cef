// What a process was at work on when it died, as the next one finds it.
#include "runtime/attempts.h"

#include <sys/wait.h>

#include "runtime/desk_world.h"

namespace rightsdesk::runtime {
namespace {

class CountedAttempts : public testing::Test {
protected:
    // A process that does this, and how it ended.
    template <class Act>
    static int in_a_process(Act act) {
        const pid_t child = ::fork();
        if (child == 0) {
            act();
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return status;
    }
    void die_at(const WorkKey& key) {
        const int status = in_a_process([&] {
            Attempts attempts(folder.path(), "intake.1");
            attempts.begin({"command", "an earlier and much longer one than that at which it dies"});
            attempts.begin(key);
            ::raise(SIGKILL);
        });
        EXPECT_TRUE(WIFSIGNALED(status));
    }
    Folder folder;
    const WorkKey poison{"reaction", "rare-medium-2002", "desk", 17};
};

TEST_F(CountedAttempts, a_death_is_counted_for_what_was_at_work) {
    for (int deaths = 1; deaths <= 3; ++deaths) {
        die_at(poison);
        const Attempts next(folder.path(), "intake.1");
        ASSERT_EQ(next.died_at(), "reaction rare-medium-2002 desk 17");
        EXPECT_EQ(next.of(poison), deaths);
        EXPECT_EQ(next.of({"reaction", "rare-medium-2002", "desk", 18}), 0);
        EXPECT_TRUE(next.any());
    }
    const Attempts once_more(folder.path(), "intake.1");
    EXPECT_FALSE(once_more.died_at()) << "that one did not die";
    EXPECT_EQ(once_more.of(poison), 3);
    EXPECT_EQ(Attempts(folder.path(), "intake.2").of(poison), 0) << "another instance's own";
}

TEST_F(CountedAttempts, a_death_between_decisions_is_nobodys) {
    in_a_process([&] {
        Attempts attempts(folder.path(), "intake.1");
        { const AtWork marked(attempts, poison); }
        ::raise(SIGKILL);
    });
    const Attempts next(folder.path(), "intake.1");
    EXPECT_FALSE(next.died_at());
    EXPECT_FALSE(next.any());
}

TEST_F(CountedAttempts, a_failure_is_counted_before_the_next_attempt_and_forgotten_when_it_is_settled) {
    {
        Attempts attempts(folder.path(), "intake.1");
        EXPECT_EQ(attempts.failed(poison), 1);
        EXPECT_EQ(attempts.failed(poison), 2);
        EXPECT_EQ(attempts.failed({"due", "desk"}), 1);
    }
    {
        Attempts next(folder.path(), "intake.1");
        EXPECT_EQ(next.of(poison), 2);
        next.settled(poison);
    }
    const Attempts last(folder.path(), "intake.1");
    EXPECT_EQ(last.of(poison), 0);
    EXPECT_EQ(last.of({"due", "desk"}), 1);
}

TEST_F(CountedAttempts, what_cannot_be_counted_is_an_error_and_nothing_is_too_long_or_too_much) {
    const std::string gone = folder.file("gone");
    Attempts nowhere(gone, "intake.1");
    EXPECT_EQ(nowhere.failed(poison).error().kind, base::ErrorKind::kUnavailable);

    const std::string name(2'000, 'x');
    die_at({"command", name, name, 1});
    Attempts long_one(folder.path(), "intake.1");
    EXPECT_EQ(long_one.of({"command", name, name, 1}), 1);
    EXPECT_EQ(long_one.failed(poison), 1);
    for (std::uint64_t number = 1; number <= 1'100; ++number) ASSERT_TRUE(long_one.failed({"reaction", "a", "b", number}));
    EXPECT_EQ(long_one.failed({"reaction", "a", "b", 1'100}), 2);
}

TEST_F(CountedAttempts, without_a_folder_they_live_as_long_as_the_process) {
    Attempts attempts("", "intake.1");
    const AtWork marked(attempts, poison);
    EXPECT_EQ(attempts.failed(poison), 1);
    EXPECT_EQ(attempts.of(poison), 1);
}

}  // namespace
}  // namespace rightsdesk::runtime
