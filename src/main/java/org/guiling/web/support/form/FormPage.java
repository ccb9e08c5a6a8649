package org.guiling.web.support.form;

import java.util.List;
import java.util.Map;

/**
 * A form as a page shows it: what its file says, filled with what is known, what was entered and what was wrong with it.
 *
 * @param id the form's id, the name of its file
 * @param problems what is wrong beyond a single input
 * @param problem the rows that say what the item is about, as far as the reader may know it; the page shows them itself
 */
public record FormPage(
        String id, List<Component> components, List<String> problems, List<Map<String, Object>> problem) {

    /**
     * One component of the file.
     *
     * @param id within the form; the element that shows it is named after it
     * @param key the name under which an input is sent; null for what is none
     * @param span how many of 16 columns it takes
     * @param hidden whether its condition hides it now; what is hidden is not sent
     * @param value what an input holds, or the words of a text
     * @param chosen of several values those that are chosen
     * @param step the smallest difference of two numbers; null for what is no number
     * @param heads of a table; empty for what is none
     * @param problems what is wrong with an input
     * @param components what a group holds
     */
    record Component(
            Kind kind,
            String id,
            String key,
            String label,
            String description,
            int span,
            boolean hidden,
            boolean required,
            Rules rules,
            String value,
            List<Option> options,
            List<String> heads,
            List<List<String>> rows,
            List<String> problems,
            List<Component> components) {}

    /** The rules that the browser may already check; the server checks them again. Null means no such rule. */
    record Rules(Integer minLength, Integer maxLength, String pattern, String min, String max, String step) {}

    record Option(String value, String label, boolean chosen) {}

    /** The kinds of components of a form. */
    enum Kind {
        GROUP,
        TEXT,
        /** A table with a column for the label and one for the value. */
        FACTS,
        TABLE,
        TEXTFIELD,
        TEXTAREA,
        NUMBER,
        DATE,
        SELECT,
        RADIO,
        CHECKBOX,
        CHECKLIST;

        public boolean isOfSeveralControls() {
            return this == RADIO || this == CHECKLIST;
        }
    }
}
