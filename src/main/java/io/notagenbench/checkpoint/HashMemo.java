package io.notagenbench.checkpoint;

import io.notagenbench.device.CacheFolder;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hashes of large files, kept in the cache folder as long as path, length, time of change and number of the file
 * stay the same. Otherwise every start would read gigabytes only to see that nothing has changed. The hash of a file
 * that has just changed is not kept, since it could change again within the resolution of its time.
 */
final class HashMemo {

    /** A smaller file is read faster than anybody notices. */
    private static final long LARGE = 64L << 20;
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Pattern ENTRY = Pattern.compile("([0-9a-f]{64}) (.*)", Pattern.DOTALL);

    private final Path folder;
    private final long large;

    private HashMemo(Path folder, long large) {
        this.folder = folder;
        this.large = large;
    }

    /** The hash of a large file from the cache folder; computed if there is none. */
    static String inCacheFolder(Path file, Supplier<String> hash) {
        Path folder;
        try {
            folder = CacheFolder.path();
        } catch (Fault e) {
            return hash.get();
        }
        return in(folder.resolve("hashes"), LARGE).of(file, hash);
    }

    /** @param large bytes from which on a file is remembered */
    static HashMemo in(Path folder, long large) {
        return new HashMemo(folder, large);
    }

    /** The hash of a file: the one in the cache folder, or computed. */
    String of(Path file, Supplier<String> hash) {
        Optional<String> before = identity(file);
        if (before.isEmpty()) {
            return hash.get();
        }
        Path entry = folder.resolve(Sha256.of(file.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8)));
        return remembered(entry, before.get()).orElseGet(() -> {
            String computed = hash.get();
            if (before.equals(identity(file))) {
                remember(entry, computed + " " + before.get());
            }
            return computed;
        });
    }

    /** What changes with the content; empty if the file is small, has just changed or its attributes cannot be read. */
    private Optional<String> identity(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Instant changed = attributes.lastModifiedTime().toInstant();
            if (attributes.size() < large || changed.isAfter(Instant.now().minus(SETTLED))) {
                return Optional.empty();
            }
            return Optional.of(attributes.size() + " " + changed + " " + attributes.fileKey() + " " + file.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> remembered(Path entry, String identity) {
        try {
            Matcher matcher = ENTRY.matcher(Files.readString(entry));
            return matcher.matches() && matcher.group(2).equals(identity) ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** If it cannot be written, the next start computes it again. */
    private void remember(Path entry, String content) {
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "hash", ".part");
            Files.writeString(fresh, content);
            Files.move(fresh, entry, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return;
        }
    }
}
