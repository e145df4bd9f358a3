package io.notagenbench.device;

import io.notagenbench.fault.Fault;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The folder of what the suite can make again: unpacked libraries and the like. {@code $XDG_CACHE_HOME/notagen-bench},
 * else {@code ~/.cache/notagen-bench}, else a folder of this user alone under the temporary one.
 */
public final class CacheFolder {

    private static final String NAME = "notagen-bench";

    /** The chosen folder, so that all parts of a process use the same; null before the first call. */
    private static Path chosen;

    private CacheFolder() {
    }

    /**
     * The cache folder, made if it is not there.
     *
     * @throws Fault (failed) if none of the places can be used
     */
    public static synchronized Path path() {
        if (chosen == null) {
            chosen = choose(places());
        }
        return chosen;
    }

    /** Returns the possible places, the best one first. */
    static List<Path> places() {
        return places(System.getenv(), System.getProperties(), FolderCheck.user());
    }

    /** @param user number of the user, by which a folder under the temporary one is named; some have no name */
    static List<Path> places(Map<String, String> environment, Properties properties, OptionalLong user) {
        List<Path> places = new ArrayList<>();
        absolute(environment.get("XDG_CACHE_HOME")).ifPresentOrElse(places::add,
                () -> homes(environment, properties).forEach(home -> places.add(home.resolve(".cache"))));
        places.replaceAll(place -> place.resolve(NAME));
        places.add(Path.of(properties.getProperty("java.io.tmpdir")).toAbsolutePath()
                .resolve(NAME + "-" + (user.isPresent() ? user.getAsLong() : properties.getProperty("user.name"))));
        return places;
    }

    /**
     * Home folders of this user. For one that the system does not know Java says "?", and the environment may know
     * more.
     */
    static Stream<Path> homes(Map<String, String> environment, Properties properties) {
        return Stream.of(absolute(properties.getProperty("user.home")), absolute(environment.get("HOME")))
                .flatMap(Optional::stream).distinct();
    }

    private static Optional<Path> absolute(String path) {
        try {
            return Optional.ofNullable(path).map(Path::of).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            // nothing can be made in a folder whose name has letters that this locale lacks
            return Optional.empty();
        }
    }

    static Path choose(List<Path> places) {
        List<String> reasons = new ArrayList<>();
        for (Path place : places) {
            FolderCheck check = FolderCheck.of(place);
            Optional<String> reason = check.unwritable().or(check::foreign);
            if (reason.isEmpty()) {
                return place;
            }
            reasons.add(place + ": " + reason.get());
        }
        throw Fault.failed("There is no cache folder (" + String.join("; ", reasons)
                + "): set XDG_CACHE_HOME to a folder of your own that can be written to.");
    }
}
