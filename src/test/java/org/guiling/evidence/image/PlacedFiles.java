package org.guiling.evidence.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.guiling.evidence.SampleFiles;

/** Pictures and films that tell where they were taken, in every place where programs put it. */
public final class PlacedFiles {

    /** Stands wherever a file tells its place. */
    public static final String PLACE = "N31.2304 E121.4737";

    public static final String TIME = "2026:03:01 10:20:30";

    private PlacedFiles() {}

    /** In Exif, a second Exif, XMP, IPTC, a comment, between segments, and in a film behind the picture. */
    public static byte[] jpg() {
        byte[] plain = SampleFiles.jpg(40, 30);
        int behindKind = 2 + 2 + ((plain[4] & 0xff) << 8 | plain[5] & 0xff);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(plain, 0, behindKind);
        content.writeBytes(segment(0xe1, join(Exif.PREFIX, exif(ByteOrder.BIG_ENDIAN))));
        content.writeBytes(segment(0xe1, join(Exif.PREFIX, exif(ByteOrder.LITTLE_ENDIAN))));
        content.writeBytes(segment(0xe1, text("http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>" + PLACE)));
        content.writeBytes(segment(0xe2, text("MPF\0" + PLACE)));
        content.writeBytes(segment(0xed, text("Photoshop 3.0\0" + PLACE)));
        content.writeBytes(segment(0xfe, text(PLACE)));
        content.writeBytes(text("\n" + PLACE));
        content.write(plain, behindKind, plain.length - behindKind);
        content.writeBytes(mp4());
        return content.toByteArray();
    }

    public static byte[] png() {
        byte[] content = SampleFiles.png(40, 30);
        content = SampleFiles.withChunk(content, "eXIf", exif(ByteOrder.LITTLE_ENDIAN));
        content = SampleFiles.withChunk(content, "iTXt", text("XML:com.adobe.xmp\0\0\0\0\0" + PLACE));
        content = SampleFiles.withChunk(content, "tEXt", text("Comment\0" + PLACE));
        content = SampleFiles.withChunk(content, "abCd", text(PLACE));
        return join(content, text(PLACE));
    }

    public static byte[] webp() {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.writeBytes(text("WEBP"));
        chunks.writeBytes(chunk("VP8X", new byte[] {0x0c, 0, 0, 0, 9, 0, 0, 9, 0, 0}));
        chunks.writeBytes(chunk("VP8L", text("/picture")));
        chunks.writeBytes(chunk("EXIF", exif(ByteOrder.LITTLE_ENDIAN)));
        chunks.writeBytes(chunk("XMP ", text(PLACE)));
        chunks.writeBytes(chunk("OWN1", text(PLACE + "!")));
        return join(chunk("RIFF", chunks.toByteArray()), text(PLACE));
    }

    /** Its particulars before its pictures, as telephones write it. */
    public static byte[] heic() {
        byte[] kind = box("ftyp", text("heic\0\0\0\0mif1heic"));
        byte[] picture = text("picture");
        byte[] exif = join(new byte[4], exif(ByteOrder.BIG_ENDIAN));
        byte[] xmp = text("<x:xmpmeta>" + PLACE);
        int length = kind.length + items(0, picture, exif, xmp).length;
        return join(
                kind,
                join(
                        items(length + 8, picture, exif, xmp),
                        join(
                                box("mdat", join(picture, join(exif, xmp))),
                                join(box("uuid", text(PLACE)), box("mpvd", mp4())))));
    }

    public static byte[] mp4() {
        byte[] pictures = box("trak", join(box("tkhd", new byte[4]), join(media("vide"), box("udta", text(PLACE)))));
        byte[] places = box("trak", join(box("tkhd", new byte[4]), join(media("meta"), box("tref", text(PLACE)))));
        byte[] film = join(
                box("mvhd", new byte[4]),
                join(
                        pictures,
                        join(places, join(box("udta", box("\u00a9xyz", text(PLACE))), box("meta", text(PLACE))))));
        return join(
                box("ftyp", text("isom\0\0\0\0mp42")),
                join(box("moov", film), join(box("mdat", text("picture")), box("uuid", text(PLACE)))));
    }

    /** Orientation 6, the time, a description, a maker's note and a directory of the place. */
    public static byte[] exif(ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(400).order(order);
        tiff.put(text(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM"))
                .putShort((short) 42)
                .putInt(8);
        tiff.putShort((short) 4);
        entry(tiff, 0x010e, 2, PLACE.length(), 300);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6)
                .putShort((short) 0);
        entry(tiff, 0x8769, 4, 1, 100);
        entry(tiff, 0x8825, 4, 1, 200);
        tiff.putInt(0);
        tiff.position(100);
        tiff.putShort((short) 2);
        entry(tiff, 0x9003, 2, TIME.length() + 1, 340);
        entry(tiff, 0x927c, 7, PLACE.length(), 300);
        tiff.putInt(0);
        tiff.position(200);
        tiff.putShort((short) 1);
        entry(tiff, 0x001b, 7, PLACE.length(), 300);
        tiff.putInt(0);
        tiff.put(300, text(PLACE)).put(340, text(TIME));
        return tiff.array();
    }

    private static void entry(ByteBuffer to, int tag, int type, int count, int value) {
        to.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static byte[] items(int data, byte[] picture, byte[] exif, byte[] xmp) {
        byte[] kinds =
                join(new byte[] {0, 0, 0, 0, 0, 3}, join(item(1, "hvc1"), join(item(2, "Exif"), item(3, "mime"))));
        ByteBuffer places = ByteBuffer.allocate(4 + 2 + 2 + 3 * 14);
        places.putInt(0).putShort((short) 0x4400).putShort((short) 3);
        int at = data;
        int id = 1;
        for (byte[] content : new byte[][] {picture, exif, xmp}) {
            places.putShort((short) id++)
                    .putShort((short) 0)
                    .putShort((short) 1)
                    .putInt(at)
                    .putInt(content.length);
            at += content.length;
        }
        return box(
                "meta",
                join(
                        new byte[4],
                        join(
                                box("hdlr", text("\0\0\0\0\0\0\0\0pict")),
                                join(
                                        box("iinf", kinds),
                                        join(box("iloc", places.array()), box("xml ", text(PLACE)))))));
    }

    private static byte[] item(int id, String kind) {
        return box("infe", join(new byte[] {2, 0, 0, 0, 0, (byte) id, 0, 0}, text(kind + "\0")));
    }

    private static byte[] media(String handler) {
        return box("mdia", join(box("hdlr", text("\0\0\0\0\0\0\0\0" + handler)), box("minf", text("picture"))));
    }

    private static byte[] box(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(text(name))
                .put(content)
                .array();
    }

    private static byte[] chunk(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length + (content.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(text(name))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] segment(int marker, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (content.length + 2))
                .put(content)
                .array();
    }

    private static byte[] join(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
