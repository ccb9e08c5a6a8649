package org.guiling.ledger.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Separated values as offices write them: UTF-8, UTF-16 or GB18030; comma, semicolon or tab. */
final class CsvReader implements TableReader {

    private static final char[] DELIMITERS = {',', ';', '\t'};
    private static final int ROWS_THAT_TELL = 11;
    private static final int BYTE_ORDER_MARK = 0xfeff;
    private static final Pattern GUARDED = Pattern.compile("^=\"([^\"]*)\"$");

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private boolean sheetTaken;

    private CsvReader(CSVParser parser) {
        this.parser = parser;
        this.records = parser.iterator();
    }

    static CsvReader open(Path file, Predicate<String> isHeader) throws IOException {
        Charset charset = charset(file);
        return new CsvReader(parser(file, charset, delimiter(file, charset, isHeader)));
    }

    @Override
    public boolean nextSheet() {
        boolean first = !sheetTaken;
        sheetTaken = true;
        return first;
    }

    @Override
    public String sheet() {
        return null;
    }

    @Override
    public Row nextRow() {
        try {
            while (records.hasNext()) {
                CSVRecord record = records.next();
                Row row = row(record);
                if (!row.cells().isEmpty()) {
                    return row;
                }
            }
            return null;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw Refusal.of("import.csv.quotes", parser.getCurrentLineNumber());
        }
    }

    @Override
    public List<Merge> merges() {
        return List.of();
    }

    @Override
    public List<String> hiddenSheets() {
        return List.of();
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(CSVRecord record) {
        int number = Math.toIntExact(record.getRecordNumber());
        List<Cell> cells = new ArrayList<>();
        for (int column = 0; column < record.size(); column++) {
            String raw = record.get(column);
            if (raw.length() > Limits.CELL_CHARACTERS) {
                throw Refusal.of("import.cell.long", number, Limits.CELL_CHARACTERS);
            }
            String text = unguarded(CellText.clean(raw));
            if (!text.isEmpty()) {
                if (column >= Limits.COLUMNS) {
                    throw Refusal.of("import.columns", Limits.COLUMNS);
                }
                while (cells.size() < column) {
                    cells.add(null);
                }
                cells.add(Cell.text(text));
            }
        }
        return new Row(number, cells);
    }

    /** Programs write {@code ="001"} so that spreadsheets take digits for a text. */
    private static String unguarded(String text) {
        return GUARDED.matcher(text).replaceFirst("$1");
    }

    /** The character set of the file's byte order mark, else the one in which every byte of the file makes sense. */
    private static Charset charset(Path file) throws IOException {
        Optional<Charset> marked = markedUtf16(file);
        if (marked.isPresent()) {
            if (reads(file, marked.get())) {
                return marked.get();
            }
            throw Refusal.of("import.csv.encoding");
        }
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
            if (reads(file, charset)) {
                return charset;
            }
        }
        throw Refusal.of("import.csv.encoding");
    }

    private static Optional<Charset> markedUtf16(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            int first = content.read();
            int second = content.read();
            if (first == 0xff && second == 0xfe) {
                return Optional.of(StandardCharsets.UTF_16LE);
            }
            return first == 0xfe && second == 0xff ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
        }
    }

    private static boolean reads(Path file, Charset charset) throws IOException {
        try (Reader reader = reader(file, charset)) {
            char[] buffer = new char[8192];
            for (int length = reader.read(buffer); length >= 0; length = reader.read(buffer)) {
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\0') {
                        throw Refusal.of("import.file.binary");
                    }
                }
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The delimiter under which one of the first rows shows the most headers. */
    private static char delimiter(Path file, Charset charset, Predicate<String> isHeader) throws IOException {
        char best = DELIMITERS[0];
        long most = 0;
        for (char delimiter : DELIMITERS) {
            try (CsvReader reader = new CsvReader(parser(file, charset, delimiter))) {
                long headers = mostHeaders(reader, isHeader);
                if (headers > most) {
                    best = delimiter;
                    most = headers;
                }
            }
        }
        return best;
    }

    private static long mostHeaders(CsvReader reader, Predicate<String> isHeader) {
        long most = 0;
        try {
            for (int i = 0; i < ROWS_THAT_TELL && reader.records.hasNext(); i++) {
                CSVRecord record = reader.records.next();
                most = Math.max(most, record.stream().filter(isHeader).count());
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            // Not this delimiter, or a flaw that the reading itself will name.
            return most;
        }
        return most;
    }

    private static CSVParser parser(Path file, Charset charset, char delimiter) throws IOException {
        return CSVParser.builder()
                .setReader(reader(file, charset))
                .setFormat(CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(delimiter)
                        .setIgnoreEmptyLines(false)
                        .get())
                .get();
    }

    private static Reader reader(Path file, Charset charset) throws IOException {
        Reader reader = new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }
}
