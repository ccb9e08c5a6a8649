package org.guiling.web.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** Pictures that a telephone reads (二维码), drawn here: what they say leaves to no other service. */
public final class QrCodes {

    private static final int MARGIN = 4;
    private static final String SVG_TYPE = "image/svg+xml";

    private QrCodes() {}

    /** Kept by no browser: it says a secret. */
    public static ResponseEntity<byte[]> picture(String text) {
        return ResponseEntity.ok()
                .header("Content-Type", SVG_TYPE)
                .cacheControl(CacheControl.noStore())
                .body(svg(text).getBytes(UTF_8));
    }

    private static String svg(String text) {
        BitMatrix matrix = matrix(text);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < matrix.getHeight(); y++) {
            for (int x = 0; x < matrix.getWidth(); x++) {
                if (matrix.get(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
                <path fill="#fff" d="M0 0h%1$dv%2$dH0z"/><path fill="#000" d="%s"/></svg>""".formatted(matrix.getWidth(), matrix.getHeight(), path);
    }

    private static BitMatrix matrix(String text) {
        try {
            return new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(EncodeHintType.MARGIN, MARGIN, EncodeHintType.CHARACTER_SET, UTF_8.name()));
        } catch (WriterException e) {
            throw new IllegalArgumentException("No QR code of " + text.length() + " characters", e);
        }
    }
}
