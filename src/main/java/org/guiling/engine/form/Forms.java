package org.guiling.engine.form;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.form.FormValues;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** All forms of the application, read once from the files that are deployed with the models. */
@Component
public class Forms {

    /** Prefix of the codes of all problems that come from a form and not from a rule. */
    public static final String CODES = "form.";

    private final Map<String, Form> forms = new TreeMap<>();
    private final FormCheck check = new FormCheck();

    /** @throws IOException when a form cannot be read */
    public Forms(ObjectMapper json) throws IOException {
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:forms/*.form")) {
            try (InputStream content = file.getInputStream()) {
                Form form = new Form(json.readTree(content));
                forms.put(form.id(), form);
            }
        }
    }

    public Map<String, Form> all() {
        return Map.copyOf(forms);
    }

    /** @throws IllegalArgumentException when there is no such form */
    public Form get(String id) {
        Form form = forms.get(id);
        if (form == null) {
            throw new IllegalArgumentException("There is no form " + id);
        }
        return form;
    }

    /**
     * The name under which a context has the options, {@code {value, label}}, that were once supplied as {@code optionsKey}
     * and are no longer.
     */
    public static String withdrawn(String optionsKey) {
        return optionsKey + "Withdrawn";
    }

    /**
     * Checks what was entered: type, required, length, range, pattern, options, and that every value is an input of the
     * form. Hidden inputs are dropped, as the form itself does.
     *
     * @param entered plain values: text, number, boolean, list of texts
     * @param context what the server knows and the form's conditions and options refer to
     * @throws RefusedException with every problem found
     */
    public FormValues check(String formId, Map<String, Object> entered, Map<String, Object> context) {
        return check.of(get(formId), entered, context);
    }

    /**
     * The ids of the components that their own condition hides, by what is entered so far. A page asks for it that shows
     * the form without knowing its expressions.
     *
     * @param context what the server knows and the form shows
     */
    public Set<String> hidden(String formId, Map<String, Object> entered, Map<String, Object> context) {
        return check.hidden(get(formId), entered, context);
    }
}
