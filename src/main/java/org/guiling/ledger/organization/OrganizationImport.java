package org.guiling.ledger.organization;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.guiling.ledger.organization.OrganizationReport.Flaw;
import org.guiling.ledger.organization.OrganizationReport.Line;
import org.guiling.ledger.organization.OrganizationReport.Outcome;
import org.guiling.ledger.organization.OrganizationWorkbook.Content;
import org.guiling.ledger.organization.OrganizationWorkbook.Entry;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.guiling.organization.change.Transfer;
import org.guiling.organization.change.UnitChanges;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes units and people in from a workbook (组织机构导入): all of it or nothing. A dry run is the import itself, rolled
 * back, so that both find the same. Units and people that the workbook leaves out stay as they are.
 */
@Service
public class OrganizationImport {

    private static final Pattern ROLE_SEPARATOR = Pattern.compile("[、,，;；\\n]");
    /** The cell in which a refusal of {@link OrganizationChanges} is mended, where the two names differ. */
    private static final Map<String, String> COLUMNS =
            Map.of("receivingUnit", "parent", "handler", "parent", "department", "tier", "successor", "unit");

    private final Organization organization;
    private final UnitChanges unitChanges;
    private final OrganizationChanges changes;
    private final OrganizationWords words;
    private final Texts texts;
    private final TransactionTemplate whole;
    private final TransactionTemplate row;

    OrganizationImport(
            Organization organization,
            UnitChanges unitChanges,
            OrganizationChanges changes,
            OrganizationWords words,
            Texts texts,
            PlatformTransactionManager transactions) {
        this.organization = organization;
        this.unitChanges = unitChanges;
        this.changes = changes;
        this.words = words;
        this.texts = texts;
        this.whole = new TransactionTemplate(transactions);
        this.row = new TransactionTemplate(transactions);
        this.row.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * Reads the workbook and does what it says, or tells what it would do.
     *
     * @param fileName the name under which the person knows it
     * @throws RefusedException for anybody but an administrator, and when the file as a whole cannot be read
     */
    public OrganizationReport run(Path file, String fileName, boolean dryRun) {
        changes.requireAdministrator();
        Content content = OrganizationWorkbook.read(file, fileName, words, texts);
        return whole.execute(status -> {
            Map<Entry, Line> lines = new Run(content.entries()).lines();
            List<Line> rows = content.entries().stream().map(lines::get).toList();
            OrganizationReport report = new OrganizationReport(true, rows, content.ignored());
            if (dryRun || !report.isStorable()) {
                status.setRollbackOnly();
                return new OrganizationReport(false, rows, content.ignored());
            }
            return report;
        });
    }

    private final class Run {

        private final List<Entry> entries;
        private final Map<String, Entry> units = new HashMap<>();
        private final Map<String, Entry> people = new HashMap<>();
        private final Set<Entry> begun = new HashSet<>();
        private final Map<Entry, Line> lines = new HashMap<>();

        Run(List<Entry> entries) {
            this.entries = entries;
            of(OrganizationSheet.UNITS).forEach(entry -> units.putIfAbsent(entry.value("code"), entry));
            of(OrganizationSheet.PEOPLE).forEach(entry -> people.putIfAbsent(entry.value("id"), entry));
        }

        Map<Entry, Line> lines() {
            of(OrganizationSheet.UNITS).forEach(this::unit);
            of(OrganizationSheet.PEOPLE)
                    .forEach(entry ->
                            add(entry, "id", people.get(entry.value("id")), () -> apply(entry, person(entry))));
            return lines;
        }

        private List<Entry> of(OrganizationSheet sheet) {
            return entries.stream().filter(entry -> entry.sheet() == sheet).toList();
        }

        /** A unit comes after the one above it, wherever the file has that. */
        private void unit(Entry entry) {
            if (!begun.add(entry)) {
                return;
            }
            Entry above = units.get(entry.value("parent"));
            if (above != null && entry.value("parent") != null) {
                unit(above);
            }
            add(entry, "code", units.get(entry.value("code")), () -> apply(OrganizationImport.this.unit(entry)));
        }

        private void add(Entry entry, String key, Entry first, Supplier<Outcome> change) {
            List<Problem> problems = entry.problems();
            if (problems.isEmpty() && first != entry && entry.value(key) != null) {
                problems = List.of(Problem.of(key, "organization.import.twice", entry.value(key), first.row()));
            }
            Outcome outcome = Outcome.WRONG;
            if (problems.isEmpty()) {
                try {
                    outcome = row.execute(status -> change.get());
                } catch (RefusedException refused) {
                    problems = refused.problems();
                }
            }
            lines.put(
                    entry,
                    new Line(
                            entry.sheetName(),
                            entry.row(),
                            Objects.requireNonNullElse(entry.value(key), ""),
                            Objects.requireNonNullElse(entry.value("name"), ""),
                            outcome,
                            problems.stream()
                                    .map(problem -> flaw(entry, problem))
                                    .toList()));
        }
    }

    private Flaw flaw(Entry entry, Problem problem) {
        String column = problem.field() == null ? null : COLUMNS.getOrDefault(problem.field(), problem.field());
        return new Flaw(entry.cell(column), texts.get(problem.code(), problem.arguments()));
    }

    private Unit unit(Entry entry) {
        String parent = entry.value("parent");
        String tier = entry.value("tier");
        if (tier == null) {
            throw RefusedException.invalid("tier", "organization.unit.tier-missing");
        }
        String meant =
                words.tier(tier).orElseThrow(() -> RefusedException.invalid("tier", "organization.import.tier", tier));
        boolean department = meant.equals(OrganizationWords.DEPARTMENT);
        if (department && parent == null) {
            throw RefusedException.invalid("parent", "organization.unit.parent-missing", name(entry));
        }
        Tier actual = department
                ? organization
                        .unit(parent)
                        .map(Unit::tier)
                        .orElseThrow(() -> RefusedException.invalid(
                                "parent", "organization.unit.parent-unknown", name(entry), parent))
                : Tier.valueOf(meant);
        return new Unit(entry.value("code"), entry.value("name"), actual, parent, department, null);
    }

    private static String name(Entry entry) {
        return Objects.requireNonNullElse(entry.value("name"), "");
    }

    private Outcome apply(Unit unit) {
        Unit before = organization.unit(unit.code()).orElse(null);
        if (before == null) {
            unitChanges.open(unit);
            return Outcome.NEW;
        }
        if (before.equals(unit)) {
            return Outcome.UNCHANGED;
        }
        unitChanges.change(unit, new Transfer(null, null, null));
        return Outcome.CHANGED;
    }

    private Person person(Entry entry) {
        return new Person(entry.value("id"), entry.value("name"), entry.value("unit"), roles(entry.value("roles")));
    }

    private Set<Role> roles(String text) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        ROLE_SEPARATOR
                .splitAsStream(Objects.requireNonNullElse(text, ""))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> words.role(part)
                        .orElseThrow(() -> RefusedException.invalid("roles", "organization.import.role", part)))
                .forEach(roles::add);
        return roles;
    }

    private Outcome apply(Entry entry, Person person) {
        Person before =
                person.id() == null ? null : organization.person(person.id()).orElse(null);
        Addresses known = person.id() == null ? new Addresses(null, null, null) : organization.addresses(person.id());
        Addresses addresses = new Addresses(
                entry.values().getOrDefault("email", known.email()),
                entry.values().getOrDefault("wecom", known.wecomUserId()),
                entry.values().getOrDefault("dingtalk", known.dingtalkUserId()));
        if (before == null) {
            changes.addPerson(person, addresses);
            return Outcome.NEW;
        }
        boolean same = before.name().equals(person.name())
                && before.unitCode().equals(person.unitCode())
                && before.roles().equals(person.roles());
        if (same && addresses.equals(known)) {
            return Outcome.UNCHANGED;
        }
        if (!same) {
            changes.changePerson(person, new Succession(null, null));
        }
        changes.changeAddresses(person.id(), addresses);
        return Outcome.CHANGED;
    }
}
