package org.guiling.engine.decision;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.Deployment;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.rules.OfficeFileKind;
import org.guiling.rules.OfficeFiles;
import org.guiling.rules.OfficeVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The decision tables in force and the one way to change them: check, see what becomes different, deploy. They are deployed
 * here and not with the models, since the engine deploys everything anew when any of its files has changed, and would put
 * a table of an office out of force with each new version of the product.
 */
@Service
@Order(0)
public class RuleTables implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(RuleTables.class);

    private static final String SOURCE = "guiling";
    /** The deployment name that the starter used, for tables too, before they were deployed here. */
    private static final String DEPLOYED_BY_STARTER = "SpringAutoDeployment";

    private static final int PROBLEMS_TOLD = 10;
    private static final int FILES_KEPT = 16;

    /** Maximum time for asking a file; the shipped ones take less than a second. */
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(30);

    private final RepositoryService repository;
    private final DecisionVersions versions;
    private final OfficeFiles officeFiles;
    private final RuleWords words;

    /** Those in force and those that somebody checks: to read one and to ask it takes the time of many pages. */
    private final Cache<Content, AskedFile> files =
            Caffeine.newBuilder().maximumSize(FILES_KEPT).build();

    RuleTables(RepositoryService repository, DecisionVersions versions, OfficeFiles officeFiles, RuleWords words) {
        this.repository = repository;
        this.versions = versions;
        this.officeFiles = officeFiles;
        this.words = words;
    }

    /** Origin of a table in force. */
    public enum Origin {
        /** The product brought it. */
        SHIPPED,
        /** An administrator put it in force here. */
        OFFICE,
        /** Somebody deployed it at the engine itself. */
        ENGINE
    }

    /**
     * A table in force.
     *
     * @param version the engine's number of it
     * @param history the office's versions, the newest first
     * @param sheet null where it does not keep to the contract, which only one deployed at the engine can fail to
     * @param faults what is wrong with it by the questions that the product asks today; a new version of the product may ask
     *     more
     */
    public record Current(
            RuleTable table,
            int version,
            Origin origin,
            List<OfficeVersion> history,
            RuleSheet sheet,
            List<Problem> faults) {

        /** The newest version, which a change has to name: one that was decided on another is refused. */
        public int expectedVersion() {
            return OfficeVersion.newest(history);
        }
    }

    /**
     * The differences that a file would make.
     *
     * @param expectedVersion the office's newest version when it was compared
     * @param shipped whether the file is the one that the product brings
     * @param words whether any cell or description changes, though no answer may
     */
    public record Difference(
            RuleTable table, int expectedVersion, boolean shipped, boolean words, List<Change> changes) {}

    /**
     * Questions with the same old and the same new answer.
     *
     * @param about the values by input; an input that makes no difference is missing
     * @param before rows that are no more, or that were; empty for no answer
     */
    public record Change(
            Map<String, List<Object>> about, List<Map<String, Object>> before, List<Map<String, Object>> after) {}

    /** Brings what is shipped in force where nobody has put anything else there. */
    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        for (RuleTable table : RuleTable.values()) {
            byte[] wanted = officeFiles
                    .content(OfficeFileKind.DECISION_TABLE, table.key())
                    .orElseGet(table::shipped);
            Optional<DecisionDefinition> latest = latest(table);
            if (latest.isEmpty()) {
                deployAtEngine(table, wanted);
            } else if (!Arrays.equals(content(latest.get()), wanted)) {
                if (isOurs(latest.get())) {
                    deployAtEngine(table, wanted);
                } else {
                    log.warn(
                            "The decision table {} in force was deployed at the engine; it is left as it is",
                            table.key());
                }
            }
        }
    }

    /** @throws RefusedException when the current person is no administrator */
    @Transactional(readOnly = true)
    public Current current(RuleTable table) {
        officeFiles.requireAdministrator();
        DecisionDefinition definition = latest(table).orElseThrow();
        List<OfficeVersion> history = officeFiles.versions(OfficeFileKind.DECISION_TABLE, table.key());
        boolean own = !history.isEmpty() && history.get(0).own();
        Origin origin = !isOurs(definition) ? Origin.ENGINE : own ? Origin.OFFICE : Origin.SHIPPED;
        try {
            AskedFile file = asked(table, content(definition));
            List<Problem> faults =
                    origin == Origin.SHIPPED ? List.of() : file.answers().faults(words);
            return new Current(table, definition.getVersion(), origin, history, file.sheet(), faults);
        } catch (RefusedException otherContract) {
            return new Current(table, definition.getVersion(), origin, history, null, otherContract.problems());
        }
    }

    /** The file of the table in force. */
    @Transactional(readOnly = true)
    public byte[] file(RuleTable table) {
        officeFiles.requireAdministrator();
        return content(latest(table).orElseThrow());
    }

    /**
     * The file of one of the office's versions.
     *
     * @throws RefusedException also when there is none
     */
    @Transactional(readOnly = true)
    public byte[] file(RuleTable table, int version) {
        return officeFiles.file(OfficeFileKind.DECISION_TABLE, table.key(), version);
    }

    /**
     * The file in force with other outputs and descriptions.
     *
     * @param outputs by row and output, as they stand in a file; null leaves one as it is
     */
    @Transactional(readOnly = true)
    public byte[] edited(RuleTable table, List<String> descriptions, List<List<String>> outputs) {
        return RuleTableFile.read(table, file(table)).with(descriptions, outputs);
    }

    /**
     * Says what a file would change; stores nothing.
     *
     * @throws RefusedException when the file cannot be used, with what is wrong with it; or nothing would change
     */
    @Transactional(readOnly = true)
    public Difference check(RuleTable table, byte[] content) {
        officeFiles.requireAdministrator();
        return difference(table, content);
    }

    /**
     * Puts a file in force. Whoever asks the table from then on gets its answers; what was worked out before stays.
     *
     * @param expectedVersion the office's newest version when the person decided
     * @throws RefusedException as {@link #check}, or when somebody else was faster
     */
    @Transactional
    public Difference deploy(RuleTable table, byte[] content, int expectedVersion) {
        officeFiles.requireAdministrator();
        Difference difference = difference(table, content);
        RuleWords chinese = words.chinese();
        officeFiles.put(
                OfficeFileKind.DECISION_TABLE,
                table.key(),
                difference.shipped() ? null : content,
                expectedVersion,
                difference.changes().stream()
                        .map(change -> chinese.line(table, change))
                        .toList());
        deployAtEngine(table, content);
        return difference;
    }

    private Difference difference(RuleTable table, byte[] content) {
        byte[] inForce = content(latest(table).orElseThrow());
        if (Arrays.equals(inForce, content)) {
            throw RefusedException.conflict("rules.same");
        }
        AskedFile file = asked(table, content);
        TableAnswers after = file.answers();
        List<Problem> faults = after.faults(words);
        if (!faults.isEmpty()) {
            throw new RefusedException(
                    RefusedException.Kind.INVALID,
                    faults.stream().limit(PROBLEMS_TOLD).toList());
        }
        Optional<AskedFile> before = askedInForce(table, inForce);
        return new Difference(
                table,
                officeFiles.newest(OfficeFileKind.DECISION_TABLE, table.key()),
                Arrays.equals(table.shipped(), content),
                !before.map(AskedFile::sheet).equals(Optional.of(file.sheet())),
                after.changesSince(before.map(AskedFile::answers)));
    }

    /** The bytes of a table's file. */
    private record Content(RuleTable table, ByteBuffer bytes) {}

    /** @throws RefusedException where it does not keep to the contract */
    private AskedFile asked(RuleTable table, byte[] content) {
        return files.get(
                new Content(table, ByteBuffer.wrap(content)),
                key -> new AskedFile(table, RuleTableFile.read(table, content)));
    }

    /** Empty where the table in force does not keep to the contract. */
    private Optional<AskedFile> askedInForce(RuleTable table, byte[] inForce) {
        try {
            return Optional.of(asked(table, inForce));
        } catch (RefusedException otherContract) {
            return Optional.empty();
        }
    }

    /** A file and what it answers, which is asked when somebody wants to know. */
    private static final class AskedFile {

        private final RuleTable table;
        private final RuleTableFile file;
        private TableAnswers answers;

        AskedFile(RuleTable table, RuleTableFile file) {
            this.table = table;
            this.file = file;
        }

        RuleSheet sheet() {
            return file.sheet();
        }

        synchronized TableAnswers answers() {
            if (answers == null) {
                answers = TableAnswers.of(table, file, LONGEST_ASKED);
            }
            return answers;
        }
    }

    private Optional<DecisionDefinition> latest(RuleTable table) {
        return Optional.ofNullable(repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(table.key())
                .latestVersion()
                .singleResult());
    }

    private boolean isOurs(DecisionDefinition definition) {
        Deployment deployment = repository
                .createDeploymentQuery()
                .deploymentId(definition.getDeploymentId())
                .singleResult();
        return SOURCE.equals(deployment.getSource()) || DEPLOYED_BY_STARTER.equals(deployment.getName());
    }

    private byte[] content(DecisionDefinition definition) {
        try (InputStream file = repository.getDecisionModel(definition.getId())) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deployAtEngine(RuleTable table, byte[] content) {
        try {
            repository
                    .createDeployment()
                    .name(table.key())
                    .source(SOURCE)
                    .addInputStream(table.key() + ".dmn", new ByteArrayInputStream(content))
                    .deploy();
        } catch (ProcessEngineException e) {
            log.warn("The engine does not take the decision table {}", table.key(), e);
            throw RefusedException.invalid("file", "rules.decision.engine");
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                versions.forget(table.key());
            }
        });
    }
}
