package org.guiling.engine.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;

/**
 * The names that an expression may use. A test compares the lists with the shipped models and filters, both ways: a name that
 * nothing uses any more is taken off.
 */
final class ListedNames {

    /** Variables that the models read. */
    static final Set<String> VARIABLES = Set.of(
            "approverGroup",
            "handler",
            "issuer",
            "issuers",
            "itemNo",
            "leadUnit",
            "lookBackDay",
            "notBefore",
            "outcome",
            "overdue",
            "reviewDay",
            "rulingGroup",
            "secondVerifier");

    /** Handed on to a listed method; nothing may be asked of it. */
    static final String EXECUTION = "execution";

    /** Methods, and getters by the name of their property, of beans by name. */
    static final Map<String, Set<String>> MEMBERS = Map.of(
            "drawnVisits", Set.of("inspector", "of"),
            "retryPolicies", Set.of("outsideWorld"),
            "supervision", Set.of("nextLook"),
            "taskDeadlines", Set.of("dueDate", "startOfDayIn", "undoEnds"));

    /** Beans that the engine calls by an interface of its own: an expression names them and calls nothing. */
    static final List<Class<?>> DELEGATES = List.of(JavaDelegate.class, ExecutionListener.class, TaskListener.class);

    static final Set<String> FUNCTIONS = Set.of("currentUser", "currentUserGroups", "now", "dateTime");

    private ListedNames() {}
}
