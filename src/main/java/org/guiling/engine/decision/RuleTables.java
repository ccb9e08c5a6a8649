package org.guiling.engine.decision;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.Deployment;
import org.guiling.customization.OfficeFile.Origin;
import org.guiling.customization.OfficeFileKind;
import org.guiling.customization.OfficeFiles;
import org.guiling.customization.ReplaceableFiles;
import org.guiling.engine.decision.RuleTables.AnswerChanges;
import org.guiling.engine.decision.RuleTables.TableInForce;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
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
public class RuleTables extends ReplaceableFiles<RuleTable, TableInForce, AnswerChanges> implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(RuleTables.class);

    private static final String SOURCE = "guiling";
    /** The deployment name that the starter used, for tables too, before they were deployed here. */
    private static final String DEPLOYED_BY_STARTER = "SpringAutoDeployment";

    private static final int PROBLEMS_TOLD = 10;
    private static final int FILES_KEPT = 16;

    private final RepositoryService repository;
    private final DecisionVersions versions;
    private final RuleWords words;

    /** Those in force and those that somebody checks: to read one and to ask it takes the time of many pages. */
    private final Cache<Content, RuleTableFile> files =
            Caffeine.newBuilder().maximumSize(FILES_KEPT).build();

    RuleTables(RepositoryService repository, DecisionVersions versions, OfficeFiles officeFiles, RuleWords words) {
        super(OfficeFileKind.DECISION_TABLE, officeFiles);
        this.repository = repository;
        this.versions = versions;
        this.words = words;
    }

    /**
     * A table in force.
     *
     * @param version the engine's number of it
     * @param sheet null where it does not keep to the contract, which only one deployed at the engine can fail to
     * @param faults what is wrong with it by the questions that the product asks today; a new version of the product may ask
     *     more
     */
    public record TableInForce(RuleTable table, int version, RuleSheet sheet, List<Problem> faults) {}

    /**
     * The answers that a file would change.
     *
     * @param words whether any cell or description changes, though no answer may
     */
    public record AnswerChanges(RuleTable table, boolean words, List<Change> changes) {}

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
            byte[] wanted = officeFiles.content(kind(), table.key()).orElseGet(table::shipped);
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

    /**
     * The file in force with other outputs and descriptions.
     *
     * @param outputs by row and output, as they stand in a file; null leaves one as it is
     */
    @Transactional(readOnly = true)
    public byte[] edited(RuleTable table, List<String> descriptions, List<List<String>> outputs) {
        return RuleTableFile.read(table, file(table.key())).with(descriptions, outputs);
    }

    /** Whoever asks the table from then on gets the file's answers; what was worked out before stays. */
    @Override
    @Transactional
    public Difference<AnswerChanges> replace(String key, byte[] content, int expectedVersion) {
        Difference<AnswerChanges> difference = super.replace(key, content, expectedVersion);
        deployAtEngine(known(key), content);
        return difference;
    }

    @Override
    @Transactional
    public void restore(String key, int expectedVersion) {
        replace(key, known(key).shipped(), expectedVersion);
    }

    @Override
    protected List<String> names() {
        return Stream.of(RuleTable.values()).map(RuleTable::key).toList();
    }

    @Override
    public RuleTable known(String key) {
        return RuleTable.of(key).orElseThrow(() -> unknown(key));
    }

    @Override
    protected Origin origin(RuleTable table, boolean own) {
        return isOurs(latest(table).orElseThrow()) ? super.origin(table, own) : Origin.ENGINE;
    }

    @Override
    protected TableInForce content(RuleTable table, Origin origin) {
        DecisionDefinition definition = latest(table).orElseThrow();
        try {
            RuleTableFile file = read(table, content(definition));
            List<Problem> faults =
                    origin == Origin.SHIPPED ? List.of() : file.answers().faults(words);
            return new TableInForce(table, definition.getVersion(), file.sheet(), faults);
        } catch (RefusedException otherContract) {
            return new TableInForce(table, definition.getVersion(), null, otherContract.problems());
        }
    }

    @Override
    protected Optional<byte[]> inForce(RuleTable table) {
        return latest(table).map(this::content);
    }

    @Override
    protected Difference<AnswerChanges> difference(RuleTable table, byte[] content) {
        requireOther(table, content);
        RuleTableFile file = read(table, content);
        TableAnswers after = file.answers();
        List<Problem> faults = after.faults(words);
        if (!faults.isEmpty()) {
            throw new RefusedException(
                    RefusedException.Kind.INVALID,
                    faults.stream().limit(PROBLEMS_TOLD).toList());
        }
        Optional<RuleTableFile> before = readInForce(table);
        List<Change> changes = after.changesSince(before.map(RuleTableFile::answers));
        RuleWords chinese = words.chinese();
        return difference(
                table.key(),
                Arrays.equals(table.shipped(), content),
                changes.stream().map(change -> chinese.line(table, change)).toList(),
                new AnswerChanges(table, !before.map(RuleTableFile::sheet).equals(Optional.of(file.sheet())), changes));
    }

    /** The bytes of a table's file. */
    private record Content(RuleTable table, ByteBuffer bytes) {}

    /** @throws RefusedException where it does not keep to the contract */
    private RuleTableFile read(RuleTable table, byte[] content) {
        return files.get(new Content(table, ByteBuffer.wrap(content)), key -> RuleTableFile.read(table, content));
    }

    /** Empty where the table in force does not keep to the contract. */
    private Optional<RuleTableFile> readInForce(RuleTable table) {
        try {
            return inForce(table).map(content -> read(table, content));
        } catch (RefusedException otherContract) {
            return Optional.empty();
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
