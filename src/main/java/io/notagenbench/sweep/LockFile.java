package io.notagenbench.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.concurrent.TimeUnit;

/**
 * An open file with a lock that one process at a time holds. The operating system takes the lock back however its holder
 * ends. Some file systems have no locks, which is something else than a lock that another process holds.
 */
final class LockFile implements AutoCloseable {

    private static final long POLL_MILLIS = 500;

    /** The answer to a request for the lock. */
    enum Answer {
        /** The lock is held until {@link #close}. */
        TAKEN,
        /** Another process holds the lock. */
        BUSY,
        /** The file system has no locks. */
        NO_LOCKS
    }

    /** How a lock is asked for. */
    interface Locks {

        /** The locks of the operating system. */
        Locks SYSTEM = (channel, waits) -> waits ? channel.lock() : channel.tryLock();

        /**
         * @param waits whether to wait for the lock
         * @return null where another process holds it
         * @throws IOException where there are no locks
         */
        FileLock take(FileChannel channel, boolean waits) throws IOException;
    }

    private final FileChannel channel;
    private final Locks locks;
    private String refusal = "";

    LockFile(FileChannel channel, Locks locks) {
        this.channel = channel;
        this.locks = locks;
    }

    /** Asks for the lock once, without waiting. */
    Answer ask() {
        try {
            return locks.take(channel, false) == null ? Answer.BUSY : Answer.TAKEN;
        } catch (OverlappingFileLockException e) {
            return Answer.BUSY;
        } catch (IOException e) {
            refusal = e.getMessage();
            return Answer.NO_LOCKS;
        }
    }

    /** Waits for its turn among all who wait; never {@link Answer#BUSY}. */
    Answer await() throws InterruptedException {
        while (true) {
            try {
                locks.take(channel, true);
                return Answer.TAKEN;
            } catch (OverlappingFileLockException e) {
                // The operating system makes processes wait for each other, not the threads of one.
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (IOException e) {
                refusal = e.getMessage();
                return Answer.NO_LOCKS;
            }
        }
    }

    /** What the file system answered if it has no locks. */
    String refusal() {
        return refusal;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
