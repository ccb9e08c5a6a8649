package org.guiling.web.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.guiling.audit.log.AuditLogs;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The destinations of the security log, and how far behind each of them is. */
@RestController
@RequestMapping("/api/audit/log")
@Tag(name = "audit")
class AuditLogApi {

    private final AuditLogs logs;
    private final CurrentPerson currentPerson;

    AuditLogApi(AuditLogs logs, CurrentPerson currentPerson) {
        this.logs = logs;
        this.currentPerson = currentPerson;
    }

    record Sinks(List<AuditLogs.Status> sinks) {}

    @GetMapping
    @Operation(summary = "How far the security log is at its file and its collector; for operators and administrators")
    Sinks sinks() {
        Person person = currentPerson.get();
        if (!person.has(Role.OPERATOR) && !person.has(Role.ADMINISTRATOR)) {
            throw RefusedException.forbidden("refusal.role.audit");
        }
        return new Sinks(logs.statuses());
    }
}
