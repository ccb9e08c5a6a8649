package org.guiling.evidence.content;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends StoreContract {

    @TempDir
    Path folder;

    @Override
    ContentStore store() throws IOException {
        return new FolderStore(folder);
    }
}
