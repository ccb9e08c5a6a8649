package org.guiling.customization;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import org.guiling.refusal.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the texts that may replace a shipped one, and that nobody has to know how patterns are written. */
class TextRulesTest {

    private static final String SUBJECT = "【归零】{0}：{1}";

    @Test
    void argumentsMayMoveAndEverythingElseMayBeAnother() {
        assertThat(faults("{1} 有新情况（{0}），请看", SUBJECT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "【归零】{0}, rules.text.missing, {1}",
        "没有编号, rules.text.missing, {0} {1}",
        "｛0｝：{1}, rules.text.missing, {0}",
        "{0}：{1} {2}, rules.text.unknown, {2}",
        "{0}：{1} {00}, rules.text.unknown, {00}"
    })
    void argumentsAreThoseOfTheShippedText(String words, String code, String told) {
        assertThat(faults(words, SUBJECT)).containsExactly(Problem.of("chinese", code, told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{0}：{1} {", "{0}：{1} }", "{0}：{1} {x}", "{0}：{1} {}", "{0,number}：{0}{1}"})
    void bracesArePlaceholdersOnly(String words) {
        assertThat(codes(words, SUBJECT, TextSection.NOTICE)).containsExactly("rules.text.braces");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{0}：{1} [看](这里)",
                "**{0}**：{1}",
                "{0}：{1}<@all>",
                "`{0}` {1}",
                "{0}：{1} https:" + "//example.org",
                "{0}：{1} WWW.example.org"
            })
    void aNoticeHasNeitherMarkupNorAddresses(String words) {
        assertThat(codes(words, SUBJECT, TextSection.NOTICE)).containsExactly("rules.text.markup");
        assertThat(codes(words, SUBJECT, TextSection.HELP)).isEmpty();
    }

    @Test
    void lengthIsCountedInCharactersThatPeopleSee() {
        // given characters that Java counts twice
        String thirty = "𠮷".repeat(30);

        assertThat(codes(thirty, "立项建账", TextSection.STEP)).isEmpty();
        assertThat(TextRules.faults("chinese", thirty + "账", "立项建账", TextSection.STEP, false))
                .containsExactly(Problem.of("chinese", "rules.text.long", 30, 31));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u3000"})
    void nothingIsNoText(String entered) {
        assertThat(codes(TextRules.cleaned(entered), "催办", TextSection.NOTICE_KIND))
                .containsExactly("rules.text.blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"催\u0000办", "催\u202e办", "催\u200b办", "催\u2028办", "催\t办"})
    void whatNobodySeesIsRefused(String words) {
        assertThat(codes(words, "催办", TextSection.NOTICE_KIND)).containsExactly("rules.text.invisible");
    }

    @Test
    void linesAreForTextsThatHaveSome() {
        String lines = TextRules.cleaned(" 第一行\r\n第二行\r第三行 ");

        assertThat(lines).isEqualTo("第一行\n第二行\n第三行");
        assertThat(codes(lines, "一行", TextSection.HELP)).containsExactly("rules.text.lines");
        assertThat(TextRules.faults("chinese", lines, "一行\n两行", TextSection.HELP, true))
                .isEmpty();
    }

    @Test
    void anApostropheIsAnApostrophe() {
        String words = "The registrar's {0}, 'quoted'";

        String pattern = TextRules.pattern(words);

        assertThat(new MessageFormat(pattern, Locale.ENGLISH).format(new Object[] {"item"}))
                .isEqualTo("The registrar's item, 'quoted'");
        assertThat(TextRules.words(pattern)).isEqualTo(words);
        assertThat(faults(words, "{0}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{0,choice,1#one|1<{0} many}", "把'{0}'往前移", "a {", "{0,number,#}"})
    void whatNeedsToKnowThePatternsNotationIsLeftOut(String pattern) {
        assertThat(TextRules.isPlain(pattern)).isFalse();
    }

    @Test
    void wordsAndArgumentsArePlain() {
        assertThat(TextRules.isPlain("An item''s page: {0}, {1}")).isTrue();
    }

    private static List<Problem> faults(String words, String shipped) {
        return TextRules.faults("chinese", words, shipped, TextSection.NOTICE, false);
    }

    private static List<String> codes(String words, String shipped, TextSection section) {
        return TextRules.faults("chinese", words, shipped, section, false).stream()
                .map(Problem::code)
                .toList();
    }
}
