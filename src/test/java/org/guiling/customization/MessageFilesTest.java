package org.guiling.customization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.customization.MessageFiles.AllTexts;
import org.guiling.customization.MessageFiles.Changeable;
import org.guiling.customization.MessageFiles.Text;
import org.guiling.customization.MessageFiles.Words;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests which texts an office may replace, how they are kept, and from when on they count. */
@GuilingTest
class MessageFilesTest {

    private static final String STEP = "Step.INTAKE";

    @Autowired
    MessageFiles files;

    @Autowired
    OfficeTexts officeTexts;

    @Autowired
    OfficeFiles officeFiles;

    @Autowired
    AuditTrail auditTrail;

    @Autowired
    Texts texts;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    /** The database is shared: other tests read the shipped texts. */
    @AfterEach
    void backToWhatIsShipped() {
        people.as("administrator", () -> {
            if (files.current().origin() == OfficeFile.Origin.OFFICE) {
                files.restore(expectedVersion());
            }
        });
        assertThat(chinese(STEP)).isEqualTo("立项建账");
    }

    @Test
    void noticesNamesAndHelpCanBeChangedAndNothingElse() {
        List<String> keys = current().content().texts().stream()
                .map(text -> text.what().key())
                .toList();

        assertThat(keys)
                .contains("notice.subject", "notice.hint", "notice.test", "NoticeKind.RED_CARD", "ItemStatus.CLOSED")
                .contains(STEP, "Light.GREY", "Action.CLAIM", "CardState.LIFTED", "DocumentKind.URGING_LETTER")
                .contains("help.role.HANDLER", "help.step.INTAKE", "tour.offer", "start.tasks-empty.registrar")
                .contains("imports.waiting-empty.hint", "SuggestionKind.FAULT")
                .doesNotHaveDuplicates();
        assertThat(keys)
                .noneMatch(key -> key.matches("(refusal|audit|rules|administration|page|nav|problem|facts)\\..*"));
        // codes with a page of their own, in forms or models, in files, and figures
        assertThat(keys).noneMatch(key -> Set.of(
                        "Category",
                        "SourceType",
                        "Level",
                        "Urgency",
                        "Visibility",
                        "RectificationType",
                        "EvidenceType",
                        "Track",
                        "VerificationMethod",
                        "VerificationResult",
                        "UserTask",
                        "Rung",
                        "Role",
                        "Rate")
                .contains(key.substring(0, key.indexOf('.'))));
        assertThat(keys.get(0)).isEqualTo("notice.subject");
        assertThat(keys.subList(keys.indexOf(STEP), keys.indexOf(STEP) + 5))
                .containsExactly(STEP, "Step.OWNERSHIP", "Step.DEADLINE", "Step.VERIFICATION", "Step.CLOSURE");
    }

    @Test
    void whatIsShippedKeepsToTheRules() {
        people.as("administrator", () -> files.current().content().texts().forEach(text -> {
            Changeable what = text.what();
            assertThat(files.check(what.key(), what.shipped())).as(what.key()).isEqualTo(what.shipped());
        }));
    }

    @Test
    void aChangeCountsAtOnceAndSaysWhatItWas() {
        int before = expectedVersion();

        change(STEP, "立项", "The registrar's list");

        assertThat(chinese(STEP)).isEqualTo("立项");
        assertThat(texts.in(Locale.ENGLISH).get(STEP)).isEqualTo("The registrar's list");
        assertThat(texts.in(Locale.UK).get(STEP)).isEqualTo("The registrar's list");
        Text text = current().content().text(STEP);
        assertThat(text.words()).isEqualTo(new Words("立项", "The registrar's list"));
        assertThat(text.changed().version()).isEqualTo(before + 1);
        assertThat(text.changed().madeBy()).isEqualTo("administrator");
        AuditEvent event = newest();
        assertThat(event.subject()).isEqualTo("messages");
        assertThat(event.actor()).isEqualTo("administrator");
        assertThat(event.details().get("kind")).isEqualTo("MESSAGE_TEXTS");
        assertThat(event.details().get("changes").toString())
                .isEqualTo("[Step.INTAKE (zh): 立项建账 ⇒ 立项, Step.INTAKE (en): %s ⇒ The registrar's list]"
                        .formatted(text.what().shipped().english()));

        // another text keeps who changed the first, and only what differs is stored
        change(
                "Light.GREEN",
                "正常",
                current().content().text("Light.GREEN").words().english());
        assertThat(current().content().text(STEP).changed().version()).isEqualTo(before + 1);
        assertThat(new String(
                        people.as(
                                "administrator",
                                () -> officeFiles.file(OfficeTexts.KIND, OfficeTexts.NAME, before + 2)),
                        UTF_8))
                .contains("Light.GREEN:", "chinese: \"正常\"", "Step.INTAKE:")
                .doesNotContain("Green", "OWNERSHIP");
        assertThat(newest().details().get("changes").toString()).isEqualTo("[Light.GREEN (zh): 绿灯 ⇒ 正常]");

        // one goes back to what is shipped, the other stays
        people.as("administrator", () -> files.restore(STEP, before + 2));
        assertThat(chinese(STEP)).isEqualTo("立项建账");
        assertThat(chinese("Light.GREEN")).isEqualTo("正常");
        assertThat(newest().details().get("changes").toString()).startsWith("[Step.INTAKE (zh): 立项 ⇒ 立项建账");

        // and the shipped words entered by hand are the shipped text
        change(
                "Light.GREEN",
                " 绿灯 ",
                current().content().text("Light.GREEN").words().english());
        assertThat(current().origin()).isEqualTo(OfficeFile.Origin.SHIPPED);
        assertThat(current().history().get(0).own()).isFalse();
    }

    @Test
    void whatAnotherNodePutInForceIsNoticed() {
        // given a file of another node, with a text that fits no more and one that this version of the product does not
        // know
        asAnotherNode("""
                Step.INTAKE: {chinese: 建账, version: 1, later: 1}
                notice.subject: {chinese: '没有编号', version: 1}
                gone.text: {chinese: 旧文字, version: 1}
                """);
        assertThat(chinese(STEP)).isEqualTo("立项建账");

        officeTexts.noticeOthers();

        assertThat(chinese(STEP)).isEqualTo("建账");
        assertThat(texts.in(Locale.ENGLISH).get(STEP)).doesNotContain("建账");
        assertThat(chinese("notice.subject")).startsWith("【归零】");
        assertThat(current().content().text("notice.subject").changed()).isNull();

        // what was read before a newer version was put in force does not come back
        int newest = expectedVersion();
        officeTexts.inForce.keep(newest - 1, officeTexts.stored(newest - 1));
        assertThat(chinese(STEP)).isEqualTo("建账");
    }

    @Test
    void whatIsRefusedChangesNothing() {
        int before = expectedVersion();

        assertThatThrownBy(() -> change("notice.hint", "", "*"))
                .isInstanceOfSatisfying(RefusedException.class, refusal -> {
                    assertThat(refusal.problems()).hasSize(2);
                    assertThat(refusal.problems().get(0).field()).isEqualTo("chinese");
                    assertThat(refusal.problems().get(1).field()).isEqualTo("english");
                });
        assertRefused(() -> change("refusal.role.rules", "不行", "No"), RefusedException.Kind.NOT_FOUND);
        assertRefused(() -> change("Category.SAFETY", "安全", "Safety"), RefusedException.Kind.NOT_FOUND);
        Words shipped = current().content().text(STEP).words();
        assertRefused(() -> change(STEP, shipped.chinese(), shipped.english()), RefusedException.Kind.CONFLICT);
        assertRefused(
                () -> people.as("administrator", () -> files.restore(STEP, before)), RefusedException.Kind.CONFLICT);
        assertRefused(
                () -> people.as("administrator", () -> files.change(STEP, new Words("建账", "Intake"), before - 1)),
                RefusedException.Kind.CONFLICT);
        for (String person : List.of("operator", "head")) {
            Words words = new Words("建账", "Intake");
            assertRefused(
                    () -> people.as(person, () -> files.change(STEP, words, before)), RefusedException.Kind.FORBIDDEN);
            assertRefused(() -> people.as(person, files::current), RefusedException.Kind.FORBIDDEN);
        }

        assertThat(expectedVersion()).isEqualTo(before);
        assertThat(chinese(STEP)).isEqualTo("立项建账");
    }

    private void asAnotherNode(String file) {
        jdbc.sql("""
                        insert into office_file (kind, name, version, content, made_by, made_at)
                        values ('MESSAGE_TEXTS', 'messages', ?, ?, 'administrator', ?)""")
                .params(expectedVersion() + 1, file.getBytes(UTF_8), OffsetDateTime.now(clock))
                .update();
    }

    private void change(String key, String chinese, String english) {
        people.as("administrator", () -> files.change(key, new Words(chinese, english), expectedVersion()));
    }

    private OfficeFile<AllTexts> current() {
        return people.as("administrator", files::current);
    }

    private int expectedVersion() {
        return current().expectedVersion();
    }

    private String chinese(String key) {
        return texts.in(Locale.SIMPLIFIED_CHINESE).get(key, "0", "1");
    }

    private AuditEvent newest() {
        return auditTrail.page(AuditEventKind.RULE_CHANGED, null, null, 1).get(0);
    }

    private static void assertRefused(Runnable work, RefusedException.Kind kind) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.kind())
                        .isEqualTo(kind));
    }
}
