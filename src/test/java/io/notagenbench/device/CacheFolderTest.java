package io.notagenbench.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class CacheFolderTest {

    @Test
    void isThereAndCanBeWrittenTo() {
        assertThat(CacheFolder.path()).isAbsolute().satisfies(path -> assertThat(Files.isWritable(path)).isTrue());
        assertThat(CacheFolder.path().getFileName().toString()).startsWith("notagen-bench");
    }
}
