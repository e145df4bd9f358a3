package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JmhLockTest {

    @TempDir
    Path folder;

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private Path file() {
        return folder.resolve("jmh.lock");
    }

    private JmhLock lock() {
        return new JmhLock(file(), false, said::add, LockFile.Locks.SYSTEM, Duration.ofHours(1));
    }

    private boolean isFree() throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Test
    void aTurnHoldsTheLockUntilItIsClosed() throws Exception {
        try (JmhLock.Turn turn = lock().await()) {
            assertThat(turn.waited()).isZero();
            assertThat(isFree()).isFalse();
        }
        assertThat(isFree()).isTrue();
        assertThat(said).isEmpty();
    }

    @Test
    void aTurnComesWhenTheOtherRunEndsAndKnowsItsWait() throws Exception {
        JmhLock.Turn other = lock().await();
        CompletableFuture<Duration> waited = CompletableFuture.supplyAsync(() -> {
            try (JmhLock.Turn turn = lock().await()) {
                return turn.waited();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(said.poll(1, TimeUnit.MINUTES)).isEqualTo("Another JMH run measures on this machine: waiting for " + file() + ".");
        assertThat(waited).isNotDone();
        other.close();
        assertThat(waited.get(1, TimeUnit.MINUTES)).isPositive();
    }

    @Test
    void aLongWaitIsToldAgainAndEndsByAnInterrupt() throws Exception {
        JmhLock impatient = new JmhLock(file(), false, said::add, LockFile.Locks.SYSTEM, Duration.ofMillis(20));
        try (JmhLock.Turn other = lock().await()) {
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                try {
                    impatient.await().close();
                    ended.complete(null);
                } catch (IOException | InterruptedException e) {
                    ended.complete(e);
                }
            });
            waiting.start();
            assertThat(said.poll(1, TimeUnit.MINUTES)).startsWith("Another JMH run measures");
            for (int i = 0; i < 2; i++) {
                assertThat(said.poll(1, TimeUnit.MINUTES)).startsWith("Still waiting for another JMH run");
            }
            waiting.interrupt();
            assertThat(ended.get(1, TimeUnit.MINUTES)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aPersonWhoWantsNoLockGetsNone() throws Exception {
        try (JmhLock.Turn held = lock().await();
                JmhLock.Turn turn = new JmhLock(file(), true, said::add, LockFile.Locks.SYSTEM, Duration.ofHours(1)).await()) {
            assertThat(turn.waited()).isZero();
        }
        assertThat(said).isEmpty();
    }

    @Test
    void aFileSystemWithoutLocksIsToldOnce() throws Exception {
        JmhLock lock = new JmhLock(file(), false, said::add, (channel, waits) -> {
            throw new IOException("No locks available");
        }, Duration.ofHours(1));
        for (int i = 0; i < 2; i++) {
            try (JmhLock.Turn turn = lock.await()) {
                assertThat(turn.waited()).isZero();
            }
        }
        assertThat(said).singleElement().asString().contains("has no locks (No locks available)");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void everyUserMayTakeTheLockThatOneHasMade() throws Exception {
        lock().requireUsable();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-rw-rw-");
    }

    @Test
    void aLockThatCannotBeOpenedComesWithTheFix() throws IOException {
        Files.createDirectory(file());
        assertThatThrownBy(lock()::requireUsable).isInstanceOf(Fault.class)
                .hasMessageContainingAll("The lock of all JMH runs on this machine, " + file() + ", cannot be opened: Is a directory.",
                        "sudo rm " + file(), "-Djava.io.tmpdir=DIR", "-Djmh.ignoreLock=true");
        assertThatThrownBy(lock()::await).isInstanceOf(Fault.class);
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(new JmhLock(nowhere.resolve("jmh.lock"), false, said::add, LockFile.Locks.SYSTEM, Duration.ofHours(1))::requireUsable)
                .hasMessageContaining(nowhere + " does not exist. Choose a temporary folder of your own");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLockOfAnotherUserNamesItsOwner() throws IOException {
        Files.createFile(file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        assumeFalse(Files.isWritable(file()), "root may write to everything");
        assertThatThrownBy(lock()::requireUsable).hasMessageContaining("cannot be opened: it belongs to the user "
                + Files.getOwner(file()).getName() + ". Remove it");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(closed), "root may write to everything");
        assertThatThrownBy(new JmhLock(closed.resolve("jmh.lock"), false, said::add, LockFile.Locks.SYSTEM, Duration.ofHours(1))::requireUsable)
                .hasMessageContaining(closed + " cannot be written. Choose");
    }
}
