package io.notagenbench.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * The lock file that every JMH run on a machine holds (jmh-core, {@code Runner}): two at a time would disturb each
 * other, and the second fails at once.
 *
 * @param file where it is
 */
record JmhLock(Path file) {

    private static final long POLL_MILLIS = 500;

    /** The lock that JMH itself uses. */
    static JmhLock ofJmh() {
        return new JmhLock(Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock"));
    }

    /** Waits until no other run holds the lock, at most some seconds; returns whether it is free. */
    boolean awaitFree(int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!isFree()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Whether no other run holds it; a file that cannot be opened is left for JMH to tell of. */
    boolean isFree() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
