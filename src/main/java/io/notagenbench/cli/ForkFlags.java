package io.notagenbench.cli;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** JVM flags that every fork needs, whatever flags the person gives besides. */
final class ForkFlags {

    private ForkFlags() {
    }

    /**
     * @param feature feature version of the JDK that the forks run on
     */
    static List<String> of(int feature) {
        List<String> flags = new ArrayList<>(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true",
                // Numbers as programs read them, whatever the locale of the person: empty is Java's root locale.
                "-Duser.language=", "-Duser.country=", "-Duser.script=", "-Duser.variant=",
                // JMH 1.37 loses the error of a fork without heap: the fork itself says it, and ends with code 3.
                "-XX:+ExitOnOutOfMemoryError",
                // JMH 1.37 asks for the number of its process by a name with that of the host, which Java looks up: here it
                // finds nothing in an empty file, and asks no server.
                "-Djdk.net.hosts.file=" + (File.separatorChar == '/' ? "/dev/null" : "NUL")));
        if (feature >= 22) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        if (feature >= 23) {
            // JMH 1.37 checks the layout of its own fields through Unsafe, which newer JDKs warn of.
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /** Feature version of the JDK of a {@code java} launcher, from the release file beside it; 17 where it has none. */
    static int featureOf(Path launcher) {
        Path home = launcher.toAbsolutePath().normalize().getParent();
        if (home == null || home.getParent() == null) {
            return 17;
        }
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.getParent().resolve("release"))) {
            release.load(reader);
            return Runtime.Version.parse(release.getProperty("JAVA_VERSION", "17").replace("\"", "")).feature();
        } catch (IOException | IllegalArgumentException e) {
            return 17;
        }
    }
}
