package org.guiling.engine.feel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.refusal.RefusedException;

/**
 * Reads an expression before FEEL does and lets through what ends by itself: values, names, lists, ranges to compare with,
 * comparisons, {@code and}, {@code or}, {@code if}, sums and products, one {@code some} or {@code every} over a list that
 * is there, and a few functions. Nothing of it makes a list, a text or a number much larger than what went in.
 *
 * <p>It is a list of what is allowed. FEEL has no limits of its own: {@code for x in 1..1000000000 return x} fills the
 * memory before the first step, a regular expression may search for years, and its parser ends in a
 * {@code StackOverflowError} where brackets are nested a thousand deep. The grammar is that of the DMN specification,
 * chapter 10.3.
 */
public final class BoundedFeel {

    static final int LONGEST = 1_000;
    static final int DEEPEST = 10;

    /** Each is a level for FEEL's interpreter, which calls itself: 500 are more than a thread's stack holds. */
    static final int MAX_OPERATORS = 100;

    private static final int LONGEST_SHOWN = 60;
    private static final Pattern TOKEN = Pattern.compile("\\s*+(?<token>"
            + "\"(?:[^\"\\\\]|\\\\.)*+\""
            + "|\\d{1,15}+(?:\\.\\d{1,15}+)?"
            + "|[\\p{L}_][\\p{L}\\p{N}_]*+"
            + "|\\.\\.|<=|>=|!=|[-+*/=<>()\\[\\],.?])\\s*+");
    private static final Set<String> KEYWORDS = Set.of(
            "if",
            "then",
            "else",
            "some",
            "every",
            "in",
            "satisfies",
            "and",
            "or",
            "between",
            "for",
            "return",
            "function",
            "external",
            "instance",
            "of");
    private static final Set<String> FUNCTIONS = Set.of(
            "not",
            "count",
            "sum",
            "min",
            "max",
            "contains",
            "starts with",
            "ends with",
            "list contains",
            "string length",
            "upper case",
            "lower case",
            "is defined",
            "date");

    private final List<String> tokens;
    private int at;
    private int depth;
    private int operators;
    private boolean quantified;

    private BoundedFeel(List<String> tokens) {
        this.tokens = tokens;
    }

    /**
     * Lets an expression pass, such as a condition or the cell of an output.
     *
     * @throws RefusedException when it is too long, nested too deep, or has anything that is not on the list
     */
    public static void requireExpression(String field, String text) {
        require(field, text, BoundedFeel::expression);
    }

    /**
     * Lets the cell of an input pass: unary tests.
     *
     * @throws RefusedException as {@link #requireExpression}
     */
    public static void requireTests(String field, String text) {
        if (!text.isBlank() && !text.strip().equals("-")) {
            require(field, text, BoundedFeel::tests);
        }
    }

    private static void require(String field, String text, Consumer<BoundedFeel> rule) {
        try {
            BoundedFeel expression = new BoundedFeel(tokens(text));
            rule.accept(expression);
            if (expression.at < expression.tokens.size()) {
                throw new NotAllowed();
            }
        } catch (NotAllowed e) {
            throw RefusedException.invalid(field, "form.expression", shown(text), LONGEST, DEEPEST);
        }
    }

    private static List<String> tokens(String text) {
        if (text.length() > LONGEST) {
            throw new NotAllowed();
        }
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length()) {
            token.region(end, text.length());
            if (!token.lookingAt()) {
                throw new NotAllowed();
            }
            tokens.add(token.group("token"));
            end = token.end();
        }
        return tokens;
    }

    private void tests() {
        do {
            test();
        } while (take(","));
    }

    private void test() {
        takeAny("<=", ">=", "<", ">", "=", "!=");
        expression();
    }

    /** The one rule that others come back to, so that its depth is the depth of all. */
    private void expression() {
        if (++depth > DEEPEST) {
            throw new NotAllowed();
        }
        if (take("if")) {
            expression();
            expect("then");
            expression();
            expect("else");
            expression();
        } else if (takeAny("some", "every")) {
            quantified();
        } else {
            disjunction();
        }
        depth--;
    }

    /** Two of them, one within the other or side by side, would multiply. */
    private void quantified() {
        if (quantified) {
            throw new NotAllowed();
        }
        quantified = true;
        name();
        expect("in");
        if (take("[")) {
            expression();
            while (take(",")) {
                expression();
            }
            expect("]");
        } else {
            path();
        }
        expect("satisfies");
        expression();
    }

    private void disjunction() {
        do {
            comparison();
        } while (takeOperator("or", "and"));
    }

    private void comparison() {
        sum();
        if (takeAny("<=", ">=", "<", ">", "=", "!=")) {
            sum();
        } else if (take("between")) {
            sum();
            expect("and");
            sum();
        } else if (take("in")) {
            test();
        }
    }

    private void sum() {
        do {
            take("-");
            operand();
        } while (takeOperator("+", "-", "*", "/"));
    }

    private void operand() {
        if (take("(")) {
            group(")");
        } else if (take("[")) {
            if (!take("]")) {
                group("]");
            }
        } else if (isLiteral()) {
            at++;
        } else {
            call();
        }
    }

    /** Parses the contents of brackets: a range, an expression, or a list of them. */
    private void group(String end) {
        test();
        if (take("..")) {
            expression();
            if (!takeAny(")", "]")) {
                throw new NotAllowed();
            }
            return;
        }
        while (take(",")) {
            test();
        }
        expect(end);
    }

    /** A name, or a function with what it is asked of. */
    private void call() {
        StringBuilder words = new StringBuilder(name());
        while (at < tokens.size() && isName(tokens.get(at))) {
            words.append(' ').append(name());
        }
        if (take("(")) {
            if (!FUNCTIONS.contains(words.toString())) {
                throw new NotAllowed();
            }
            if (!take(")")) {
                tests();
                expect(")");
            }
        } else if (words.indexOf(" ") >= 0) {
            throw new NotAllowed();
        } else {
            properties();
        }
    }

    private void path() {
        name();
        properties();
    }

    private void properties() {
        while (takeOperator(".")) {
            name();
        }
    }

    private boolean takeOperator(String... allowed) {
        boolean taken = takeAny(allowed);
        if (taken && ++operators > MAX_OPERATORS) {
            throw new NotAllowed();
        }
        return taken;
    }

    private String name() {
        if (at == tokens.size() || !isName(tokens.get(at))) {
            throw new NotAllowed();
        }
        return tokens.get(at++);
    }

    private boolean isLiteral() {
        return at < tokens.size()
                && (tokens.get(at).startsWith("\"")
                        || tokens.get(at).equals("?")
                        || Character.isDigit(tokens.get(at).charAt(0)));
    }

    private static boolean isName(String token) {
        return (Character.isLetter(token.codePointAt(0)) || token.startsWith("_")) && !KEYWORDS.contains(token);
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new NotAllowed();
        }
    }

    private boolean takeAny(String... expected) {
        for (String token : expected) {
            if (take(token)) {
                return true;
            }
        }
        return false;
    }

    private boolean take(String token) {
        boolean found = at < tokens.size() && tokens.get(at).equals(token);
        at += found ? 1 : 0;
        return found;
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    /** Leaves the reading; where it happened says nothing to anybody. */
    private static final class NotAllowed extends RuntimeException {

        NotAllowed() {
            super(null, null, false, false);
        }
    }
}
