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
 * A native library on the class path. As a file it is whole or not there: it is written under another name, brought to the
 * disk and renamed, so neither a process that is killed nor a second one at the same time leaves half of it.
 */
public final class BundledLibrary {

    /** To read a larger one takes longer than all else that a start does. */
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

    /** Tells versions apart, as a part of a file name. */
    public String version() {
        return String.format("%08x", crc);
    }

    /** Whether a folder has all of it: every byte where it is small, as many bytes where it is large. */
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

    /** What killed processes left. */
    private static void removeAbandoned(Path folder) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "unpacking*" + PART)) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    /** Of a folder that users share all may use what one has unpacked. */
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
