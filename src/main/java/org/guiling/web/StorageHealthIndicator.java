package org.guiling.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Up where every folder that something is stored in has space left and can be written to; part of the readiness. */
@Component
class StorageHealthIndicator extends AbstractHealthIndicator {

    private final Map<String, Path> folders = new LinkedHashMap<>();
    private final DataSize leastFree;

    StorageHealthIndicator(
            @Value("${guiling.evidence.directory}") Path evidence,
            @Value("${guiling.uploads.directory}") Path uploads,
            @Value("${guiling.audit.anchors}") Path anchors,
            @Value("${guiling.database.embedded.directory}") Path data,
            @Value("${spring.datasource.url:embedded}") String database,
            @Value("${java.io.tmpdir}") Path temporary,
            @Value("${guiling.storage.least-free}") DataSize leastFree) {
        super("Storage could not be looked at");
        folders.put("evidence", evidence);
        folders.put("uploads", uploads);
        folders.put("anchors", anchors);
        folders.put("temporary", temporary);
        if (database.equals("embedded")) {
            folders.put("database", data);
        }
        this.leastFree = leastFree;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws IOException {
        health.up().withDetail("leastFree", leastFree.toBytes());
        for (Map.Entry<String, Path> folder : folders.entrySet()) {
            Path existing = existing(folder.getValue().toAbsolutePath());
            long free = Files.getFileStore(existing).getUsableSpace();
            health.withDetail(folder.getKey(), free);
            if (free < leastFree.toBytes() || !Files.isWritable(existing)) {
                health.down();
            }
        }
    }

    /** A folder that nothing was stored in yet will be made where its nearest parent is. */
    private static Path existing(Path folder) {
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing;
    }
}
