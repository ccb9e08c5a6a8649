package org.guiling.evidence.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks through one XML part of an office document for what acts when the document is opened: content types,
 * relationships, fields and formulas, wherever they stand and whatever the part is called.
 */
final class OfficePart {

    private static final int DEEPEST = 256;
    private static final int LONGEST_CODE = 64 * 1024;

    private static final Set<String> ENCODINGS = Set.of("UTF-8", "UTF8", "US-ASCII", "ASCII");
    private static final Set<String> MACRO_TYPES =
            Set.of("macroenabled", "vbaproject", "vbadata", "macrosheet", "dialogsheet", "sheet.binary");
    private static final Set<String> OBJECT_TYPES = Set.of("activex", "oleobject", "webextension");
    private static final Set<String> EXTERNAL_TYPES =
            Set.of("externallink", "spreadsheetml.connections", "spreadsheetml.querytable");

    /** The last part of a relationship's type, which is the same in both editions of the standard. */
    private static final Set<String> MACRO_RELATIONS =
            Set.of("vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet", "attachedtoolbars");

    private static final Set<String> OBJECT_RELATIONS = Set.of(
            "oleobject",
            "control",
            "activexcontrolbinary",
            "activex",
            "webextension",
            "webextensiontaskpanes",
            "afchunk");
    private static final Set<String> EXTERNAL_RELATIONS = Set.of(
            "attachedtemplate",
            "externallink",
            "externallinkpath",
            "externallinklongpath",
            "frame",
            "subdocument",
            "mailmergesource",
            "mailmergeheadersource",
            "connections",
            "querytable");

    /** Fields that start a program or fetch a file (ECMA-376, part 1, 17.16.5, and those of older versions). */
    private static final Set<String> FIELDS = Set.of(
            "DDE",
            "DDEAUTO",
            "INCLUDE",
            "INCLUDETEXT",
            "INCLUDEPICTURE",
            "IMPORT",
            "LINK",
            "RD",
            "DATABASE",
            "HTMLCONTROL");

    /** A field's code behind its name. */
    private static final Pattern NAMED = Pattern.compile("\\s*(?:\\S+\\s|=).*", Pattern.DOTALL);

    private static final Pattern ACTING_FORMULA = Pattern.compile(
            "(?<![\\w.])(?:_xlfn\\.|_xlws\\.)*(?:WEBSERVICE|IMAGE|RTD|CALL|REGISTER(?:\\.ID)?|EXEC)\\s*\\(|\\w\\|\\s*'",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> FORMULAS = Set.of(
            "f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula");
    private static final Pattern SCHEME = Pattern.compile("^([a-z][a-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Set<String> LINKED = Set.of("http", "https", "mailto", "tel");

    private final String name;
    private final XMLStreamReader reader;
    /** The code of each field that is open, the innermost first. */
    private final Deque<StringBuilder> codes = new ArrayDeque<>();

    private boolean inInstruction;
    private StringBuilder formula;

    OfficePart(String name, XMLStreamReader reader) {
        this.name = name;
        this.reader = reader;
    }

    /** @throws ActiveContentException when there is anything of that kind, or it is no XML that every program reads alike */
    void check() throws ActiveContentException, XMLStreamException {
        require(isPlainEncoding(reader.getCharacterEncodingScheme()), ActiveContent.STRUCTURE);
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    require(++depth <= DEEPEST, ActiveContent.STRUCTURE);
                    start(reader.getLocalName());
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    end(reader.getLocalName());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text();
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> refuse(ActiveContent.STRUCTURE);
                default -> {}
            }
        }
        for (StringBuilder open : codes) {
            field(open.toString());
        }
    }

    /** Also when the part is read as UTF-8 whatever it says, other programs go by what it says. */
    private static boolean isPlainEncoding(String encoding) {
        return encoding == null || ENCODINGS.contains(encoding.toUpperCase(Locale.ROOT));
    }

    private void start(String element) throws ActiveContentException {
        switch (element) {
            case "Default", "Override" -> contentType(attribute("ContentType"));
            case "Relationship" -> relationship();
            case "fldSimple" -> field(attribute("instr"));
            case "fldChar" -> fieldCharacter(attribute("fldCharType"));
            case "instrText", "delInstrText" -> inInstruction = true;
            case "ddeLink", "ddeItem" -> refuse(ActiveContent.FIELDS);
            // A page of the web within a text.
            case "webVideoPr" -> refuse(ActiveContent.OBJECTS);
            case "oleLink", "connectString" -> refuse(ActiveContent.EXTERNAL);
            default -> {
                if (FORMULAS.contains(element)) {
                    require(!isTrue("xlm") && !isTrue("vbProcedure"), ActiveContent.MACROS);
                    formula = new StringBuilder();
                }
            }
        }
        String source = attribute("src");
        require(source.isEmpty() || !isElsewhere(source), ActiveContent.EXTERNAL);
    }

    private void end(String element) throws ActiveContentException {
        if (element.equals("instrText") || element.equals("delInstrText")) {
            inInstruction = false;
        } else if (formula != null && FORMULAS.contains(element)) {
            require(!ACTING_FORMULA.matcher(formula).find(), ActiveContent.FIELDS);
            formula = null;
        }
    }

    private void text() throws ActiveContentException {
        StringBuilder code = formula != null ? formula : inInstruction ? codes.peek() : null;
        if (code != null) {
            code.append(reader.getText());
            require(code.length() <= LONGEST_CODE, ActiveContent.STRUCTURE);
        }
    }

    private void contentType(String type) throws ActiveContentException {
        String lower = type.toLowerCase(Locale.ROOT);
        require(MACRO_TYPES.stream().noneMatch(lower::contains), ActiveContent.MACROS);
        require(OBJECT_TYPES.stream().noneMatch(lower::contains), ActiveContent.OBJECTS);
        require(EXTERNAL_TYPES.stream().noneMatch(lower::contains), ActiveContent.EXTERNAL);
    }

    private void relationship() throws ActiveContentException {
        String type = attribute("Type").strip().toLowerCase(Locale.ROOT);
        String kind = type.substring(type.lastIndexOf('/') + 1);
        require(!MACRO_RELATIONS.contains(kind), ActiveContent.MACROS);
        require(!OBJECT_RELATIONS.contains(kind), ActiveContent.OBJECTS);
        // The numbers behind a chart are a workbook of its own; any other package is an object.
        boolean isOfChart = name.toLowerCase(Locale.ROOT).contains("charts/_rels/");
        require(!kind.equals("package") || isOfChart, ActiveContent.OBJECTS);
        require(!EXTERNAL_RELATIONS.contains(kind), ActiveContent.EXTERNAL);
        String target = attribute("Target").strip();
        boolean isExternal = attribute("TargetMode").strip().equalsIgnoreCase("External");
        if (kind.equals("hyperlink")) {
            require(isPlainLink(target), ActiveContent.EXTERNAL);
        } else {
            require(!isExternal && !isElsewhere(target), ActiveContent.EXTERNAL);
        }
    }

    /** Something to click on: a page, an address, or a file beside the document. */
    private static boolean isPlainLink(String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        var scheme = SCHEME.matcher(lower);
        return scheme.matches()
                ? LINKED.contains(scheme.group(1))
                : !lower.startsWith("\\\\") && !lower.startsWith("//");
    }

    private static boolean isElsewhere(String target) {
        String stripped = target.strip().toLowerCase(Locale.ROOT);
        return stripped.startsWith("\\\\")
                || stripped.startsWith("//")
                || SCHEME.matcher(stripped).matches() && !stripped.startsWith("data:");
    }

    private void fieldCharacter(String type) throws ActiveContentException {
        switch (type) {
            case "begin" -> {
                // Else the name of the outer field would be what the inner one makes of it.
                require(codes.isEmpty() || NAMED.matcher(codes.peek()).matches(), ActiveContent.FIELDS);
                require(codes.size() < DEEPEST, ActiveContent.STRUCTURE);
                codes.push(new StringBuilder());
            }
            case "separate" -> {
                if (!codes.isEmpty()) {
                    field(codes.peek().toString());
                    // The field's result follows, in which fields may stand.
                    codes.peek().append(" . ");
                }
            }
            case "end" -> {
                if (!codes.isEmpty()) {
                    field(codes.pop().toString());
                }
            }
            default -> {}
        }
    }

    private void field(String code) throws ActiveContentException {
        String stripped = code.strip().replaceAll("^[\"“”\\s]+", "");
        String field = stripped.split("[\\s\"“”\\\\]", 2)[0].toUpperCase(Locale.ROOT);
        require(!FIELDS.contains(field), ActiveContent.FIELDS);
    }

    /** The value whatever its namespace; empty without it. */
    private String attribute(String localName) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(localName)) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    private boolean isTrue(String attribute) {
        String value = attribute(attribute);
        return value.equals("1") || value.equalsIgnoreCase("true");
    }

    private void require(boolean condition, ActiveContent found) throws ActiveContentException {
        if (!condition) {
            refuse(found);
        }
    }

    private void refuse(ActiveContent found) throws ActiveContentException {
        throw new ActiveContentException(found, name);
    }
}
