package org.guiling.evidence.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.evidence.format.FileType;

/**
 * Reads images no larger than they may be: what an image claims to be is asked before anything of it is decoded, and what
 * is decoded is a copy without anything that decoders do not need ({@link BareImage}).
 */
public final class Images {

    private static final int BUFFER_BYTES = 65_536;

    private Images() {}

    /** True where the platform decodes the type. */
    public static boolean isDecoded(FileType type) {
        return type == FileType.JPG || type == FileType.PNG;
    }

    /** The number of pixels that the image claims; empty where that cannot be read. */
    public static OptionalLong pixels(Path file, FileType type) {
        if (!isDecoded(type)) {
            return OptionalLong.empty();
        }
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            BareImage claimed = BareImage.claimed(content, type);
            return claimed == null || claimed.pixels() <= 0 ? OptionalLong.empty() : OptionalLong.of(claimed.pixels());
        } catch (IOException e) {
            // Too damaged: kept as a file, never decoded.
            return OptionalLong.empty();
        }
    }

    /**
     * Writes a small picture of the image as JPEG, turned as the camera was held. Ends soon after the deadline, wherever
     * it is.
     *
     * @param folder for the copy that is decoded
     * @throws UnreadableImageException when it is damaged, or costs more than it may
     * @throws IOException when the content cannot be read, or nothing written
     */
    public static void shrink(
            InputStream content,
            FileType type,
            Path folder,
            EvidenceProperties.Thumbnail limits,
            Deadline deadline,
            Path to)
            throws IOException {
        Path copy = Files.createTempFile(folder, "bare", null);
        try {
            BareImage bare;
            try (InputStream timed = new TimedStream(content, deadline);
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
                bare = BareImage.copy(timed, type, out, limits);
            }
            BufferedImage small = decode(copy, type, bare, limits.edge(), deadline);
            if (!ImageIO.write(scaled(small, bare.orientation(), limits.edge()), "jpg", to.toFile())) {
                throw new IOException("Nothing here writes JPEG");
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Every nth row and column alone, so that the memory needed depends on the picture that comes out. */
    private static BufferedImage decode(Path file, FileType type, BareImage bare, int edge, Deadline deadline)
            throws UnreadableImageException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(type == FileType.JPG ? "jpeg" : "png")
                .next();
        try (ImageInputStream input = new TimedInput(file, deadline)) {
            reader.setInput(input, true, true);
            reader.addIIOReadProgressListener(new EndOfTime(deadline));
            int step = Math.max(1, Math.max(bare.width(), bare.height()) / (2 * edge));
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setSourceSubsampling(step, step, 0, 0);
            BufferedImage image = reader.read(0, parameters);
            // An aborted decoder returns what it has.
            deadline.check();
            return image;
        } catch (UnreadableImageException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // Decoders throw these at damaged images, and at hostile ones.
            throw new UnreadableImageException("The image is damaged", e);
        } finally {
            reader.dispose();
        }
    }

    /** Ends reading from the store at the deadline. */
    private static final class TimedStream extends FilterInputStream {

        private final Deadline deadline;

        TimedStream(InputStream content, Deadline deadline) {
            super(new BufferedInputStream(content, BUFFER_BYTES));
            this.deadline = deadline;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            deadline.check();
            return super.read(bytes, offset, length);
        }

        @Override
        public long skip(long bytes) throws IOException {
            deadline.check();
            return super.skip(Math.min(bytes, BUFFER_BYTES));
        }
    }

    /** Ends a decoder at the deadline: it asks for more bytes every few kilobytes. */
    private static final class TimedInput extends FileImageInputStream {

        private final Deadline deadline;

        TimedInput(Path file, Deadline deadline) throws IOException {
            super(file.toFile());
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            deadline.check();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            deadline.check();
            return super.read(bytes, offset, length);
        }
    }

    /** A progressive JPEG is put out anew for each scan, also where nothing is read: the decoder asks here after each row. */
    private static final class EndOfTime implements IIOReadProgressListener {

        private final Deadline deadline;

        EndOfTime(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public void imageProgress(ImageReader reader, float percent) {
            if (deadline.hasPassed()) {
                reader.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader reader, int index) {}

        @Override
        public void sequenceComplete(ImageReader reader) {}

        @Override
        public void imageStarted(ImageReader reader, int index) {}

        @Override
        public void imageComplete(ImageReader reader) {}

        @Override
        public void thumbnailStarted(ImageReader reader, int index, int thumbnail) {}

        @Override
        public void thumbnailProgress(ImageReader reader, float percent) {}

        @Override
        public void thumbnailComplete(ImageReader reader) {}

        @Override
        public void readAborted(ImageReader reader) {}
    }

    private static BufferedImage scaled(BufferedImage image, Orientation orientation, int edge) {
        double scale = Math.min(1.0, (double) edge / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage turned = new BufferedImage(
                orientation.swapsSides() ? height : width,
                orientation.swapsSides() ? width : height,
                BufferedImage.TYPE_INT_RGB);
        AffineTransform transform = orientation.transform(width, height);
        transform.scale((double) width / image.getWidth(), (double) height / image.getHeight());
        Graphics2D graphics = turned.createGraphics();
        try {
            // Transparent areas of a PNG are white on paper.
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, turned.getWidth(), turned.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, transform, null);
        } finally {
            graphics.dispose();
        }
        return turned;
    }
}
