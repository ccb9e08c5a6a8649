package org.guiling.engine.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.guiling.workflow.form.Field;
import org.guiling.workflow.form.FormContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys that Java reads are those of the form files, both ways, and of the same kind. */
class FormContractTest {

    private static final Map<Field.Kind, Set<FormField.Type>> TYPES = new EnumMap<>(Map.of(
            Field.Kind.TEXT, Set.of(FormField.Type.TEXT, FormField.Type.CHOICE),
            Field.Kind.NUMBER, Set.of(FormField.Type.NUMBER),
            Field.Kind.DATE, Set.of(FormField.Type.DATE),
            Field.Kind.FLAG, Set.of(FormField.Type.CHECKBOX),
            Field.Kind.CODE, Set.of(FormField.Type.CHOICE),
            Field.Kind.LIST, Set.of(FormField.Type.CHOICES)));

    @Test
    void everyFormHasAContractAndTheOtherWayRound() {
        String[] files = new File("forms").list();
        assertThat(files).isNotNull();
        assertThat(FormContracts.ALL.stream().map(contract -> contract.id() + ".form"))
                .containsExactlyInAnyOrder(files);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyKeyOfTheContractIsInTheFileAndTheOtherWayRound(FormContract contract) throws IOException {
        Map<String, Set<FormField.Type>> declared = new TreeMap<>();
        contract.fields().forEach(field -> declared.put(field.key(), TYPES.get(field.kind())));
        Map<String, FormField.Type> inFile =
                fields(contract).stream().collect(Collectors.toMap(FormField::key, FormField::type));
        assertThat(declared.keySet()).as(contract.id()).containsExactlyInAnyOrderElementsOf(inFile.keySet());
        inFile.forEach((key, type) ->
                assertThat(declared.get(key)).as(contract.id() + ", " + key).contains(type));
    }

    /** Of some codes a form offers only those that suit it; where the server supplies them, the record refuses others. */
    @ParameterizedTest
    @MethodSource("contracts")
    void javaUnderstandsEveryOptionOfTheFile(FormContract contract) throws IOException {
        Map<String, FormField> inFile =
                fields(contract).stream().collect(Collectors.toMap(FormField::key, field -> field));
        for (Field<?> field : contract.fields()) {
            Set<String> options = inFile.get(field.key()).options();
            if (options != null) {
                assertThat(field.codes()).as(contract.id() + ", " + field.key()).containsAll(options);
            }
        }
    }

    @Test
    void everyFieldThatIsNamedIsRead() {
        JavaClasses product = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.guiling.workflow", "org.guiling.engine");
        assertThat(product.stream()
                        .flatMap(each -> each.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Field.class))
                        .filter(field -> !isRead(field))
                        .map(JavaField::getFullName))
                .isEmpty();
    }

    private static boolean isRead(JavaField field) {
        return field.getAccessesToSelf().stream()
                .anyMatch(access -> field.getModifiers().contains(JavaModifier.STATIC)
                        ? !access.getOrigin().getName().equals("<clinit>")
                        : !access.getOrigin().getName().equals("<init>"));
    }

    private static List<FormField> fields(FormContract contract) throws IOException {
        return new Form(new ObjectMapper().readTree(new File("forms/" + contract.id() + ".form")))
                .fields().stream().map(Form.Placed::field).toList();
    }

    private static List<FormContract> contracts() {
        return FormContracts.ALL;
    }
}
