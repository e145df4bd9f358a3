package io.notagenbench.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How many processes the kernel has ended for want of memory since it started, of the machine and of its containers. */
final class OomKills {

    private static final Path STATISTICS = Path.of("/proc/vmstat");
    private static final String NAME = "oom_kill ";

    private OomKills() {
    }

    /** Empty where the kernel does not tell. */
    static OptionalLong count() {
        return count(STATISTICS);
    }

    static OptionalLong count(Path statistics) {
        try {
            return Files.readAllLines(statistics).stream().filter(line -> line.startsWith(NAME))
                    .mapToLong(line -> Long.parseLong(line.substring(NAME.length()))).findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
