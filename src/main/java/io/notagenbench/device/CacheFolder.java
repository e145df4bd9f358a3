package io.notagenbench.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of what the suite can make again: unpacked libraries and the like. {@code $XDG_CACHE_HOME/notagen-bench},
 * else {@code ~/.cache/notagen-bench}, else a folder of this user under the temporary one.
 */
public final class CacheFolder {

    private static final String NAME = "notagen-bench";

    private CacheFolder() {
    }

    /** The cache folder, made if it is not there, or one under the temporary folder where it cannot be written to. */
    public static Path path() {
        Path home = Path.of(System.getProperty("user.home"), ".cache");
        Path preferred = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).filter(value -> !value.isBlank())
                .map(Path::of).filter(Path::isAbsolute).orElse(home).resolve(NAME);
        if (isUsable(preferred)) {
            return preferred;
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"), NAME + "-" + System.getProperty("user.name"));
        try {
            return Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUsable(Path folder) {
        try {
            return Files.isWritable(Files.createDirectories(folder));
        } catch (IOException e) {
            return false;
        }
    }
}
