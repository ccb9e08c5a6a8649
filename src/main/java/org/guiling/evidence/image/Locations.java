package org.guiling.evidence.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.guiling.evidence.format.FileType;

/**
 * Finds what has to be covered so that a picture does not tell where it was taken. By what is known to be needed, not by
 * what is known to tell: the place stands in Exif, in XMP, in IPTC, in text, in makers' notes and in films behind the
 * picture. Nothing is decoded. From where a picture cannot be understood on, it is covered as a whole.
 */
public final class Locations {

    /** A picture has a few dozen segments that are no picture; one of a million would fill the memory with stretches. */
    private static final int MAX_BLOTS = 20_000;

    private static final long ALL = Long.MAX_VALUE / 2;
    private static final byte[] KIND = ascii("JFIF\0");
    private static final byte[] COLOURS = ascii("Adobe");
    private static final byte[] COLOUR_PROFILE = ascii("ICC_PROFILE\0");
    private static final int SEGMENT_HEAD = 4;
    private static final int COMMENT = 0xfe;
    private static final int APP15 = 0xef;

    private static final Set<String> KEPT_CHUNKS = Set.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "hIST",
            "pHYs", "tIME", "acTL", "fcTL", "fdAT");
    /** Ancillary, private and safe to copy by the case of its letters: every decoder passes over it. */
    private static final String EMPTY_CHUNK = "guLi";

    private static final Set<String> KEPT_IN_WEBP = Set.of("VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP");
    private static final int HAS_XMP = 0x04;
    private static final int RIFF_HEAD = 12;
    private static final int CHUNK_HEAD = 8;

    private final List<Blot> blots = new ArrayList<>();

    private Locations() {}

    /**
     * The stretches to cover; none overlaps what a decoder needs.
     *
     * @param content read as far as is needed
     * @throws UnreadableImageException when it cannot be told; never of JPEG, PNG and WebP
     */
    public static List<Blot> of(InputStream content, FileType type) throws IOException {
        Locations locations = new Locations();
        switch (type) {
            case JPG -> locations.ofJpeg(content);
            case PNG -> locations.ofPng(content);
            case WEBP -> locations.ofWebp(content);
            case HEIC, MP4 -> locations.blots.addAll(IsoMedia.locations(content, type));
            default -> {
                // Nothing is looked for in documents.
            }
        }
        return List.copyOf(locations.blots);
    }

    private void ofJpeg(InputStream content) throws IOException {
        JpegSegments segments = new JpegSegments(content);
        long end = 2;
        boolean hasExif = false;
        while (mayGoOn() && segments.next()) {
            coverGap(end, segments.start());
            long data = segments.start() + SEGMENT_HEAD;
            byte[] payload = segments.payload();
            if (isExif(segments) && !hasExif) {
                hasExif = true;
                cover(data, payload.length, prefixed(payload, Exif.PREFIX.length));
            } else if (!isKept(segments)) {
                blots.add(Blot.zeros(data, payload.length));
            }
            end = data + payload.length;
            if (segments.isStartOfScan()) {
                end = segments.copyScan(OutputStream.nullOutputStream());
            }
        }
        // Films and second pictures stand behind the end of the first.
        coverRest(segments.isOver() ? segments.position() : end);
    }

    private static boolean isExif(JpegSegments segments) {
        return segments.marker() == JpegSegments.APP1 && startsWith(segments.payload(), Exif.PREFIX);
    }

    private static boolean isKept(JpegSegments segments) {
        int marker = segments.marker();
        boolean isOfApplication = marker >= JpegSegments.APP0 && marker <= APP15;
        return marker == JpegSegments.APP0 && startsWith(segments.payload(), KIND)
                || marker == JpegSegments.APP14 && startsWith(segments.payload(), COLOURS)
                || marker == JpegSegments.APP2 && startsWith(segments.payload(), COLOUR_PROFILE)
                || !isOfApplication && marker != COMMENT;
    }

    /** Bytes between segments; 255 is what may stand there. */
    private void coverGap(long from, long to) {
        if (to > from) {
            byte[] fill = new byte[(int) Math.min(to - from, 1024)];
            Arrays.fill(fill, (byte) 0xff);
            blots.add(new Blot(from, to - from, fill));
        }
    }

    private void ofPng(InputStream content) throws IOException {
        PngChunks chunks = new PngChunks(content);
        long end = PngChunks.SIGNATURE_BYTES;
        while (mayGoOn() && chunks.next()) {
            String type = chunks.type();
            long data = chunks.start() + PngChunks.HEAD_BYTES;
            end = data + chunks.length() + PngChunks.SUM_BYTES;
            if (type.equals("eXIf") && chunks.length() <= 1024 * 1024) {
                byte[] tiff = chunks.data();
                byte[] anew = Exif.withoutLocation(tiff, tiff.length);
                coverChunk(data - 4, anew.length == 0 ? EMPTY_CHUNK : type, anew, chunks.length());
            } else if (!KEPT_CHUNKS.contains(type)) {
                coverChunk(data - 4, EMPTY_CHUNK, new byte[0], chunks.length());
            }
        }
        coverRest(end);
    }

    private void coverChunk(long at, String type, byte[] data, long length) {
        CRC32 sum = new CRC32();
        byte[] name = ascii(type);
        sum.update(name);
        sum.update(data);
        byte[] zeros = new byte[8192];
        for (long left = length - data.length; left > 0; left -= zeros.length) {
            sum.update(zeros, 0, (int) Math.min(left, zeros.length));
        }
        byte[] put = ByteBuffer.allocate(name.length + data.length)
                .put(name)
                .put(data)
                .array();
        blots.add(new Blot(at, name.length + length, put));
        byte[] check = ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
        blots.add(Blot.bytes(at + name.length + length, check));
    }

    private void ofWebp(InputStream content) throws IOException {
        long end = RIFF_HEAD;
        byte[] head = content.readNBytes(RIFF_HEAD);
        long whole = head.length < RIFF_HEAD ? 0 : littleEndian(head, 4) + CHUNK_HEAD;
        while (mayGoOn() && end < whole) {
            byte[] chunk = content.readNBytes(CHUNK_HEAD);
            if (chunk.length < CHUNK_HEAD) {
                break;
            }
            String type = new String(chunk, 0, 4, StandardCharsets.ISO_8859_1);
            long length = littleEndian(chunk, 4);
            long padded = length + (length & 1);
            byte[] data = coverInWebp(content, type, end, length);
            end += CHUNK_HEAD + padded;
            if (!skip(content, padded - data.length)) {
                break;
            }
        }
        coverRest(Math.min(end, whole));
    }

    /** @return what was read of the chunk's data */
    private byte[] coverInWebp(InputStream content, String type, long at, long length) throws IOException {
        if (type.equals("VP8X") && length > 0) {
            byte[] flags = content.readNBytes(1);
            if (flags.length > 0) {
                blots.add(Blot.bytes(at + CHUNK_HEAD, (byte) (flags[0] & ~HAS_XMP)));
            }
            return flags;
        }
        if (type.equals("EXIF") && length <= 1024 * 1024) {
            byte[] data = content.readNBytes((int) length);
            byte[] anew = prefixed(data, startsWith(data, Exif.PREFIX) ? Exif.PREFIX.length : 0);
            if (anew.length > 0) {
                blots.add(new Blot(at + CHUNK_HEAD, length, anew));
                return data;
            }
            blots.add(Blot.bytes(at, ascii("JUNK")));
            blots.add(Blot.zeros(at + CHUNK_HEAD, length));
            return data;
        }
        if (!KEPT_IN_WEBP.contains(type)) {
            blots.add(Blot.bytes(at, ascii("JUNK")));
            blots.add(Blot.zeros(at + CHUNK_HEAD, length));
        }
        return new byte[0];
    }

    /** The particulars anew behind what stood before them; empty where there are none. */
    private static byte[] prefixed(byte[] data, int prefix) {
        byte[] anew = Exif.withoutLocation(Arrays.copyOfRange(data, prefix, data.length), data.length - prefix);
        return anew.length == 0
                ? anew
                : ByteBuffer.allocate(prefix + anew.length)
                        .put(data, 0, prefix)
                        .put(anew)
                        .array();
    }

    private void cover(long at, long length, byte[] put) {
        blots.add(new Blot(at, length, put));
    }

    private boolean mayGoOn() {
        return blots.size() < MAX_BLOTS;
    }

    private void coverRest(long from) {
        blots.add(Blot.zeros(from, ALL));
    }

    private static boolean skip(InputStream content, long count) throws IOException {
        try {
            content.skipNBytes(count);
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    private static long littleEndian(byte[] bytes, int at) {
        return Integer.reverseBytes(ByteBuffer.wrap(bytes).getInt(at)) & 0xffff_ffffL;
    }

    private static boolean startsWith(byte[] content, byte[] start) {
        return content.length >= start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
