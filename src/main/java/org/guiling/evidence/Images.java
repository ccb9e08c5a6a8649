package org.guiling.evidence;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileCacheImageInputStream;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** Reads images no larger than they may be: what an image claims to be is asked before anything of it is decoded. */
final class Images {

    private Images() {}

    /** Whether the platform decodes the type. */
    static boolean isDecoded(FileType type) {
        return type == FileType.JPG || type == FileType.PNG;
    }

    /** How many pixels the image claims to have; empty where that cannot be read. */
    static OptionalLong pixels(Path file, FileType type) {
        if (!isDecoded(type)) {
            return OptionalLong.empty();
        }
        try (ImageInputStream input = new FileImageInputStream(file.toFile())) {
            ImageReader reader = reader(type, input);
            try {
                return OptionalLong.of((long) reader.getWidth(0) * reader.getHeight(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Too damaged: kept as a file, never decoded.
            return OptionalLong.empty();
        }
    }

    /**
     * Writes a small picture of the image as JPEG, turned as the camera was held.
     *
     * @param folder for what the decoder reads twice
     * @param edge the longer side, in pixels
     * @throws IOException when it is damaged, or claims more pixels than that
     */
    static void shrink(InputStream content, FileType type, Path folder, int edge, long mostPixels, Path to)
            throws IOException {
        try (ImageInputStream input = new FileCacheImageInputStream(content, folder.toFile())) {
            ImageReader reader = reader(type, input);
            try {
                BufferedImage small = decode(reader, edge, mostPixels);
                if (!ImageIO.write(scaled(small, Orientation.of(reader), edge), "jpg", to.toFile())) {
                    throw new IOException("Nothing here writes JPEG");
                }
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException e) {
            // What the decoders throw at damaged images.
            throw new IOException("The image is damaged", e);
        }
    }

    /** Every nth row and column alone, so that the memory needed depends on the picture that comes out. */
    private static BufferedImage decode(ImageReader reader, int edge, long mostPixels) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > mostPixels) {
            throw new IOException("The image claims " + width + " × " + height + " pixels");
        }
        int step = Math.max(1, Math.max(width, height) / (2 * edge));
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
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
            // What is transparent in a PNG is white on paper.
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, turned.getWidth(), turned.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, transform, null);
        } finally {
            graphics.dispose();
        }
        return turned;
    }

    private static ImageReader reader(FileType type, ImageInputStream input) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(type == FileType.JPG ? "jpeg" : "png")
                .next();
        reader.setInput(input, false, false);
        return reader;
    }
}
