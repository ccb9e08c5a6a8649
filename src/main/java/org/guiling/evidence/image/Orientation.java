package org.guiling.evidence.image;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The orientation of the camera: Exif's value, 1 to 8. Telephones write photos as the sensor lies. */
record Orientation(int value) {

    static final Orientation UPRIGHT = new Orientation(1);
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TAG = 0x0112;
    private static final int TAG_BYTES = 12;

    /** Upright where the segment is none of Exif's, does not say, or is damaged. */
    static Orientation of(byte[] segment) {
        try {
            return ofExif(segment);
        } catch (RuntimeException e) {
            // Damaged particulars are no reason to show no picture.
            return UPRIGHT;
        }
    }

    /** The segment is a TIFF file after six bytes; the first directory has the tag. */
    private static Orientation ofExif(byte[] segment) {
        ByteBuffer whole = ByteBuffer.wrap(segment);
        if (segment.length < EXIF.length + 8 || !whole.slice(0, EXIF.length).equals(ByteBuffer.wrap(EXIF))) {
            return UPRIGHT;
        }
        ByteBuffer tiff = whole.slice(EXIF.length, segment.length - EXIF.length);
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int tags = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < tags; i++) {
            int tag = directory + 2 + i * TAG_BYTES;
            if ((tiff.getShort(tag) & 0xffff) == TAG) {
                int value = tiff.getShort(tag + 8);
                return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** True where width and height change places. */
    boolean swapsSides() {
        return value >= 5;
    }

    /** Turns and mirrors an image of that size so that it stands upright. */
    AffineTransform transform(int width, int height) {
        return switch (value) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
