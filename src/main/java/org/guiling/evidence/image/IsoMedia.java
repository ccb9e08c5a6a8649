package org.guiling.evidence.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.evidence.format.FileType;

/**
 * Files of boxes (ISO/IEC 14496-12): films, and photos of telephones (HEIF, ISO/IEC 23008-12). Boxes and items that are
 * not known to be needed are covered; what a film's track of particulars has among its pictures is found by no program
 * any more, since the track is covered, and stays where it is.
 */
final class IsoMedia {

    private static final int HEAD = 8;
    private static final int LARGE_HEAD = 16;
    private static final int MAX_BOXES = 20_000;
    private static final int LARGEST_META = 8 * 1024 * 1024;
    private static final int HANDLER_AT = 8;
    private static final int FULL_BOX = 4;

    /** Of each box that is looked into, the boxes that are needed within; the empty name is the file. */
    private static final Map<String, Set<String>> KEPT = Map.of(
            "",
            Set.of("ftyp", "styp", "mdat", "free", "skip", "wide", "pdin", "sidx", "ssix", "mfra", "moov", "moof"),
            "moov",
            Set.of("mvhd", "iods", "mvex", "trak"),
            "trak",
            Set.of("tkhd", "edts", "tref", "load", "matt", "tapt", "mdia"),
            "mdia",
            Set.of("mdhd", "hdlr", "elng", "minf"),
            "moof",
            Set.of("mfhd", "traf"),
            "traf",
            Set.of("tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd", "saiz", "saio", "subs", "senc"));

    /** Of pictures, sound and subtitles; others tell of the place. */
    private static final Set<String> HANDLERS = Set.of("vide", "soun", "pict", "auxv", "text", "sbtl", "subt", "clcp");

    private static final Set<String> OF_ITEMS =
            Set.of("hdlr", "pitm", "iinf", "iref", "iprp", "iloc", "idat", "dinf", "grpl", "ipro");
    private static final Set<String> PICTURES =
            Set.of("hvc1", "hev1", "lhv1", "av01", "avc1", "grid", "iovl", "iden", "tmap");

    /** A TIFF file without entries, behind the four bytes that Exif in HEIF begins with. */
    private static final byte[] NO_EXIF = {0, 0, 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0};

    private final InputStream content;
    private final FileType type;
    private final List<Blot> blots = new ArrayList<>();
    private long position;
    private int boxes;

    private IsoMedia(InputStream content, FileType type) {
        this.content = content;
        this.type = type;
    }

    /**
     * The stretches that may tell where it was taken.
     *
     * @throws UnreadableImageException when the file is built so that it cannot be told
     */
    static List<Blot> locations(InputStream content, FileType type) throws IOException {
        IsoMedia media = new IsoMedia(content, type);
        try {
            media.walk("", Long.MAX_VALUE);
        } catch (EOFException e) {
            // The last box is longer than the file.
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new UnreadableImageException("The boxes are damaged", e);
        }
        return media.blots;
    }

    /** @return whether it is of a kind that stays */
    private boolean walk(String container, long end) throws IOException {
        boolean stays = true;
        while (position < end) {
            long start = position;
            byte[] head = content.readNBytes(HEAD);
            position += head.length;
            if (head.length < HEAD) {
                blots.add(Blot.zeros(start, HEAD));
                return stays;
            }
            require(++boxes <= MAX_BOXES);
            long size = ByteBuffer.wrap(head).getInt() & 0xffff_ffffL;
            if (size == 1) {
                byte[] large = content.readNBytes(LARGE_HEAD - HEAD);
                position += large.length;
                size = large.length < LARGE_HEAD - HEAD
                        ? 0
                        : ByteBuffer.wrap(large).getLong();
                require(size >= LARGE_HEAD);
            }
            long boxEnd = size == 0 ? end : start + size;
            require(boxEnd >= position && boxEnd <= end);
            stays &= box(container, new String(head, 4, 4, StandardCharsets.ISO_8859_1), start, boxEnd);
            skipTo(boxEnd);
        }
        return stays;
    }

    private boolean box(String container, String name, long start, long end) throws IOException {
        long body = position;
        if (container.isEmpty() && name.equals("meta") && type == FileType.HEIC) {
            items(end);
            return true;
        }
        if (!KEPT.get(container).contains(name)) {
            cover(start, body, end);
            return true;
        }
        if (name.equals("hdlr")) {
            byte[] handler = read((int) Math.min(end - position, HANDLER_AT + 4));
            return handler.length < HANDLER_AT + 4
                    || HANDLERS.contains(new String(handler, HANDLER_AT, 4, StandardCharsets.ISO_8859_1));
        }
        if (KEPT.containsKey(name)) {
            boolean stays;
            try {
                stays = walk(name, end);
            } catch (EOFException e) {
                // It cannot be told any more what the track is of.
                cover(start, body, end);
                throw e;
            }
            if (name.equals("trak") && !stays) {
                cover(start, body, end);
                return true;
            }
            return stays;
        }
        return true;
    }

    /** Turns a box into one of type {@code free}, which no reader looks into, and overwrites its content. */
    private void cover(long start, long body, long end) {
        blots.add(Blot.bytes(start + 4, "free".getBytes(StandardCharsets.ISO_8859_1)));
        blots.add(Blot.zeros(body, end - body));
    }

    /** The items of a photo: where they stand, and which are no pictures. */
    private void items(long end) throws IOException {
        require(end - position <= LARGEST_META);
        long at = position + FULL_BOX;
        byte[] bytes = read((int) (end - position));
        ByteBuffer meta =
                ByteBuffer.wrap(bytes, FULL_BOX, bytes.length - FULL_BOX).slice();
        Map<String, ByteBuffer> found = new HashMap<>();
        long data = 0;
        while (meta.remaining() >= HEAD) {
            int start = meta.position();
            int size = meta.getInt(start);
            require(size >= HEAD && size <= meta.remaining() && ++boxes <= MAX_BOXES);
            String name = name(meta, start + 4);
            if (!OF_ITEMS.contains(name)) {
                blots.add(Blot.bytes(at + start + 4, "free".getBytes(StandardCharsets.ISO_8859_1)));
                blots.add(Blot.zeros(at + start + HEAD, size - HEAD));
            }
            require(found.put(name, meta.slice(start + HEAD, size - HEAD)) == null || !OF_ITEMS.contains(name));
            data = name.equals("idat") ? at + start + HEAD : data;
            meta.position(start + size);
        }
        if (found.containsKey("iloc")) {
            coverItems(found.get("iloc"), found.containsKey("iinf") ? kinds(found.get("iinf")) : Map.of(), data);
        }
    }

    private static Map<Long, String> kinds(ByteBuffer iinf) throws UnreadableImageException {
        int version = iinf.get();
        iinf.position(FULL_BOX);
        long count = version == 0 ? iinf.getShort() & 0xffff : iinf.getInt() & 0xffff_ffffL;
        Map<Long, String> kinds = new HashMap<>();
        for (long i = 0; i < count; i++) {
            int start = iinf.position();
            int size = iinf.getInt();
            require(name(iinf, start + 4).equals("infe") && size >= HEAD);
            int ofItem = iinf.get(start + HEAD);
            require(ofItem == 2 || ofItem == 3);
            int body = start + HEAD + FULL_BOX;
            long id = ofItem == 2 ? iinf.getShort(body) & 0xffff : iinf.getInt(body) & 0xffff_ffffL;
            kinds.put(id, name(iinf, body + (ofItem == 2 ? 4 : 6)));
            iinf.position(start + size);
        }
        return kinds;
    }

    /** @param data where the box of data within the particulars begins */
    private void coverItems(ByteBuffer iloc, Map<Long, String> kinds, long data) throws UnreadableImageException {
        int version = iloc.get();
        require(version >= 0 && version <= 2);
        iloc.position(FULL_BOX);
        int sizes = iloc.getShort() & 0xffff;
        long count = version < 2 ? iloc.getShort() & 0xffff : iloc.getInt() & 0xffff_ffffL;
        for (long i = 0; i < count; i++) {
            long id = version < 2 ? iloc.getShort() & 0xffff : iloc.getInt() & 0xffff_ffffL;
            int method = version == 0 ? 0 : iloc.getShort() & 0xf;
            // Of which file: another one is not served.
            iloc.getShort();
            long base = number(iloc, sizes >> 4 & 0xf);
            int extents = iloc.getShort() & 0xffff;
            String kind = kinds.getOrDefault(id, "");
            require(PICTURES.contains(kind) || method < 2);
            for (int extent = 0; extent < extents; extent++) {
                if (version > 0) {
                    number(iloc, sizes & 0xf);
                }
                long from = base + number(iloc, sizes >> 12 & 0xf) + (method == 1 ? data : 0);
                long length = number(iloc, sizes >> 8 & 0xf);
                if (!PICTURES.contains(kind)) {
                    require(from >= 0 && length > 0 && ++boxes <= MAX_BOXES);
                    boolean isExif = kind.equals("Exif") && extents == 1 && length >= NO_EXIF.length;
                    blots.add(isExif ? new Blot(from, length, NO_EXIF) : Blot.zeros(from, length));
                }
            }
        }
    }

    private static long number(ByteBuffer from, int bytes) throws UnreadableImageException {
        return switch (bytes) {
            case 0 -> 0;
            case 4 -> from.getInt() & 0xffff_ffffL;
            case 8 -> from.getLong();
            default -> throw new UnreadableImageException("Numbers of " + bytes + " bytes");
        };
    }

    private static String name(ByteBuffer from, int at) {
        byte[] name = new byte[4];
        from.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = content.readNBytes(length);
        position += bytes.length;
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private void skipTo(long place) throws IOException {
        if (place > position) {
            content.skipNBytes(place - position);
            position = place;
        }
    }

    private static void require(boolean condition) throws UnreadableImageException {
        if (!condition) {
            throw new UnreadableImageException("The boxes are damaged");
        }
    }
}
