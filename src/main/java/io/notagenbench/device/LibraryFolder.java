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
 * Where libraries of the class path are unpacked once for all processes. A library runs with all that its process may do:
 * none is taken from a folder that another user could have filled.
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

    /** In the cache folder, or the next of its places from which libraries can be loaded. */
    public static LibraryFolder inCache() {
        return new LibraryFolder(CacheFolder.places(), false, "XDG_CACHE_HOME");
    }

    /**
     * In a folder of the user's home, else as {@link #inCache}.
     *
     * @param variable environment variable by which the person can name another place
     */
    public static LibraryFolder inHome(String folder, String variable) {
        Stream<Path> homes = CacheFolder.homes(System.getenv(), System.getProperties()).map(home -> home.resolve(folder));
        return new LibraryFolder(Stream.concat(homes, CacheFolder.places().stream()).toList(), false, variable);
    }

    /**
     * In the folder that a person has named, and nowhere else.
     *
     * @param variable environment variable or property that names it
     */
    public static LibraryFolder named(Path folder, String variable) {
        return new LibraryFolder(List.of(folder.toAbsolutePath()), true, variable);
    }

    /** The best place that libraries can be unpacked into and loaded from; the first where there is none. */
    public Path place() {
        return places.stream().filter(place -> fault(place).isEmpty()).findFirst().orElse(places.get(0));
    }

    /** Why better places than that are not used, each in a sentence with the fix. */
    public List<String> passedOver() {
        Path used = place();
        return places.stream().takeWhile(place -> !place.equals(used))
                .map(place -> "No library can be kept in " + place + ", so that " + used + " is used: " + fault(place).orElse("")
                        + "; mend that, or set " + variable + " to another folder of your own.").toList();
    }

    private Optional<String> fault(Path place) {
        FolderCheck check = FolderCheck.of(place);
        return check.unwritable().or(() -> refusal(place, check));
    }

    /**
     * Has libraries in a folder, unpacked now if they are not there or damaged.
     *
     * @param what      whose libraries they are, for a person
     * @param folder    relative path of the folder; holds a version, so that versions do not replace each other
     * @param libraries in the order in which they are written
     * @return the folder, an absolute path
     * @throws Fault (failed) if there is no place for them, with the reason for each place
     */
    public Path holding(String what, String folder, List<BundledLibrary> libraries) {
        List<String> reasons = new ArrayList<>();
        for (Path place : places) {
            Path target = place.resolve(folder);
            Optional<String> reason = unpack(place, target, libraries, reasons);
            if (reason.isEmpty()) {
                return target;
            }
            reasons.add(place + ": " + reason.get());
        }
        long bytes = libraries.stream().mapToLong(BundledLibrary::size).sum();
        throw Fault.failed("The libraries of " + what + " cannot be unpacked (" + String.join("; ", reasons) + "): set " + variable
                + " to a folder of your own that is not mounted noexec and has " + ((bytes >> 20) + 1) + " MiB free.");
    }

    /** Why a place has not got the libraries; empty where it has. */
    private Optional<String> unpack(Path place, Path target, List<BundledLibrary> libraries, List<String> passedOver) {
        try {
            if (named) {
                // it may be shared, so that it gets the usual permissions
                Files.createDirectories(place);
            }
            FolderCheck check = FolderCheck.of(place);
            Optional<String> refusal = refusal(place, check);
            if (refusal.isPresent()) {
                return refusal;
            }
            List<BundledLibrary> missing = libraries.stream().filter(library -> !library.isIn(target)).toList();
            if (missing.isEmpty()) {
                return Optional.empty();
            }
            if (check.unwritable().isPresent()) {
                return check.unwritable();
            }
            Files.createDirectories(target);
            for (BundledLibrary library : missing) {
                library.unpackInto(target);
            }
        } catch (IOException e) {
            return Optional.of(FolderCheck.reason(e));
        }
        if (!passedOver.isEmpty()) {
            System.err.println("Libraries are unpacked into " + target + " (" + String.join("; ", passedOver) + "); " + variable
                    + " names another place.");
        }
        return Optional.empty();
    }

    /** Why no library may be taken from a place; empty where one may. */
    private Optional<String> refusal(Path place, FolderCheck check) {
        boolean anybodysWork = !named || FolderCheck.isOpenToAll(place.getParent());
        return check.foreign().filter(reason -> anybodysWork).or(check::noexec);
    }
}
