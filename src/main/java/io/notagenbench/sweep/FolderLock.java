package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Keeps a second sweep out of a folder, where the folder's file system has locks. */
final class FolderLock implements AutoCloseable {

    private final LockFile file;

    private FolderLock(LockFile file) {
        this.file = file;
    }

    /**
     * @param warn  is told where the file system has no locks
     * @param locks of the operating system
     * @throws Fault       (failed) if another sweep holds it
     * @throws IOException if the folder cannot be written
     */
    static FolderLock take(Path folder, Consumer<String> warn, LockFile.Locks locks) throws IOException {
        LockFile file = new LockFile(FileChannel.open(folder.resolve("sweep.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE), locks);
        LockFile.Answer answer = file.ask();
        if (answer == LockFile.Answer.BUSY) {
            file.close();
            throw Fault.failed("Another sweep is writing to " + folder + ": wait until it ends, or name another folder.");
        }
        if (answer == LockFile.Answer.NO_LOCKS) {
            warn.accept("The file system of " + folder + " has no locks (" + file.refusal()
                    + "): nothing keeps a second sweep out of this folder, so start none there.");
        }
        return new FolderLock(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
