package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhLockTest {

    @TempDir
    Path folder;

    @Test
    void itIsFreeWhenTheOtherRunHasEnded() throws Exception {
        JmhLock lock = new JmhLock(folder.resolve("jmh.lock"));
        assertThat(lock.awaitFree(0)).isTrue();
        try (FileChannel channel = FileChannel.open(lock.file(), StandardOpenOption.WRITE)) {
            FileLock held = channel.lock();
            assertThat(lock.awaitFree(0)).isFalse();
            held.release();
            assertThat(lock.awaitFree(0)).isTrue();
        }
    }
}
