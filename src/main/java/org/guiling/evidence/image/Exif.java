package org.guiling.evidence.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The particulars of a photo (Exif 3.0: a TIFF file) without where it was taken. Nothing is taken out: those that are known
 * to say nothing of the place are written anew, how the camera was held, when, and with what; makers' notes, previews and
 * whatever else there is stay behind.
 */
final class Exif {

    static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final int EXIF_DIRECTORY = 0x8769;
    /** Make, model, orientation, time. */
    private static final Set<Integer> OF_IMAGE = Set.of(0x010f, 0x0110, 0x0112, 0x0132);
    /** Exposure, aperture, sensitivity, times with their zones, focal length, colour space, size. */
    private static final Set<Integer> OF_PHOTO =
            Set.of(0x829a, 0x829d, 0x8827, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x920a, 0xa001, 0xa002, 0xa003);

    private static final int MAX_ENTRIES = 1_000;
    private static final int LONGEST_VALUE = 64;
    private static final int HEAD_BYTES = 8;
    private static final int ENTRY_BYTES = 12;
    private static final int POINTER_TYPE = 4;
    /** Bytes of a value by its type, of those that are taken: text, short, long, rational. */
    private static final int[] TYPE_BYTES = {0, 0, 1, 2, 4, 8};

    private Exif() {}

    /** @param value in the order of the original */
    private record Entry(int tag, int type, int count, byte[] value) {}

    /**
     * The particulars anew.
     *
     * @param tiff without the prefix
     * @param room how many bytes there are for it
     * @return no longer than the room; empty where there is none, or nothing can be read
     */
    static byte[] withoutLocation(byte[] tiff, int room) {
        try {
            ByteBuffer content = ByteBuffer.wrap(tiff);
            content.order(order(tiff));
            int first = content.getInt(4);
            List<Entry> ofImage = entries(content, first, OF_IMAGE);
            int photo = pointer(content, first);
            List<Entry> ofPhoto = photo == 0 ? List.of() : entries(content, photo, OF_PHOTO);
            byte[] whole = write(content.order(), ofImage, ofPhoto);
            // Entries that share their values in the original may need more room than there was.
            return whole.length <= room ? whole : new byte[0];
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static ByteOrder order(byte[] tiff) {
        boolean little = tiff[0] == 'I' && tiff[1] == 'I';
        if (!little && !(tiff[0] == 'M' && tiff[1] == 'M')) {
            throw new IllegalArgumentException("No TIFF");
        }
        return little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static List<Entry> entries(ByteBuffer content, int directory, Set<Integer> wanted) {
        List<Entry> entries = new ArrayList<>();
        int count = Math.min(MAX_ENTRIES, content.getShort(directory) & 0xffff);
        for (int i = 0; i < count; i++) {
            int at = directory + 2 + i * ENTRY_BYTES;
            int tag = content.getShort(at) & 0xffff;
            int type = content.getShort(at + 2) & 0xffff;
            int values = content.getInt(at + 4);
            boolean isKnown = type > 1 && type < TYPE_BYTES.length && values > 0 && values <= LONGEST_VALUE;
            if (isKnown && wanted.contains(tag) && entries.stream().noneMatch(entry -> entry.tag() == tag)) {
                byte[] value = new byte[values * TYPE_BYTES[type]];
                content.get(value.length <= 4 ? at + 8 : content.getInt(at + 8), value);
                entries.add(new Entry(tag, type, values, value));
            }
        }
        return entries;
    }

    /** The offset of the photo's own directory; 0 without one. */
    private static int pointer(ByteBuffer content, int directory) {
        int count = Math.min(MAX_ENTRIES, content.getShort(directory) & 0xffff);
        for (int i = 0; i < count; i++) {
            int at = directory + 2 + i * ENTRY_BYTES;
            if ((content.getShort(at) & 0xffff) == EXIF_DIRECTORY) {
                return content.getInt(at + 8);
            }
        }
        return 0;
    }

    private static byte[] write(ByteOrder order, List<Entry> ofImage, List<Entry> ofPhoto) {
        boolean hasPhoto = !ofPhoto.isEmpty();
        int photo = HEAD_BYTES + directoryBytes(ofImage, hasPhoto);
        int length = photo + (hasPhoto ? directoryBytes(ofPhoto, false) : 0);
        ByteBuffer to = ByteBuffer.allocate(length).order(order);
        byte letter = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        to.put(letter).put(letter).putShort((short) 42).putInt(HEAD_BYTES);
        writeDirectory(to, ofImage, hasPhoto ? photo : 0);
        if (hasPhoto) {
            to.position(photo);
            writeDirectory(to, ofPhoto, 0);
        }
        return to.array();
    }

    private static int directoryBytes(List<Entry> entries, boolean hasPointer) {
        int values = entries.stream()
                .mapToInt(entry -> entry.value().length <= 4 ? 0 : even(entry.value().length))
                .sum();
        return 2 + (entries.size() + (hasPointer ? 1 : 0)) * ENTRY_BYTES + 4 + values;
    }

    /** In the order of tags, as the standard asks; the pointer has the highest of an image's. */
    private static void writeDirectory(ByteBuffer to, List<Entry> entries, int photo) {
        int count = entries.size() + (photo == 0 ? 0 : 1);
        int values = to.position() + 2 + count * ENTRY_BYTES + 4;
        to.putShort((short) count);
        List<Entry> sorted = entries.stream()
                .sorted((one, other) -> Integer.compare(one.tag(), other.tag()))
                .toList();
        for (Entry entry : sorted) {
            to.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
            if (entry.value().length <= 4) {
                to.put(entry.value()).position(to.position() + 4 - entry.value().length);
            } else {
                to.putInt(values);
                to.put(values, entry.value());
                values += even(entry.value().length);
            }
        }
        if (photo != 0) {
            to.putShort((short) EXIF_DIRECTORY)
                    .putShort((short) POINTER_TYPE)
                    .putInt(1)
                    .putInt(photo);
        }
        to.putInt(0);
    }

    private static int even(int length) {
        return length + (length & 1);
    }
}
