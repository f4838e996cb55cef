// The alerts of what is the desk's own and no offering's: its promise of two disks, the banks' files, the sources' watermarks.
#pragma once

#include "domain/alert_raising.h"
#include "domain/feed_files.h"

namespace rightsdesk::domain {

class DeskAlerting : public AlertRaising {
public:
    using AlertRaising::AlertRaising;

    void operator()(const WithoutReplicaProposed& event) { raise_as_it_is_now("replica/proposed", replica_name(), wording_of_going_without(event), std::nullopt); }
    void operator()(const ReplicaWaived& event) {
        resolve("replica/proposed", "approved");
        raise_as_it_is_now("replica/waived", replica_name(), wording_of_one_disk(event), std::nullopt);
    }
    void operator()(const ReplicaRequired& event) {
        for (const char* cause : {"replica/proposed", "replica/waived"}) resolve(cause, event.by + " requires the replica");
    }
    void operator()(const FileSetAside& event) {
        raise_as_it_is_now("set_aside/" + event.source + "/" + event.file, file_subject(event.source, event.file), wording_of_file_set_aside(event), std::nullopt);
    }
    void operator()(const FileTaken& event) { resolve("set_aside/" + event.source + "/" + event.file, event.source + " has taken it"); }
    void operator()(const WatermarkProposed& event) {
        const std::string& source = event.proposal.source;
        raise_as_it_is_now("watermark/" + source, watermark_name(source), wording_of_watermark(event.proposal), std::nullopt);
    }
    void operator()(const WatermarkWithdrawn& event) { resolve("watermark/" + event.source, event.by.empty() ? event.why : "withdrawn by " + event.by); }
    void operator()(const WatermarkDeclared& event) {
        const std::string& source = event.watermark.source;
        resolve("watermark/" + source, "approved");
        raise_as_it_is_now("watermark_declared/" + source, watermark_name(source), wording_of_declared(event.watermark), std::nullopt);
    }
};

}  // namespace rightsdesk::domain
