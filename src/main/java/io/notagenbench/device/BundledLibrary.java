package io.notagenbench.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A native library on the class path. It is unpacked atomically: written under another name, flushed to the disk and
 * renamed, so neither a killed process nor a second one at the same time leaves half a file.
 */
public final class BundledLibrary {

    /** Larger libraries are compared by size only, because reading them would take longer than the rest of a start. */
    private static final long COMPARED_BYTES = 64L << 20;
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final String PART = ".part";

    private final URL source;
    private final String fileName;
    private final long size;
    private final long crc;

    private BundledLibrary(URL source, String fileName) throws IOException {
        this.source = source;
        this.fileName = fileName;
        URLConnection connection = source.openConnection();
        if (connection instanceof JarURLConnection jar) {
            size = jar.getJarEntry().getSize();
            crc = jar.getJarEntry().getCrc();
        } else {
            size = connection.getContentLengthLong();
            try (InputStream in = connection.getInputStream()) {
                crc = crc(in);
            }
        }
    }

    /** The library of a resource, under the name that it has there; empty where there is none. */
    public static Optional<BundledLibrary> find(String resource) {
        return find(resource, resource.substring(resource.lastIndexOf('/') + 1));
    }

    /**
     * The library of a resource; empty where there is none.
     *
     * @param fileName name of its file
     */
    public static Optional<BundledLibrary> find(String resource, String fileName) {
        URL source = BundledLibrary.class.getResource(resource);
        try {
            return source == null ? Optional.empty() : Optional.of(new BundledLibrary(source, fileName));
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be read", e);
        }
    }

    public String fileName() {
        return fileName;
    }

    long size() {
        return size;
    }

    /** Returns a hash for file names, which keeps versions apart. */
    public String version() {
        return String.format("%08x", crc);
    }

    /** Whether a folder has the whole library: the same bytes if it is small, the same size if it is large. */
    boolean isIn(Path folder) {
        Path file = folder.resolve(fileName);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) != size) {
                return false;
            }
            if (size > COMPARED_BYTES) {
                return true;
            }
            try (InputStream in = Files.newInputStream(file)) {
                return crc(in) == crc;
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes it into a folder. */
    void unpackInto(Path folder) throws IOException {
        removeAbandoned(folder);
        Path part = Files.createTempFile(folder, "unpacking", PART, readableByAll(folder));
        try {
            try (InputStream in = source.openStream();
                    FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                in.transferTo(Channels.newOutputStream(out));
                out.force(true);
            }
            Path file = folder.resolve(fileName);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Deletes what killed processes left behind. */
    private static void removeAbandoned(Path folder) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "unpacking*" + PART)) {
            for (Path part : parts) {
                try {
                    if (Files.getLastModifiedTime(part).toInstant().isBefore(limit)) {
                        Files.deleteIfExists(part);
                    }
                } catch (NoSuchFileException e) {
                    // another process has finished with it
                }
            }
        }
    }

    /**
     * Returns attributes that let all users read a file: users who share a folder share what one of them has unpacked.
     */
    private static FileAttribute<?>[] readableByAll(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))}
                : new FileAttribute<?>[0];
    }

    private static long crc(InputStream in) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            crc.update(buffer, 0, count);
        }
        return crc.getValue();
    }
}
