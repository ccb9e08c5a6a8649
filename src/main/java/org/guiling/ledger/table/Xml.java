package org.guiling.ledger.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.guiling.limits.LimitedXml;
import org.guiling.limits.XmlLimitException;
import org.guiling.refusal.RefusedException;

/**
 * Pulls events out of one XML part, no token of which is longer than {@link LimitedXml} allows. A document type is
 * refused: workbooks have none, attacks do.
 */
final class Xml implements Closeable {

    private static final XMLInputFactory FACTORY = factory();

    private final InputStream content;
    private final XMLStreamReader reader;

    Xml(InputStream content) {
        this.content = content;
        try {
            this.reader = FACTORY.createXMLStreamReader(new LimitedXml(content));
        } catch (XMLStreamException | RuntimeException e) {
            throw refused(e);
        }
    }

    /** Goes to the next element start or end, gathering nothing; false at the end of the part. */
    boolean next() {
        return advance(null);
    }

    boolean isStart(String localName) {
        return reader.isStartElement() && reader.getLocalName().equals(localName);
    }

    boolean isEnd(String localName) {
        return reader.isEndElement() && reader.getLocalName().equals(localName);
    }

    /** The value of an attribute whatever its namespace; null without it. */
    String attribute(String localName) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(localName)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** The attribute as a number; the fallback without it. */
    int number(String localName, int fallback) {
        String value = attribute(localName);
        try {
            return value == null ? fallback : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Refusal.damaged(e);
        }
    }

    /** Appends the text up to the next element start or end, no more of it than tells that it is too long. */
    void text(StringBuilder text) {
        advance(text);
    }

    @Override
    public void close() {
        try {
            reader.close();
            content.close();
        } catch (XMLStreamException | IOException e) {
            throw Refusal.damaged(e);
        }
    }

    private boolean advance(StringBuilder text) {
        try {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
                        return true;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (text != null && text.length() <= Limits.CELL_CHARACTERS) {
                            text.append(reader.getText());
                        }
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw Refusal.of("import.file.document-type");
                    default -> {}
                }
            }
            return false;
        } catch (RefusedException e) {
            throw e;
        } catch (XMLStreamException | RuntimeException e) {
            throw refused(e);
        }
    }

    private static RefusedException refused(Exception thrown) {
        return XmlLimitException.in(thrown)
                .map(XmlLimitException::limit)
                .map(limit -> switch (limit) {
                    case DOCUMENT_TYPE -> Refusal.of("import.file.document-type");
                    case ENCODING -> Refusal.damaged(thrown);
                    case LENGTH, DEPTH, ATTRIBUTES, NAMES -> Refusal.of("import.file.xml");
                })
                .orElseGet(() -> Refusal.damaged(thrown));
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }
}
