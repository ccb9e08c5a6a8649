package org.guiling.ledger.organization;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.ledger.value.Normal;
import org.guiling.organization.Role;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The names of sheets, columns, tiers and roles in a workbook of the organization: Chinese, English, or codes. */
@Component
class OrganizationWords {

    private static final String WORDS = "organization.words.";
    private static final List<Locale> LANGUAGES = List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH);

    /** The word in the column of the tier for a department, whose tier is that of its unit. */
    static final String DEPARTMENT = "DEPARTMENT";

    private static final List<String> TIERS = List.of("CITY", "TOWNSHIP", "VILLAGE", DEPARTMENT);

    private final MessageSource messages;

    OrganizationWords(MessageSource messages) {
        this.messages = messages;
    }

    Optional<OrganizationSheet> sheet(String name) {
        return Arrays.stream(OrganizationSheet.values())
                .filter(sheet -> means(name, WORDS + "sheet." + sheet.key(), sheet.name()))
                .findFirst();
    }

    Optional<String> column(OrganizationSheet sheet, String header) {
        return sheet.columns().stream()
                .filter(column -> means(header, WORDS + sheet.key() + "." + column, column))
                .findFirst();
    }

    /** The name of a tier, or {@link #DEPARTMENT}. */
    Optional<String> tier(String text) {
        return TIERS.stream()
                .filter(tier -> means(text, WORDS + "tier." + tier, tier))
                .findFirst();
    }

    Optional<Role> role(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> means(text, "Role." + role, role.name()))
                .findFirst();
    }

    /** True where the row only shows how rows are written, as that of the template does. */
    boolean isExample(String text) {
        return words(WORDS + "example").anyMatch(word -> Normal.of(text).startsWith(Normal.of(word)));
    }

    private boolean means(String text, String key, String code) {
        return Stream.concat(Stream.of(code), words(key))
                .anyMatch(word -> Normal.ofHeader(word).equals(Normal.ofHeader(text)));
    }

    private Stream<String> words(String key) {
        return LANGUAGES.stream()
                .map(language -> messages.getMessage(key, null, language))
                .flatMap(words -> Arrays.stream(words.split(",")));
    }
}
