package org.guiling.evidence.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.evidence.format.FileType;

/**
 * An image reduced to what a decoder needs: particulars, colour profiles, text and previews are left out, so that no
 * decoder inflates or parses them, and an image that would take long is refused before anything is decoded.
 *
 * @param orientation as the camera was held
 */
record BareImage(int width, int height, Orientation orientation) {

    /** Of one side; PNG could claim two thousand million, of which the decoder keeps two rows. */
    private static final int LONGEST_SIDE = 65_535;

    /** Cameras and encoders write a few dozen segments, and chunks of 8 kB. */
    private static final int MAX_SEGMENTS = 10_000;

    private static final int MAX_CHUNKS = 100_000;
    private static final int MAX_COMPONENTS = 4;

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /**
     * Copies what is needed.
     *
     * @throws UnreadableImageException when it is damaged, or costs more than it may
     * @throws IOException when the content cannot be read or written
     */
    static BareImage copy(InputStream content, FileType type, OutputStream to, EvidenceProperties.Thumbnail limits)
            throws IOException {
        return type == FileType.JPG ? copyJpeg(content, to, limits) : copyPng(content, to, limits);
    }

    /** The size that the image claims; null where it does not say. */
    static BareImage claimed(InputStream content, FileType type) throws IOException {
        if (type == FileType.PNG) {
            PngChunks chunks = new PngChunks(content);
            return chunks.next() && chunks.isHeader() ? ofHeader(chunks.data()) : null;
        }
        JpegSegments segments = new JpegSegments(content);
        for (int count = 0; count < MAX_SEGMENTS && segments.next() && !segments.isStartOfScan(); count++) {
            if (segments.isFrame()) {
                return new BareImage(segments.width(), segments.height(), Orientation.UPRIGHT);
            }
        }
        return null;
    }

    long pixels() {
        return (long) width * height;
    }

    private static BareImage copyJpeg(InputStream content, OutputStream to, EvidenceProperties.Thumbnail limits)
            throws IOException {
        BareImage image = null;
        Orientation orientation = Orientation.UPRIGHT;
        int scans = 0;
        int count = 0;
        to.write(0xff);
        to.write(0xd8);
        JpegSegments segments = new JpegSegments(content);
        while (segments.next()) {
            require(++count <= MAX_SEGMENTS, "It has more than " + MAX_SEGMENTS + " segments");
            if (segments.isFrame()) {
                require(image == null && segments.components() <= MAX_COMPONENTS, "It has several frames");
                image = new BareImage(segments.width(), segments.height(), Orientation.UPRIGHT);
                image.require(limits);
            }
            if (segments.marker() == JpegSegments.APP1 && orientation.equals(Orientation.UPRIGHT)) {
                orientation = Orientation.of(segments.payload());
            }
            if (isDecoded(segments)) {
                segments.copyTo(to);
            }
            if (segments.isStartOfScan()) {
                require(image != null, "It has no frame");
                require(++scans <= limits.mostScans(), "It has more than " + limits.mostScans() + " scans");
                segments.copyScan(to);
            }
        }
        require(scans > 0, "It has no scan");
        to.write(0xff);
        to.write(0xd9);
        return new BareImage(image.width, image.height, orientation);
    }

    /** Of the segments for applications, those that tell the kind of colours; no comment. */
    private static boolean isDecoded(JpegSegments segments) {
        int marker = segments.marker();
        return marker < JpegSegments.APP0 || marker == JpegSegments.APP0 || marker == JpegSegments.APP14;
    }

    private static BareImage copyPng(InputStream content, OutputStream to, EvidenceProperties.Thumbnail limits)
            throws IOException {
        byte[] buffer = new byte[65_536];
        BareImage image = null;
        int count = 0;
        PngChunks chunks = new PngChunks(content);
        to.write(PNG_SIGNATURE);
        while (chunks.next()) {
            require(++count <= MAX_CHUNKS, "It has more than " + MAX_CHUNKS + " chunks");
            if (!chunks.isCritical()) {
                continue;
            }
            require((image == null) == chunks.isHeader(), "It does not begin with its header");
            if (chunks.isHeader()) {
                byte[] header = chunks.data();
                image = ofHeader(header);
                image.require(limits);
                to.write(ByteBuffer.allocate(PngChunks.HEAD_BYTES)
                        .putInt(header.length)
                        .put(new byte[] {'I', 'H', 'D', 'R'})
                        .array());
                to.write(header);
                chunks.copyRest(to, buffer);
            } else {
                chunks.copyTo(to, buffer);
            }
        }
        require(image != null && chunks.isEnd(), "It breaks off");
        return image;
    }

    private static BareImage ofHeader(byte[] header) throws IOException {
        require(header.length == PngChunks.HEADER_BYTES, "It breaks off");
        ByteBuffer sizes = ByteBuffer.wrap(header);
        return new BareImage(sizes.getInt(), sizes.getInt(), Orientation.UPRIGHT);
    }

    private void require(EvidenceProperties.Thumbnail limits) throws IOException {
        require(
                width > 0 && height > 0 && Math.max(width, height) <= LONGEST_SIDE && pixels() <= limits.mostPixels(),
                "The image claims " + width + " × " + height + " pixels");
    }

    private static void require(boolean condition, String message) throws IOException {
        if (!condition) {
            throw new UnreadableImageException(message);
        }
    }
}
