package org.guiling.engine.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.guiling.text.UnreadableTextException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;

class FaultsTest {

    @Test
    void theCauseTellsWhoseFaultItIs() {
        assertThat(Faults.of(new IllegalStateException(new UnreadableTextException("title"))))
                .hasValue(HttpStatus.BAD_REQUEST);
        assertThat(Faults.of(new OptimisticLockingFailureException("late"))).hasValue(HttpStatus.CONFLICT);
        assertThat(Faults.of(new DataIntegrityViolationException("x", new SQLException("x", "22021"))))
                .hasValue(HttpStatus.BAD_REQUEST);
    }

    @Test
    void whatIsOurFaultStaysOurs() {
        assertThat(Faults.of(new NullPointerException())).isEmpty();
        assertThat(Faults.of(new IllegalArgumentException())).isEmpty();
        assertThat(Faults.of(new ProcessEngineException("x", new SQLException("x", "08006"))))
                .isEmpty();
        assertThat(Faults.ofTheEngine("ProcessEnginePersistenceException", "x")).isEmpty();
        assertThat(Faults.ofTheEngine("RestException", "Cannot get it: Could not open JDBC Connection"))
                .isEmpty();
        assertThat(Faults.ofTheEngine("ProcessEngineException", "Exception while invoking TaskListener"))
                .isEmpty();
    }

    @Test
    void theEnginesRestIsToldByNames() {
        assertThat(Faults.ofTheEngine("NullValueException", "workerId is null")).hasValue(HttpStatus.BAD_REQUEST);
        assertThat(Faults.ofTheEngine("NullPointerException", "x")).hasValue(HttpStatus.BAD_REQUEST);
        assertThat(Faults.ofTheEngine("RestException", "Cannot get variable x: task is null"))
                .hasValue(HttpStatus.BAD_REQUEST);
    }

    @Test
    void theEnginesWordsTellAWrongNumberFromAWrongAddress() {
        assertThat(Faults.ofTheEngine("InvalidRequestException", "No job found with id '0'."))
                .hasValue(HttpStatus.NOT_FOUND);
        assertThat(Faults.ofTheEngine("InvalidRequestException", "ENGINE-13053 No job found with id '0'.'"))
                .hasValue(HttpStatus.NOT_FOUND);
        assertThat(
                        Faults.ofTheEngine(
                                "InvalidRequestException",
                                "ENGINE-13054 The number of job retries must be a non-negative Integer, but '-1' has been provided."))
                .hasValue(HttpStatus.BAD_REQUEST);
        assertThat(Faults.ofTheEngine("StringIndexOutOfBoundsException", "begin 0, end 1, length 0"))
                .hasValue(HttpStatus.BAD_REQUEST);
    }

    @Test
    void aValueThatNoColumnTakesIsOfTheData() {
        assertThat(Faults.isOfTheData(new ProcessEngineException("x", new SQLException("too long", "22001"))))
                .isTrue();
        assertThat(Faults.isOfTheData(new ProcessEngineException("x", new SQLException("away", "08006"))))
                .isFalse();
    }

    @Test
    void onlyAQuestionMayBeImpossible() {
        String refused = "ProcessEnginePersistenceException";

        assertThat(Faults.mayBeAnImpossibleQuestion(refused, "/engine-rest/history/process-instance"))
                .isTrue();
        assertThat(Faults.mayBeAnImpossibleQuestion(refused, "/camunda/api/engine/engine/default/task/count"))
                .isTrue();
        assertThat(Faults.mayBeAnImpossibleQuestion(refused, "/engine-rest/message"))
                .isFalse();
        assertThat(Faults.mayBeAnImpossibleQuestion(refused, "/engine-rest/task/1/complete"))
                .isFalse();
        assertThat(Faults.mayBeAnImpossibleQuestion("NullValueException", "/engine-rest/task"))
                .isFalse();
    }
}
