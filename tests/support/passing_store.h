// A store that passes every call on to another: for a test that changes something on the way. `before` and `after` each call may make it fail.
#pragma once

#include <memory>
#include <optional>

#include "store/store.h"

namespace rightsdesk::support {

class PassingStore : public store::Store {
public:
    explicit PassingStore(std::unique_ptr<store::Store> inner) : inner_(std::move(inner)) {}

    store::Result<std::vector<store::ItemResult>> commit(const store::Batch& batch) override {
        return pass([&] { return inner_->commit(batch); });
    }
    store::Result<std::vector<store::LogRecord>> read_log(const std::string& log, store::Sequence after_this, std::size_t limit) override {
        return pass([&] { return inner_->read_log(log, after_this, limit); });
    }
    store::Result<store::Head> head(const std::string& log) override { return pass([&] { return inner_->head(log); }); }
    store::Result<std::vector<std::string>> logs() override { return pass([&] { return inner_->logs(); }); }
    store::Result<std::optional<store::EntityState>> load_state(const std::string& log, const std::string& entity) override {
        return pass([&] { return inner_->load_state(log, entity); });
    }
    store::Result<std::vector<std::pair<std::string, store::EntityState>>> load_states(const std::string& log) override {
        return pass([&] { return inner_->load_states(log); });
    }
    store::Result<std::optional<std::string>> look_up(const std::string& log, const std::string& key) override {
        return pass([&] { return inner_->look_up(log, key); });
    }
    store::Result<std::optional<std::pair<store::Sequence, std::string>>> find_identity(const std::string& log, const std::string& identity) override {
        return pass([&] { return inner_->find_identity(log, identity); });
    }
    store::Result<store::Sequence> cursor(const std::string& log, const std::string& consumer, const std::string& source) override {
        return pass([&] { return inner_->cursor(log, consumer, source); });
    }
    store::Result<std::map<std::string, std::pair<store::Sequence, std::string>>> load_identities(const std::string& log) override {
        return pass([&] { return inner_->load_identities(log); });
    }
    store::Result<std::map<std::string, std::string>> load_index(const std::string& log) override { return pass([&] { return inner_->load_index(log); }); }
    store::Result<std::map<std::string, store::Sequence>> load_cursors(const std::string& log) override { return pass([&] { return inner_->load_cursors(log); }); }
    store::Result<std::vector<std::string>> hold_leases(const std::vector<store::LeaseWish>& wishes, const std::string& service, const std::string& instance,
                                                        std::chrono::milliseconds duration) override {
        return pass([&] { return inner_->hold_leases(wishes, service, instance, duration); });
    }
    store::Result<> release_leases(const std::vector<std::string>& logs, const std::string& service, const std::string& instance) override {
        return pass([&] { return inner_->release_leases(logs, service, instance); });
    }
    [[nodiscard]] bool lie_together(const std::string& log, const std::string& other) const override { return inner_->lie_together(log, other); }
    store::Result<store::Durability> durability() override { return pass([&] { return inner_->durability(); }); }
    store::Result<std::string> incarnation() override { return pass([&] { return inner_->incarnation(); }); }
    void trust(const std::string& incarnation) override { inner_->trust(incarnation); }
    // On one disk it asks nobody: there is no way on which anything could be lost.
    store::Result<> confirm(const std::string& log) override { return inner_->confirm(log); }
    void go_without_replica(bool without) override { inner_->go_without_replica(without); }

protected:
    virtual std::optional<base::Error> before() { return std::nullopt; }
    virtual std::optional<base::Error> after() { return std::nullopt; }
    [[nodiscard]] store::Store& inner() { return *inner_; }

private:
    template <class Call>
    auto pass(Call call) -> decltype(call()) {
        if (const auto failed = before()) return tl::unexpected(*failed);
        auto result = call();
        if (const auto failed = after()) return tl::unexpected(*failed);
        return result;
    }

    std::unique_ptr<store::Store> inner_;
};

}  // namespace rightsdesk::support
