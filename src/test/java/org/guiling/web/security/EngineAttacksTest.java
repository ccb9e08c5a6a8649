package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.guiling.web.support.DatabaseRows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Attacks of people with an account on the engine's REST, the web apps' and the operators'. Every attack is refused and
 * leaves every row of the database as it was.
 */
@GuilingTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineAttacksTest {

    private static final String TASKLIST = "/camunda/api/engine/engine/default";
    private static final String ENGINE_REST = "/engine-rest";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    private final Map<String, Caller> callers = new HashMap<>();
    private final Map<String, String> places = new TreeMap<>();

    /** @param statuses what the attacker may be told */
    record Attack(String tries, String by, String method, String path, String body, Integer... statuses) {
        @Override
        public String toString() {
            return by + " tries to " + tries;
        }
    }

    /** One item that waits for the handler, one that waits for others, one that is closed. */
    @BeforeAll
    void given() {
        String mine = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String others = lifeCycle.itemAt(ItemStatus.REVIEW);
        String free = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        String closed = lifeCycle.itemAt(ItemStatus.CLOSED);
        places.put("{item}", mine);
        places.put("{closed}", closed);
        places.put("{mine}", lifeCycle.waiting(mine).taskId());
        places.put("{free}", lifeCycle.waiting(free).taskId());
        places.put("{others}", lifeCycle.waiting(others).taskId());
        places.put("{instance}", instanceOf(mine));
        places.put("{others-instance}", instanceOf(others));
        places.put(
                "{ended-instance}",
                one(
                        "select proc_inst_id_ from act_hi_procinst where end_time_ is not null and proc_def_key_ = 'five-step-zeroing' limit 1"));
        places.put("{definition}", one("select id_ from act_re_procdef where key_ = 'five-step-zeroing'"));
        places.put("{deployment}", one("select deployment_id_ from act_re_procdef where key_ = 'five-step-zeroing'"));
        places.put("{filter}", one("select id_ from act_ru_filter limit 1"));
        places.put(
                "{job}",
                one("select id_ from act_ru_job where type_ = 'timer' and process_instance_id_ is not null limit 1"));
        places.put("{authorization}", one("select id_ from act_ru_authorization limit 1"));
        places.put("{form}", form(Samples.rectification(lifeCycle.today())));
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                        injections(),
                        othersWork(),
                        aroundTheGate(),
                        instances(),
                        starts(),
                        administration(),
                        queries(),
                        operator())
                .flatMap(List::stream);
    }

    private static List<Attack> injections() {
        return List.of(
                complete("name another handler beside the form", "{'handler':{'value':'registrar'}}"),
                complete(
                        "complete with the approving group beside an incomplete form",
                        "{'approverGroup':{'value':'registrars'},'result':{'value':null}}"),
                complete("send a field that no form has", "{'closedAt':{'value':'2026-01-01'}}"),
                complete("change the item's number", "{'itemNo':{'value':'ZG-1999-000001'}}"),
                complete("send an option that is not offered", "{'decision':{'value':'CLOSE'}}"),
                complete(
                        "send a serialized Java object",
                        "{'progress':{'type':'Object','value':'rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcAUH2sHDFmDRAwACRgAKbG9hZEZhY3RvckkACXRocmVzaG9sZHhwP0AAAAAAAAB3CAAAABAAAAAAeA==','valueInfo':{'objectTypeName':'java.util.HashMap','serializationDataFormat':'application/x-java-serialized-object'}}}"),
                complete(
                        "have a class of Spring's made from JSON",
                        "{'progress':{'type':'Object','value':'\\\"http://127.0.0.1:1/x.xml\\\"','valueInfo':{'objectTypeName':'org.springframework.context.support.ClassPathXmlApplicationContext','serializationDataFormat':'application/json'}}}"),
                complete(
                        "have a class made from JSON that opens an address",
                        "{'progress':{'type':'Object','value':'\\\"http://127.0.0.1:1/x\\\"','valueInfo':{'objectTypeName':'javax.swing.JEditorPane','serializationDataFormat':'application/json'}}}"),
                complete(
                        "send a file in place of a text",
                        "{'progress':{'type':'File','value':'PGh0bWw+','valueInfo':{'filename':'x.html','mimetype':'text/html'}}}"),
                handler(
                        "set variables of the task",
                        "POST",
                        "/task/{mine}/variables",
                        "{'modifications':{'handler':{'value':'registrar'}}}"),
                handler("set one variable of the task", "PUT", "/task/{mine}/variables/title", "{'value':'x'}"),
                handler(
                        "set local variables of the task",
                        "POST",
                        "/task/{mine}/localVariables",
                        "{'modifications':{'decision':{'value':'SUBMIT'}}}"),
                handler(
                        "set one local variable of the task",
                        "PUT",
                        "/task/{mine}/localVariables/decision",
                        "{'value':'SUBMIT'}"),
                handler("delete a variable of the task", "DELETE", "/task/{mine}/variables/title", null),
                handler(
                        "set variables of the instance",
                        "POST",
                        "/process-instance/{instance}/variables",
                        "{'modifications':{'handler':{'value':'registrar'}}}"),
                handler(
                        "set one variable of the instance",
                        "PUT",
                        "/process-instance/{instance}/variables/title",
                        "{'value':'x'}"),
                handler(
                        "set a local variable of the execution",
                        "PUT",
                        "/execution/{instance}/localVariables/title",
                        "{'value':'x'}"),
                handler(
                        "set variables of many instances at once",
                        "POST",
                        "/process-instance/variables-async",
                        "{'processInstanceIds':['{instance}'],'variables':{'title':{'value':'x'}}}"));
    }

    private static List<Attack> othersWork() {
        List<Attack> attacks = new ArrayList<>(List.of(
                handler("claim another's task", "POST", "/task/{others}/claim", "{'userId':'handler'}"),
                handler("claim a task for somebody else", "POST", "/task/{free}/claim", "{'userId':'registrar'}"),
                handler("assign another's task", "POST", "/task/{others}/assignee", "{'userId':'handler'}"),
                handler(
                        "complete another's task",
                        "POST",
                        "/task/{others}/complete",
                        "{'variables':{'decision':{'value':'ACCEPT'}}}"),
                handler(
                        "submit the form of another's task",
                        "POST",
                        "/task/{others}/submit-form",
                        "{'variables':{'decision':{'value':'ACCEPT'}}}"),
                handler("resolve another's task", "POST", "/task/{others}/resolve", "{'variables':{}}"),
                handler("unclaim another's task", "POST", "/task/{others}/unclaim", "{}"),
                handler(
                        "become a candidate of another's task",
                        "POST",
                        "/task/{others}/identity-links",
                        "{'userId':'handler','type':'candidate'}"),
                handler("read another's task", "GET", "/task/{others}", null),
                handler("read the variables of another's task", "GET", "/task/{others}/variables", null),
                handler("read the form data of another's task", "GET", "/task/{others}/form-variables", null),
                handler("read the form of another's task", "GET", "/task/{others}/deployed-form", null),
                handler("read another's instance", "GET", "/process-instance/{others-instance}", null),
                handler(
                        "read the variables of another's instance",
                        "GET",
                        "/process-instance/{others-instance}/variables",
                        null),
                handler(
                        "read another's path through the model",
                        "GET",
                        "/process-instance/{others-instance}/activity-instances",
                        null)));
        return attacks;
    }

    private static List<Attack> aroundTheGate() {
        return List.of(
                handler(
                        "end the step by a BPMN error",
                        "POST",
                        "/task/{mine}/bpmnError",
                        "{'errorCode':'x','errorMessage':'x'}"),
                handler(
                        "give the task to the one who approves",
                        "POST",
                        "/task/{mine}/assignee",
                        "{'userId':'verifier'}"),
                handler("delegate the task", "POST", "/task/{mine}/delegate", "{'userId':'verifier'}"),
                handler(
                        "resolve the task with variables of choice",
                        "POST",
                        "/task/{mine}/resolve",
                        "{'variables':{'handler':{'value':'registrar'}}}"),
                handler(
                        "move the task's due date",
                        "PUT",
                        "/task/{mine}",
                        "{'due':'2099-01-01T00:00:00.000+0800','name':'x'}"),
                handler(
                        "set owner and delegation",
                        "PUT",
                        "/task/{mine}",
                        "{'owner':'handler','delegationState':'RESOLVED'}"),
                handler(
                        "open the task to another group",
                        "POST",
                        "/task/{mine}/identity-links",
                        "{'groupId':'handlers:jiaqiao-town','type':'candidate'}"),
                handler(
                        "end the step by an escalation",
                        "POST",
                        "/task/{mine}/bpmnEscalation",
                        "{'escalationCode':'x'}"),
                handler("delete the task", "DELETE", "/task/{mine}", null),
                handler("make a task of their own", "POST", "/task/create", "{'name':'x','assignee':'handler'}"),
                handler("attach a file to the task", "POST", "/task/{mine}/attachment/create", "{}"),
                handler(
                        "comment on the task",
                        "POST",
                        "/task/{mine}/comment/create",
                        "{'message':'<script>alert(1)</script>'}"));
    }

    private static List<Attack> instances() {
        return List.of(
                handler(
                        "skip the verification by a modification",
                        "POST",
                        "/process-instance/{instance}/modification",
                        "{'skipCustomListeners':true,'instructions':[{'type':'startBeforeActivity','activityId':'close-item'}]}"),
                handler(
                        "modify many instances",
                        "POST",
                        "/modification/execute",
                        "{'processDefinitionId':'{definition}','processInstanceIds':['{instance}'],'instructions':[{'type':'startBeforeActivity','activityId':'close-item'}]}"),
                handler("delete the instance", "DELETE", "/process-instance/{instance}?skipCustomListeners=true", null),
                handler(
                        "delete instances in a batch",
                        "POST",
                        "/process-instance/delete",
                        "{'processInstanceIds':['{instance}'],'deleteReason':'x'}"),
                handler("suspend the instance", "PUT", "/process-instance/{instance}/suspended", "{'suspended':true}"),
                handler(
                        "suspend every instance of the model",
                        "PUT",
                        "/process-definition/key/five-step-zeroing/suspended",
                        "{'suspended':true,'includeProcessInstances':true}"),
                handler(
                        "migrate the instance",
                        "POST",
                        "/migration/execute",
                        "{'migrationPlan':{'sourceProcessDefinitionId':'{definition}','targetProcessDefinitionId':'{definition}','instructions':[{'sourceActivityIds':['rectify'],'targetActivityIds':['sign-off']}]},'processInstanceIds':['{instance}']}"),
                handler(
                        "restart instances",
                        "POST",
                        "/process-definition/{definition}/restart",
                        "{'processInstanceIds':['{ended-instance}'],'instructions':[{'type':'startBeforeActivity','activityId':'close-item'}]}"),
                handler(
                        "correlate the message that withdraws an item",
                        "POST",
                        "/message",
                        "{'messageName':'item-withdrawn','businessKey':'{item}'}"),
                handler(
                        "trigger the message that withdraws an item",
                        "POST",
                        "/execution/{instance}/messageSubscriptions/item-withdrawn/trigger",
                        "{}"),
                handler("throw a signal", "POST", "/signal", "{'name':'x'}"),
                handler("signal an execution", "POST", "/execution/{instance}/signal", "{}"),
                handler("evaluate conditions", "POST", "/condition", "{'variables':{'x':{'value':1}}}"),
                handler("execute a timer's job", "POST", "/job/{job}/execute", null),
                handler("move a timer", "PUT", "/job/{job}/duedate", "{'duedate':'2099-01-01T00:00:00.000+0800'}"),
                handler("set a job's retries", "PUT", "/job/{job}/retries", "{'retries':9}"),
                handler(
                        "fetch external tasks",
                        "POST",
                        "/external-task/fetchAndLock",
                        "{'workerId':'x','maxTasks':1,'topics':[{'topicName':'x','lockDuration':1000}]}"),
                handler(
                        "delete history",
                        "POST",
                        "/history/process-instance/delete",
                        "{'historicProcessInstanceIds':['{instance}'],'deleteReason':'x'}"),
                handler("clean history up", "POST", "/history/cleanup", null));
    }

    private static List<Attack> starts() {
        return List.of(
                handler("register without the role", "POST", "/process-definition/key/five-step-zeroing/start", "{}"),
                handler(
                        "send a notification of their own",
                        "POST",
                        "/process-definition/key/notification/start",
                        "{'businessKey':'1'}"),
                handler(
                        "start a look-back",
                        "POST",
                        "/process-definition/key/look-back/start",
                        "{'businessKey':'{item}'}"),
                handler(
                        "withdraw an item without a decision",
                        "POST",
                        "/process-definition/key/withdrawal/start",
                        "{'businessKey':'{item}','startInstructions':[{'type':'startBeforeActivity','activityId':'withdraw-item'}]}"),
                handler(
                        "extend a deadline without a decision",
                        "POST",
                        "/process-definition/key/deadline-extension/start",
                        "{'businessKey':'{item}','startInstructions':[{'type':'startBeforeActivity','activityId':'extend-deadline'}]}"),
                handler(
                        "ask without the start event's guard",
                        "POST",
                        "/process-definition/key/deadline-extension/start",
                        "{'businessKey':'{item}','skipCustomListeners':true,'startInstructions':[{'type':'startBeforeActivity','activityId':'decide-on-extension'}]}"),
                handler(
                        "ask for somebody else's item",
                        "POST",
                        "/process-definition/key/deadline-extension/submit-form",
                        "{'variables':{'itemNo':{'value':'ZG-1999-000001'}}}"),
                registrar(
                        "close an item at the start of a second instance",
                        "POST",
                        "/process-definition/key/five-step-zeroing/start",
                        "{'businessKey':'{item}','startInstructions':[{'type':'startBeforeActivity','activityId':'close-item'}]}"),
                registrar(
                        "begin a second instance at a task",
                        "POST",
                        "/process-definition/key/five-step-zeroing/start",
                        "{'businessKey':'{item}','variables':{'approverGroup':{'value':'registrars'}},'skipCustomListeners':true,'startInstructions':[{'type':'startBeforeActivity','activityId':'sign-off'}]}"),
                registrar(
                        "begin a second instance at the work of somebody",
                        "POST",
                        "/process-definition/key/five-step-zeroing/start",
                        "{'businessKey':'{item}','variables':{'handler':{'value':'handler'}},'startInstructions':[{'type':'startBeforeActivity','activityId':'rectify'}]}"),
                registrar(
                        "begin by id, at a task, without a number",
                        "POST",
                        "/process-definition/{definition}/start",
                        "{'startInstructions':[{'type':'startBeforeActivity','activityId':'rectify'}]}"),
                registrar(
                        "begin at a task with the name escaped",
                        "POST",
                        "/process-definition/key/five-step-zeroing/start",
                        "{'businessKey':'{item}','\\u0073tartInstructions':[{'type':'startBeforeActivity','activityId':'sign-off'}]}"),
                registrar(
                        "begin at a transition",
                        "POST",
                        "/process-definition/key/five-step-zeroing/start",
                        "{'businessKey':'{item}','startInstructions':[{'type':'startTransition','transitionId':'item-accepted'}]}"),
                registrar(
                        "begin a second instance under a number that is taken",
                        "POST",
                        "/process-definition/key/five-step-zeroing/submit-form",
                        "{'businessKey':'{item}','variables':{}}"),
                registrar(
                        "register with a status of choice",
                        "POST",
                        "/process-definition/key/five-step-zeroing/submit-form",
                        "{'variables':{'status':{'value':'CLOSED'}}}"),
                registrar(
                        "reopen an item by its message",
                        "POST",
                        "/message",
                        "{'messageName':'item-reopened','businessKey':'{closed}','resultEnabled':true}"),
                registrar(
                        "start a part by its message",
                        "POST",
                        "/message",
                        "{'messageName':'part-assigned','businessKey':'{item}'}"),
                registrar(
                        "start the fast lane by its message",
                        "POST",
                        "/message",
                        "{'messageName':'fast-lane-opened','businessKey':'{item}','processVariables':{'decision':{'value':'x'}}}"));
    }

    private static List<Attack> administration() {
        return List.of(
                handler(
                        "grant themselves everything",
                        "POST",
                        "/authorization/create",
                        "{'type':1,'permissions':['ALL'],'userId':'handler','resourceType':6,'resourceId':'*'}"),
                handler("delete an authorization", "DELETE", "/authorization/{authorization}", null),
                handler(
                        "store a filter with an expression",
                        "POST",
                        "/filter/create",
                        "{'resourceType':'Task','name':'x','query':{'assigneeExpression':'${runtimeService.deleteProcessInstance(\\\"{instance}\\\",\\\"x\\\")}'}}"),
                handler(
                        "change a filter",
                        "PUT",
                        "/filter/{filter}",
                        "{'resourceType':'Task','name':'x','query':{'assigneeExpression':'${currentUser()}'}}"),
                handler("delete a filter", "DELETE", "/filter/{filter}", null),
                handler(
                        "create a user",
                        "POST",
                        "/user/create",
                        "{'profile':{'id':'evil','firstName':'e','lastName':'e'},'credentials':{'password':'Evil-2026-x'}}"),
                handler(
                        "rename themselves",
                        "PUT",
                        "/user/handler/profile",
                        "{'id':'handler','firstName':'x','lastName':'组长','email':'x@example.org'}"),
                handler(
                        "give themselves a password of the engine's",
                        "PUT",
                        "/user/handler/credentials",
                        "{'password':'Evil-2026-x','authenticatedUserPassword':'guiling-demo'}"),
                handler("delete a user", "DELETE", "/user/reviewer", null),
                handler("create a group", "POST", "/group/create", "{'id':'evil','name':'evil','type':'SYSTEM'}"),
                handler("join the engine's administrators", "PUT", "/group/camunda-admin/members/handler", null),
                handler("create a tenant", "POST", "/tenant/create", "{'id':'evil','name':'evil'}"),
                handler("delete a deployment", "DELETE", "/deployment/{deployment}?cascade=true", null),
                handler("deploy again", "POST", "/deployment/{deployment}/redeploy", "{}"),
                handler(
                        "change how long history is kept",
                        "PUT",
                        "/process-definition/{definition}/history-time-to-live",
                        "{'historyTimeToLive':0}"),
                handler(
                        "evaluate a rule",
                        "POST",
                        "/decision-definition/key/closing-authority/evaluate",
                        "{'variables':{}}"),
                handler(
                        "read the engine's users' numbers",
                        "GET",
                        "/metrics/task-worker/sum?startDate=2020-01-01T00:00:00.000%2B0800",
                        null),
                new Attack(
                        "make themselves the first administrator",
                        "handler",
                        "POST",
                        "/camunda/api/admin/setup/default/user/create",
                        "{'profile':{'id':'evil','firstName':'e','lastName':'e'},'credentials':{'password':'Evil-2026-x'}}",
                        403),
                new Attack(
                        "look into Cockpit",
                        "handler",
                        "GET",
                        "/camunda/api/cockpit/plugin/base/default/process-definition/statistics",
                        null,
                        403),
                new Attack(
                        "look into Cockpit's instances",
                        "handler",
                        "POST",
                        "/camunda/api/cockpit/plugin/base/default/process-instance",
                        "{}",
                        403));
    }

    private static List<Attack> queries() {
        return List.of(
                handler(
                        "evaluate an expression in a task query",
                        "POST",
                        "/task",
                        "{'assigneeExpression':'${runtimeService.deleteProcessInstance(\\\"{instance}\\\",\\\"x\\\")}'}"),
                handler(
                        "evaluate an expression in a date of a task query",
                        "POST",
                        "/task",
                        "{'dueBeforeExpression':'${runtimeService.deleteProcessInstance(\\\"{instance}\\\",\\\"x\\\")}'}"),
                handler(
                        "evaluate an expression in a part of a task query",
                        "POST",
                        "/task",
                        "{'orQueries':[{'taskNameLike':'x'},{'candidateGroupExpression':'${runtimeService.deleteProcessInstance(\\\"{instance}\\\",\\\"x\\\")}'}]}"),
                handler(
                        "evaluate an expression in a count",
                        "POST",
                        "/task/count",
                        "{'owner':'x','ownerExpression':'${runtimeService.deleteProcessInstance(\\\"{instance}\\\",\\\"x\\\")}'}"),
                handler(
                        "evaluate an expression beside a stored filter",
                        "POST",
                        "/filter/{filter}/list",
                        "{'assigneeExpression':'${runtimeService.deleteProcessInstance(\\\"{instance}\\\",\\\"x\\\")}'}"),
                handler(
                        "evaluate an expression beside a stored filter's count",
                        "POST",
                        "/filter/{filter}/count",
                        "{'processInstanceBusinessKeyExpression':'${runtimeService.deleteProcessInstance(\\\"{instance}\\\",\\\"x\\\")}'}"));
    }

    /** Operators, who keep the engine running, may read it and let a failed job try again; nothing more. */
    private static List<Attack> operator() {
        List<Attack> attacks = new ArrayList<>();
        for (String door : List.of(TASKLIST, ENGINE_REST)) {
            String where = door.equals(TASKLIST) ? " in Cockpit" : " by engine-rest";
            Object[][] rows = {
                {"suspend an instance", "PUT", "/process-instance/{instance}/suspended", "{'suspended':true}"},
                {"suspend a model", "PUT", "/process-definition/{definition}/suspended", "{'suspended':true}"},
                {"delete an instance", "DELETE", "/process-instance/{instance}", null},
                {
                    "modify an instance",
                    "POST",
                    "/process-instance/{instance}/modification",
                    "{'instructions':[{'type':'startBeforeActivity','activityId':'close-item'}]}"
                },
                {"set a variable", "PUT", "/process-instance/{instance}/variables/title", "{'value':'x'}"},
                {"complete a task", "POST", "/task/{mine}/complete", "{}"},
                {"delegate a task", "POST", "/task/{mine}/delegate", "{'userId':'operator'}"},
                {"assign a task", "POST", "/task/{mine}/assignee", "{'userId':'operator'}"},
                {"claim a task", "POST", "/task/{free}/claim", "{'userId':'operator'}"},
                {"correlate a message", "POST", "/message", "{'messageName':'item-withdrawn','businessKey':'{item}'}"},
                {"move a timer", "PUT", "/job/{job}/duedate", "{'duedate':'2099-01-01T00:00:00.000+0800'}"},
                {"start an instance", "POST", "/process-definition/key/five-step-zeroing/start", "{}"},
                {"delete a deployment", "DELETE", "/deployment/{deployment}", null},
                {
                    "restart an instance",
                    "POST",
                    "/process-definition/{definition}/restart",
                    "{'processInstanceIds':['{ended-instance}'],'instructions':[{'type':'startBeforeActivity','activityId':'close-item'}]}"
                },
                {
                    "grant a permission",
                    "POST",
                    "/authorization/create",
                    "{'type':1,'permissions':['ALL'],'userId':'operator','resourceType':6,'resourceId':'*'}"
                }
            };
            for (Object[] row : rows) {
                attacks.add(
                        new Attack(row[0] + where, "operator", (String) row[1], door + row[2], (String) row[3], 403));
            }
        }
        return attacks;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isRefusedAndChangesNothing(Attack attack) {
        Caller caller =
                callers.computeIfAbsent(attack.by() + attack.path().startsWith(ENGINE_REST), key -> signedOn(attack));
        Map<String, String> before = DatabaseRows.read(jdbc);

        HttpResponse<String> answer = caller.send(
                attack.method(),
                filled(attack.path()),
                attack.body() == null ? null : "application/json",
                attack.body() == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(filled(attack.body().replace('\'', '"'))));

        assertThat(DatabaseRows.read(jdbc)).isEqualTo(before);
        assertThat(answer.statusCode()).as(answer.body()).isIn((Object[]) attack.statuses());
    }

    private Caller signedOn(Attack attack) {
        if (attack.path().startsWith(ENGINE_REST)) {
            return Caller.script(port, attack.by());
        }
        return Caller.webApp(port, attack.by());
    }

    private static Attack handler(String tries, String method, String path, String body) {
        return new Attack(tries, "handler", method, TASKLIST + path, body, 400, 403, 404);
    }

    private static Attack registrar(String tries, String method, String path, String body) {
        return new Attack(tries, "registrar", method, TASKLIST + path, body, 400, 403, 404, 409);
    }

    private static Attack complete(String tries, String more) {
        return handler(tries, "POST", "/task/{mine}/submit-form", "{'variables':" + "{form}" + more.substring(1) + "}");
    }

    /** The fields as the engine's variables, open at the end for one more. */
    private String form(Map<String, Object> fields) {
        Map<String, Object> variables = new HashMap<>();
        fields.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        try {
            String whole = json.writeValueAsString(variables);
            return whole.substring(0, whole.length() - 1) + ",";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            filled = filled.replace(place.getKey(), place.getValue());
        }
        return filled;
    }

    private String instanceOf(String itemNo) {
        return jdbc.sql(
                        "select id_ from act_ru_execution where business_key_ = ? and proc_def_id_ like 'five-step%' and parent_id_ is null")
                .param(itemNo)
                .query(String.class)
                .single();
    }

    private String one(String query) {
        return jdbc.sql(query).query(String.class).single();
    }
}
