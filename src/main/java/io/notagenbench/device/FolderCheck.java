package io.notagenbench.device;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a folder can be written to, is safe, and can hold libraries. A file is made there and deleted again, because
 * permissions do not show that a file system is read-only or mounted noexec. Each reason completes "FOLDER: ...".
 *
 * @param unwritable why nothing can be written there; empty where it can
 * @param foreign    that somebody else owns it and could change what is there; empty where this user or root does
 * @param noexec     why no library can be loaded from there; empty where one can, as far as can be seen
 */
record FolderCheck(Optional<String> unwritable, Optional<String> foreign, Optional<String> noexec) {

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    /** Looks at a folder, which is made if it is not there, for this user alone. */
    static FolderCheck of(Path folder) {
        Path probe;
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, privately(folder));
            }
            probe = Files.createTempFile(folder, "probe", "", privately(folder));
        } catch (IOException e) {
            return new FolderCheck(Optional.of(reason(e)), foreign(folder, user()), Optional.empty());
        }
        try {
            return new FolderCheck(Optional.empty(), foreign(folder, owner(probe)), noexec(probe));
        } finally {
            probe.toFile().delete();
        }
    }

    /** The number of the user whose process this is, who may have no name; empty where the system does not tell. */
    static OptionalLong user() {
        return owner(Path.of("/proc/self"));
    }

    /** Whether any user of this machine may put something into a folder. */
    static boolean isOpenToAll(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static FileAttribute<?>[] privately(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)} : new FileAttribute<?>[0];
    }

    /** Linux denies the right to run a file on a file system that is mounted noexec, to the superuser as well. */
    private static Optional<String> noexec(Path probe) {
        return Files.isExecutable(probe) ? Optional.empty()
                : Optional.of("it is mounted noexec, so no library can be loaded from there");
    }

    /** A link counts as well as what it leads to: its owner can let it lead elsewhere. */
    static Optional<String> foreign(Path folder, OptionalLong user) {
        return user.isEmpty() ? Optional.empty()
                : Stream.of(owner(folder, LinkOption.NOFOLLOW_LINKS), owner(folder)).flatMapToLong(OptionalLong::stream)
                        .filter(owner -> owner != 0 && owner != user.getAsLong())
                        .mapToObj(owner -> "it belongs to another user (uid " + owner + ")").findFirst();
    }

    private static OptionalLong owner(Path file, LinkOption... options) {
        try {
            return OptionalLong.of(((Number) Files.getAttribute(file, "unix:uid", options)).longValue());
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns the reason in the operating system's words. */
    static String reason(IOException e) {
        return e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException ? "it is not a folder" : Fault.reason(e);
    }
}
