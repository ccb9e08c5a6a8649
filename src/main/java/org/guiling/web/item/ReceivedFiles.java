package org.guiling.web.item;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.guiling.evidence.content.UploadedFile;
import org.springframework.web.multipart.MultipartFile;

/** Files of one request on their way into the record; what was not taken is gone when this is closed. */
final class ReceivedFiles implements AutoCloseable {

    private final List<UploadedFile> files = new ArrayList<>();

    /** @param folder on the disk where the container put them: they are moved, not copied */
    ReceivedFiles(List<MultipartFile> parts, Path folder) {
        try {
            for (MultipartFile part : parts) {
                Path file = folder.resolve(UUID.randomUUID() + ".received");
                files.add(new UploadedFile(part.getOriginalFilename(), file));
                part.transferTo(file.toFile());
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    List<UploadedFile> all() {
        return files;
    }

    @Override
    public void close() {
        for (UploadedFile file : files) {
            try {
                Files.deleteIfExists(file.file());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
