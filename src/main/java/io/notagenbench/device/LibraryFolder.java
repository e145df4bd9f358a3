package io.notagenbench.device;

import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder into which libraries of the class path are unpacked once for all processes. A library has all rights of
 * its process, so none is loaded from a folder that another user could have filled.
 */
public final class LibraryFolder {

    private final List<Path> places;
    private final boolean named;
    private final String variable;

    private LibraryFolder(List<Path> places, boolean named, String variable) {
        this.places = places;
        this.named = named;
        this.variable = variable;
    }

    /** Returns the cache folder, or the next of its places from which libraries can be loaded. */
    public static LibraryFolder inCache() {
        return inAny(CacheFolder.places(), "XDG_CACHE_HOME");
    }

    /**
     * Returns a folder in the user's home, or else {@link #inCache}.
     *
     * @param variable environment variable by which the person can name another place
     */
    public static LibraryFolder inHome(String folder, String variable) {
        Stream<Path> homes = CacheFolder.homes(System.getenv(), System.getProperties()).map(home -> home.resolve(folder));
        return inAny(Stream.concat(homes, CacheFolder.places().stream()).toList(), variable);
    }

    static LibraryFolder inAny(List<Path> places, String variable) {
        return new LibraryFolder(places, false, variable);
    }

    /**
     * Returns the folder that a person has named; no other is tried.
     *
     * @param variable environment variable or property that names it
     */
    public static LibraryFolder named(Path folder, String variable) {
        return new LibraryFolder(List.of(folder.toAbsolutePath()), true, variable);
    }

    /**
     * Returns the best place that libraries can be unpacked into and loaded from, or the first place if there is none.
     */
    public Path place() {
        return places.stream().filter(place -> fault(place).isEmpty()).findFirst().orElse(places.get(0));
    }

    /** Returns why better places are not used, each reason in a sentence with its fix. */
    public List<String> passedOver() {
        Path used = place();
        return places.stream().takeWhile(place -> !place.equals(used))
                .map(place -> "Libraries are kept in " + used + ", not in " + place + " (" + fault(place).orElse("it is usable again")
                        + "): mend that, or set " + variable + " to another folder of your own.").toList();
    }

    private Optional<String> fault(Path place) {
        FolderCheck check = FolderCheck.of(place);
        return check.unwritable().or(() -> refusal(place, check));
    }

    /**
     * Has libraries in a folder: where they are already, else in the best place that they can be unpacked into.
     *
     * @param what      whose libraries they are, for a person
     * @param folder    relative path of the folder; holds a version, so that versions do not replace each other
     * @param libraries in the order in which they are written
     * @return the folder, an absolute path
     * @throws Fault (failed) if there is no place for them, with the reason for each place
     */
    public Path holding(String what, String folder, List<BundledLibrary> libraries) {
        if (named) {
            makeShared(places.get(0));
        }
        Optional<Path> there = places.stream().filter(place -> Files.isDirectory(place.resolve(folder)))
                .filter(place -> refusal(place, FolderCheck.of(place)).isEmpty()).map(place -> place.resolve(folder))
                .filter(target -> missing(libraries, target).isEmpty()).findFirst();
        if (there.isPresent()) {
            return there.get();
        }
        List<String> reasons = new ArrayList<>();
        for (Path place : places) {
            Path target = place.resolve(folder);
            FolderCheck check = FolderCheck.of(place);
            Optional<String> reason = refusal(place, check).or(check::unwritable).or(() -> unpack(libraries, target));
            if (reason.isEmpty()) {
                if (!reasons.isEmpty()) {
                    System.err.println("Libraries are unpacked into " + target + " (" + String.join("; ", reasons) + "); " + variable
                            + " names another place.");
                }
                return target;
            }
            reasons.add(place + ": " + reason.get());
        }
        long bytes = libraries.stream().mapToLong(BundledLibrary::size).sum();
        throw Fault.failed("The libraries of " + what + " cannot be unpacked (" + String.join("; ", reasons) + "): set " + variable
                + " to a folder of your own that is not mounted noexec and has " + ((bytes >> 20) + 1) + " MiB free.");
    }

    /** Makes a folder with the usual permissions: a person may have named it for others, too. */
    private static void makeShared(Path place) {
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            // the check tells of it
        }
    }

    private static List<BundledLibrary> missing(List<BundledLibrary> libraries, Path target) {
        return libraries.stream().filter(library -> !library.isIn(target)).toList();
    }

    /** Unpacks libraries into a folder. Returns why that failed; empty if they are there now. */
    private static Optional<String> unpack(List<BundledLibrary> libraries, Path target) {
        try {
            Files.createDirectories(target);
            for (BundledLibrary library : missing(libraries, target)) {
                library.unpackInto(target);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FolderCheck.reason(e));
        }
    }

    /** Returns why a place must not be used for libraries; empty if it may be used. */
    private Optional<String> refusal(Path place, FolderCheck check) {
        boolean anybodysWork = !named || FolderCheck.isOpenToAll(place.getParent());
        return check.foreign().filter(reason -> anybodysWork).or(check::noexec);
    }
}
