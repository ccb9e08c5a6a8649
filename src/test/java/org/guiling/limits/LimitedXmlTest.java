package org.guiling.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.guiling.limits.XmlLimitException.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every token has its end before a parser holds it. */
class LimitedXmlTest {

    /** Each at its limit, and one more. */
    static Stream<Arguments> atTheirLimits() {
        return Stream.of(
                limit("an attribute", Limit.LENGTH, n -> "<a b=\"" + "x".repeat(LimitedXml.TAG - 6 + n) + "\"/>"),
                limit("a name", Limit.LENGTH, n -> "<a " + "b".repeat(LimitedXml.TAG - 5 + n) + "=\"\"/>"),
                limit("blanks in a tag", Limit.LENGTH, n -> "<a" + " ".repeat(LimitedXml.TAG - 1 + n) + "/>"),
                limit("an end tag", Limit.LENGTH, n -> "<a></a" + " ".repeat(LimitedXml.TAG - 1 + n) + ">"),
                limit("a text", Limit.LENGTH, n -> "<a>" + "x".repeat(LimitedXml.TEXT + n) + "</a>"),
                limit("a comment", Limit.LENGTH, n -> "<a><!--" + "x".repeat(LimitedXml.TEXT - 3 + n) + "--></a>"),
                limit(
                        "an endless comment",
                        Limit.LENGTH,
                        n -> "<a><!-->" + "<!---->".repeat(n) + "x".repeat(n == 0 ? 9 : LimitedXml.TEXT) + "--></a>"),
                limit(
                        "a CDATA section",
                        Limit.LENGTH,
                        n -> "<a><![CDATA[" + "x".repeat(LimitedXml.TEXT - 8 + n) + "]]></a>"),
                limit(
                        "an instruction",
                        Limit.LENGTH,
                        n -> "<a><?b " + "x".repeat(LimitedXml.INSTRUCTION - 3 + n) + "?></a>"),
                limit(
                        "blanks before all",
                        Limit.LENGTH,
                        n -> " ".repeat(LimitedXml.INSTRUCTION * (1 + n) - 9) + "<a/>"),
                limit(
                        "depth",
                        Limit.DEPTH,
                        n -> "<a>".repeat(LimitedXml.DEPTH + n) + "</a>".repeat(LimitedXml.DEPTH + n)),
                limit(
                        "depth with an empty element at the bottom",
                        Limit.DEPTH,
                        n -> "<a>".repeat(LimitedXml.DEPTH - 1 + n) + "<b/>" + "</a>".repeat(LimitedXml.DEPTH - 1 + n)),
                limit("attributes", Limit.ATTRIBUTES, n -> "<a " + many(LimitedXml.ATTRIBUTES + n, "b%d='' ") + "/>"),
                limit("names of elements", Limit.NAMES, n -> "<a>" + many(LimitedXml.NAMES - 1 + n, "<b%d/>") + "</a>"),
                limit(
                        "names of attributes",
                        Limit.NAMES,
                        n -> "<a>" + many(LimitedXml.NAMES - 2 + n, "<c b%d=\"\"/>") + "</a>"),
                limit(
                        "names of namespaces",
                        Limit.NAMES,
                        n -> "<a>" + many(LimitedXml.NAMES - 3 + n, "<c xmlns:d='u%d'/>") + "</a>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("atTheirLimits")
    void oneMoreIsOneTooMany(String what, Limit limit, IntToXml xml) throws IOException {
        assertThatCode(() -> LimitedXml.require(stream(xml.of(0)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> LimitedXml.require(stream(xml.of(1))))
                .isInstanceOfSatisfying(XmlLimitException.class, refused -> assertThat(refused.limit())
                        .isEqualTo(limit));
    }

    /** A parser behind it reads the same XML as one in front of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a b='>' c=\"'\"><!-- > \" ' <b> --><b/><![CDATA[<c>]]]]><![CDATA[>]]><?d > ?><e f = 'x' />t</a>",
                "<a><!----><b/><!-- - -> --></a>",
                "<a><![CDATA[]]></a>",
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a xmlns='x' xmlns:y=\"z\"><y:b y:c='d'/></a>\n",
                "\ufeff<a>题</a>",
            })
    void whatKeepsTheLimitsIsReadAsItIs(String xml) throws Exception {
        assertThat(events(new LimitedXml(stream(xml)))).isEqualTo(events(stream(xml)));
    }

    @ParameterizedTest
    @CsvSource({"processes/time-limits.dmn", "processes/five-step-zeroing.bpmn"})
    void ourOwnKeepThem(String file) throws Exception {
        byte[] content = Files.readAllBytes(Path.of(file));
        assertThat(events(new LimitedXml(new ByteArrayInputStream(content))))
                .isEqualTo(events(new ByteArrayInputStream(content)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32", "IBM037"})
    void markupOfSeveralBytesIsRefused(String encoding) {
        byte[] xml = ("<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><a/>").getBytes(Charset.forName(encoding));
        assertThatThrownBy(() -> LimitedXml.require(new ByteArrayInputStream(xml)))
                .isInstanceOfSatisfying(XmlLimitException.class, refused -> assertThat(refused.limit())
                        .isEqualTo(Limit.ENCODING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "utf-7", "ISO-2022-JP", "IBM037", "x"})
    void whatIsSaidToBeAnotherEncodingIsRefused(String encoding) {
        assertThatThrownBy(() -> LimitedXml.require(stream("<?xml version='1.0' encoding = '" + encoding + "'?><a/>")))
                .isInstanceOf(XmlLimitException.class);
    }

    @Test
    void aDocumentTypeIsRefused() {
        assertThatThrownBy(() -> LimitedXml.require(stream("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")))
                .isInstanceOfSatisfying(XmlLimitException.class, refused -> assertThat(refused.limit())
                        .isEqualTo(Limit.DOCUMENT_TYPE));
    }

    @Test
    void aSingleByteIsLookedAtToo() throws IOException {
        try (InputStream xml = new LimitedXml(stream("<a>".repeat(LimitedXml.DEPTH + 1)))) {
            assertThatThrownBy(() -> {
                        while (xml.read() >= 0) {
                            // Byte by byte.
                        }
                    })
                    .isInstanceOf(XmlLimitException.class);
        }
        assertThatThrownBy(() -> new LimitedXml(stream("<a>".repeat(LimitedXml.DEPTH + 1))).skip(8192))
                .isInstanceOf(XmlLimitException.class);
    }

    /** XML with so much more than its limit. */
    private interface IntToXml {
        String of(int more);
    }

    private static Arguments limit(String what, Limit limit, IntToXml xml) {
        return Arguments.of(what, limit, xml);
    }

    private static String many(int count, String format) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
    }

    private static InputStream stream(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String events(InputStream xml) throws XMLStreamException {
        XMLStreamReader reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(xml);
        StringBuilder events = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            events.append(event).append(reader.hasName() ? reader.getLocalName() : "");
            for (int i = 0; event == XMLStreamConstants.START_ELEMENT && i < reader.getAttributeCount(); i++) {
                events.append(reader.getAttributeLocalName(i)).append(reader.getAttributeValue(i));
            }
            events.append(reader.hasText() ? reader.getText() : "").append('\n');
        }
        return events.toString();
    }
}
