package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The lock that every JMH run on a machine takes while it measures (jmh-core, {@code Runner}): two at a time would
 * disturb each other. JMH fails where another run holds it. The suite takes it in JMH's place and waits: in a sweep for
 * each fork, which is told by {@link #leaveToCaller} that the lock is taken, otherwise for a whole run.
 */
public final class JmhLock {

    /** JMH's own system property: true where a run does not take the lock. */
    private static final String IGNORED = "jmh.ignoreLock";
    private static final Duration BETWEEN_WORDS = Duration.ofMinutes(10);
    private static final String PERMISSIONS = "rw-rw-rw-";

    private final Path file;
    private final boolean ignored;
    private final Consumer<String> out;
    private final LockFile.Locks locks;
    private final Duration betweenWords;
    private boolean warned;

    /** The right to measure, until it is closed. */
    public static final class Turn implements AutoCloseable {

        private final LockFile held;
        private final Duration waited;

        private Turn(LockFile held, Duration waited) {
            this.held = held;
            this.waited = waited;
        }

        /** How long the wait took; zero if nothing else was measuring. */
        Duration waited() {
            return waited;
        }

        @Override
        public void close() throws IOException {
            if (held != null) {
                held.close();
            }
        }
    }

    /** @param betweenWords how often it reports that it still waits */
    JmhLock(Path file, boolean ignored, Consumer<String> out, LockFile.Locks locks,
            Duration betweenWords) {
        this.file = file;
        this.ignored = ignored;
        this.out = out;
        this.locks = locks;
        this.betweenWords = betweenWords;
    }

    /**
     * The lock that JMH itself would take.
     *
     * @param out is told of a wait, line by line, and once where there are no locks
     */
    public static JmhLock ofJmh(Consumer<String> out) {
        return new JmhLock(Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock"), Boolean.getBoolean(IGNORED), out,
                LockFile.Locks.SYSTEM, BETWEEN_WORDS);
    }

    /** Whether the user asked to measure without the lock. */
    public static boolean isIgnored() {
        return Boolean.getBoolean(IGNORED);
    }

    /** Tells the JMH of this process, before it is loaded, that its caller holds the lock. */
    public static void leaveToCaller() {
        System.setProperty(IGNORED, "true");
    }

    /** @throws Fault (failed) if the lock file cannot be opened: nothing can be measured then */
    public void requireUsable() {
        if (!ignored) {
            close(open());
        }
    }

    private void close(LockFile lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw Fault.failed(file + " cannot be closed: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Waits until no other run measures, for as long as that takes.
     *
     * @throws Fault (failed) if the lock file cannot be opened
     */
    public Turn await() throws InterruptedException {
        if (ignored) {
            return new Turn(null, Duration.ZERO);
        }
        long start = System.nanoTime();
        LockFile lock = open();
        LockFile.Answer answer = lock.ask();
        Duration waited = Duration.ZERO;
        if (answer == LockFile.Answer.BUSY) {
            out.accept("Another JMH run measures on this machine: waiting for " + file + ".");
            try {
                answer = await(lock);
            } catch (InterruptedException e) {
                close(lock);
                throw e;
            }
            waited = Duration.ofNanos(System.nanoTime() - start);
        }
        if (answer == LockFile.Answer.NO_LOCKS && !warned) {
            warned = true;
            out.accept("The file system of " + file + " has no locks (" + lock.refusal()
                    + "): nothing keeps another JMH run from measuring at the same time, so start none.");
        }
        return new Turn(lock, waited);
    }

    private LockFile.Answer await(LockFile lock) throws InterruptedException {
        FutureTask<LockFile.Answer> answer = new FutureTask<>(lock::await);
        Thread waiting = new Thread(answer, "jmh-lock");
        waiting.setDaemon(true);
        waiting.start();
        try {
            for (Duration soFar = betweenWords; true; soFar = soFar.plus(betweenWords)) {
                try {
                    return answer.get(betweenWords.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    out.accept("Still waiting for another JMH run, " + soFar.toMinutes() + " min so far.");
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            waiting.interrupt();
        }
    }

    /** Without the flag that creates: the kernel refuses that for a file of somebody else in a folder such as /tmp. */
    private LockFile open() {
        try {
            try {
                return new LockFile(FileChannel.open(file, StandardOpenOption.WRITE), locks);
            } catch (NoSuchFileException e) {
                return new LockFile(created(), locks);
            }
        } catch (IOException e) {
            throw Fault.failed(sentence(e), e);
        }
    }

    /** As JMH makes it: everybody on the machine may take it. */
    private FileChannel created() throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            return FileChannel.open(file, StandardOpenOption.WRITE);
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(PERMISSIONS));
        }
        return channel;
    }

    private String sentence(IOException e) {
        boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        return "The lock of all JMH runs on this machine, " + file + ", cannot be opened: " + reason(e, exists) + ". "
                + (exists ? "Remove it when nothing measures (sudo rm " + file + "), choose" : "Choose")
                + " a temporary folder of your own (java -Djava.io.tmpdir=DIR -jar benchmarks.jar ..., or"
                + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR ./run-all.sh), or measure without the lock"
                + " (-D" + IGNORED + "=true).";
    }

    private String reason(IOException e, boolean exists) {
        if (e instanceof AccessDeniedException) {
            return exists ? "it belongs to " + owner() : file.getParent() + " cannot be written";
        }
        if (e instanceof NoSuchFileException) {
            return file.getParent() + " does not exist";
        }
        return e instanceof FileSystemException known && known.getReason() != null ? known.getReason() : e.toString();
    }

    private String owner() {
        try {
            return "the user " + Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
        } catch (IOException e) {
            return "somebody else";
        }
    }
}
